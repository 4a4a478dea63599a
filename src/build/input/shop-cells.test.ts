import { expect, test } from 'vitest'
import { availableOf, flagOf, isDraftStatus, isVariationKind } from './availability.ts'
import { categoriesOf } from './categories.ts'
import { addressOf, pictureOf } from './cell.ts'
import { currencyOf, priceOf } from './price.ts'

test.each([
  [15, 15, undefined],
  ['15.00 EUR', 15, 'EUR'],
  ['EUR 15', 15, 'EUR'],
  ['€ 1.299,00', 1299, 'EUR'],
  ['$1,299.99', 1299.99, 'USD'],
  ['1 299,50 zł', 1299.5, 'PLN'],
  ['1,299', 1299, undefined],
  ['19,99', 19.99, undefined],
  ["1'299.00 CHF", 1299, 'CHF'],
  ['34.0000', 34, undefined],
  ['Free', 0, undefined],
  [{ amount: '9.50', currencyCode: 'gbp' }, 9.5, 'GBP'],
  [[{ price: '19.99' }, { price: '29.99' }], 19.99, undefined],
])('%j is a price', (cell, price, currency) => {
  expect(priceOf(cell)).toEqual(
    currency === undefined ? { price } : { price, currency },
  )
})

test('what is no price is none', () => {
  for (const cell of ['', 'ask us', '-5', 'from 3 to 5', null, {}, [], true]) {
    expect(priceOf(cell)).toBeUndefined()
  }
  expect(currencyOf('a lot')).toBeUndefined()
})

test('stock is a flag, a word, a schema.org address or an amount', () => {
  for (const cell of [
    true,
    '1',
    5,
    'in stock',
    'In_Stock',
    'https://schema.org/InStock',
    'preorder',
  ]) {
    expect(availableOf(cell)).toBe(true)
  }
  for (const cell of [
    false,
    '0',
    0,
    'out of stock',
    'OutOfStock',
    'outofstock',
    'Sold out',
  ]) {
    expect(availableOf(cell)).toBe(false)
  }
  for (const cell of ['', null, 'in 3 weeks', {}])
    expect(availableOf(cell)).toBeUndefined()
  expect(availableOf([{ available: false }, { available: true }])).toBe(true)
})

test('flags, statuses and kinds of rows are recognised by their words', () => {
  expect([flagOf('TRUE'), flagOf('-1'), flagOf('Y'), flagOf('1999')]).toEqual([
    true,
    false,
    true,
    undefined,
  ])
  expect(isDraftStatus('Draft') && isDraftStatus('archived')).toBe(true)
  expect(isDraftStatus('Released') || isDraftStatus('')).toBe(false)
  expect(isVariationKind('variation, virtual')).toBe(true)
  expect(isVariationKind('simple') || isVariationKind('')).toBe(false)
})

test('a path of categories is its names from the root on', () => {
  const names = (cell: unknown) => categoriesOf(cell, undefined)
  expect(names('Clothing > Tshirts, Clothing > Hats')).toEqual([
    'Clothing',
    'Tshirts',
    'Hats',
  ])
  expect(names(['Men > Shirts'])).toEqual(['Men', 'Shirts'])
  expect(names('Home &amp; Garden; R>B')).toEqual(['Home & Garden', 'R>B'])
})

test('of several pictures the first counts, however they are written', () => {
  const first = 'https://x.example/a.jpg'
  for (const cell of [
    first,
    `${first}, https://x.example/b.jpg`,
    `${first}|https://x.example/b.jpg`,
    { src: first },
    [{ url: first }, { url: 'b' }],
    `["${first}", "b"]`,
  ]) {
    expect(addressOf(cell)).toBe(first)
  }
  expect(addressOf('/a.jpg?x=1&amp;y=2,3')).toBe('/a.jpg?x=1&y=2,3')
  expect(addressOf({ id: 1 })).toBeUndefined()
})

test('a picture by the scheme of the page has one of its own', () => {
  expect(pictureOf('//cdn.shop.example/a.jpg')).toBe('https://cdn.shop.example/a.jpg')
  expect(pictureOf('//a.jpg/')).toBe('https://a.jpg/')
  expect(pictureOf('/a.jpg')).toBe('/a.jpg')
  expect(pictureOf('//')).toBe('//')
})
