// @vitest-environment jsdom
import { afterEach, expect, test } from 'vitest'
import type { Hearth } from '../../index.ts'
import { addressesOf, itemAddresses, pageItem } from './addresses.ts'

const { origin } = location

afterEach(() => {
  history.replaceState(null, '', '/')
  document.head.replaceChildren()
})

const addresses = itemAddresses([
  ['/notes/owl/', 'owl'],
  ['/notes/heron.html', 'heron'],
  ['/notes/index.html', 'notes'],
  ['/shop?id=5', 'five'],
  ['#shelf', 'shelf'],
  ['https://fieldbook.example/notes/dipper/', 'dipper'],
])

test('an address is found however hosts and links write it', () => {
  for (const path of [
    '/notes/owl/',
    '/notes/owl',
    '/notes/owl/index.html',
    '/notes/owl.html',
    '/notes/owl/#comments',
    '/notes/owl/?utm_source=letter&fbclid=1',
  ]) {
    expect(addresses.idOf(origin + path), path).toBe('owl')
  }
  expect(addresses.idOf(`${origin}/notes/heron`)).toBe('heron')
  expect(addresses.idOf(`${origin}/notes/`)).toBe('notes')
})

test('what tells pages apart is not dropped', () => {
  expect(addresses.idOf(`${origin}/shop?id=5&utm_source=letter`)).toBe('five')
  expect(addresses.idOf(`${origin}/shop?id=6`)).toBeUndefined()
  expect(addresses.idOf(`${origin}/shop`)).toBeUndefined()
  expect(addresses.idOf(`${origin}/#shelf`)).toBe('shelf')
  expect(addresses.idOf(`${origin}/`)).toBeUndefined()
  expect(addresses.idOf('https://other.example/notes/owl/')).toBeUndefined()
  expect(addresses.idOf('no address')).toBeUndefined()
})

test('an address of several items leads to none of them, unless it is exact', () => {
  const twins = itemAddresses([
    ['/a', 'first'],
    ['/a/', 'second'],
  ])
  expect(twins.idOf(`${origin}/a/`)).toBe('second')
  expect(twins.idOf(`${origin}/a/index.html`)).toBeUndefined()
})

test('an address that no browser can read is left out', () => {
  expect(itemAddresses([['http://[', 'bad']]).idOf('http://[')).toBeUndefined()
})

const canonical = (href: string) => {
  document.head.innerHTML = `<link rel="canonical" href="${href}">`
}

test('a page is the item of its own address before that of the canonical one', () => {
  expect(pageItem(addresses)).toBeUndefined()
  history.replaceState(null, '', '/notes/owl')
  expect(pageItem(addresses)).toBe('owl')
  canonical('https://fieldbook.example/notes/dipper/')
  expect(pageItem(addresses)).toBe('owl')
  history.replaceState(null, '', '/notes/dipper-in-winter')
  expect(pageItem(addresses)).toBe('dipper')
})

test('a preview on another host finds the item by the path of the canonical address', () => {
  history.replaceState(null, '', '/branch-7/whatever')
  canonical('https://production.example/notes/heron.html')
  expect(pageItem(addresses)).toBe('heron')
  canonical('')
  expect(pageItem(addresses)).toBeUndefined()
})

test('a catalogue is asked for its addresses once, and again after it failed', async () => {
  let calls = 0
  const hearth = {
    links: async () => {
      if (++calls === 1) throw new Error('offline')
      return [['/a/', 'a']]
    },
  } as unknown as Hearth
  await expect(addressesOf(hearth)).rejects.toThrow('offline')
  expect((await addressesOf(hearth)).idOf(`${origin}/a`)).toBe('a')
  await addressesOf(hearth)
  expect(calls).toBe(2)
})
