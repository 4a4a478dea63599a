import { expect, test } from 'vitest'
import { isAddress, pageAddress } from './page-address.ts'
import { createPageMatcher } from './page-matcher.ts'

test('a page is found however its address is written', () => {
  const { find, size } = createPageMatcher([
    'https://shop.example/products/blue-shirt',
    '/Café/crème/',
    'posts/first.html',
    undefined,
  ])
  expect(size).toBe(3)
  for (const [address, item] of [
    ['https://www.shop.example/products/blue-shirt/?utm_source=mail#top', 0],
    ['/products/blue-shirt', 0],
    ['/products/Blue-Shirt/index.html', 0],
    ['//SHOP.example:443/products//blue-shirt', 0],
    ['https://staging.example/products/blue-shirt', 0],
    ['/de/products/blue-shirt', 0],
    ['/collections/summer/products/blue-shirt?variant=12', 0],
    ['/caf%C3%A9/cr%C3%A8me', 1],
    ['/cafe\u0301/crème', 1],
    ['/posts/first', 2],
    ['/posts/first.htm?fbclid=x', 2],
    ['/products', undefined],
    ['/products/blue-shirt/reviews', undefined],
    ['/', undefined],
    ['/caf%E9/crème', undefined],
    ['', undefined],
  ] as const) {
    expect([address, find(address)]).toEqual([address, item])
  }
})

test('parameters tell pages apart where the addresses of the items have them', () => {
  const { find } = createPageMatcher([
    '/product.php?id=1',
    '/product.php?id=2&lang=de',
    '/',
    '/?p=123',
  ])
  expect(find('/product.php?id=1&utm_campaign=x')).toBe(0)
  expect(find('/product.php?lang=de&id=2')).toBe(1)
  expect(find('/product.php?id=3')).toBeUndefined()
  expect(find('/product.php')).toBeUndefined()
  expect(find('/?p=123')).toBe(3)
  expect(find('/?p=9')).toBe(2)
})

test('an address that two items share tells neither, but its host may', () => {
  const { find } = createPageMatcher(['https://a.example/x', 'https://b.example/x'])
  expect(find('/x')).toBeUndefined()
  expect(find('https://b.example/x')).toBe(1)
  expect(createPageMatcher(['/same', '/same']).find('/same')).toBeUndefined()
  const capitals = createPageMatcher(['/a/B', '/a/b'])
  expect([capitals.find('/a/B'), capitals.find('/a/b')]).toEqual([0, 1])
})

test('a route of an application is a page of its own', () => {
  const { find } = createPageMatcher(['/app/#/products/1', '/app/#!/products/2'])
  expect(find('https://x.example/app/#/products/1')).toBe(0)
  expect(find('/app#!/products/2')).toBe(1)
  expect(find('/app/')).toBeUndefined()
})

test('ids and titles are no addresses', () => {
  expect(
    ['12', 'blue-shirt', 'gid:12', 'Dune', 'Fahrenheit 451 / 1984'].filter(isAddress),
  ).toEqual([])
  expect(['/a', 'https://x.example', 'www.x.example/a', 'a/b'].every(isAddress)).toBe(
    true,
  )
  expect(pageAddress('https://user@x.example')).toEqual({
    host: 'x.example',
    path: '/',
    params: new Map(),
  })
})
