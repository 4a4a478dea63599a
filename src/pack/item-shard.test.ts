import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ItemRecord } from './item.ts'
import { encodeShard, readShard } from './item-shard.ts'
import { sampleItems } from './sample-source.test-data.ts'

fc.configureGlobal({ seed: 1 })

const text = fc.string({ unit: 'grapheme' })
const link = fc
  .webUrl({ withQueryParameters: true })
  .filter((url) => !url.includes('\\'))
const names = fc.array(text, { minLength: 1, maxLength: 3 })
const item: fc.Arbitrary<ItemRecord> = fc.record(
  {
    id: fc.string({ minLength: 1 }),
    title: text,
    authors: names,
    year: fc.integer({ min: -3000, max: 3000 }),
    genres: names,
    series: fc.record(
      { name: text, position: fc.integer({ min: 0, max: 99 }) },
      { requiredKeys: ['name'] },
    ),
    url: link,
    image: fc.constantFrom('/a.jpg', 'b.png'),
    description: text,
    language: fc.constantFrom('en', 'de'),
    price: fc.double({ min: 0, max: 1e6, noNaN: true }).map((price) => price + 0),
    currency: fc.constantFrom('EUR', 'USD'),
    available: fc.boolean(),
    published: fc.constantFrom('2016-05-09', '1998-06-12'),
    group: fc.constantFrom('work-1', 'work-2'),
    imageSize: fc.record({
      width: fc.integer({ min: 1, max: 65_535 }),
      height: fc.integer({ min: 1, max: 65_535 }),
    }),
  },
  { requiredKeys: ['id', 'title'] },
)

function readJson(change: Record<string, unknown>) {
  const json = JSON.parse(new TextDecoder().decode(encodeShard(sampleItems, 0)))
  const bytes = new TextEncoder().encode(JSON.stringify({ ...json, ...change }))
  return readShard('items-0.json', bytes)
}

describe('a shard', () => {
  test('gives every record back', () => {
    fc.assert(
      fc.property(fc.array(item, { maxLength: 6 }), (items) => {
        const { rows, ids, record } = readShard('x', encodeShard(items, 7))
        expect(rows).toBe(7)
        expect(ids).toEqual(items.map(({ id }) => id))
        expect(ids.map((_, index) => record(index))).toEqual(items)
      }),
      { numRuns: 300 },
    )
  })

  test('treats an empty list of names as none', () => {
    const items = [{ id: 'a', title: 'A', authors: [] }]
    expect(readShard('x', encodeShard(items, 0)).record(0)).toEqual({
      id: 'a',
      title: 'A',
    })
  })

  test('writes names, links and absent fields in few bytes', () => {
    const items = Array.from({ length: 100 }, (_, i) => ({
      id: `${i}`,
      title: 'Title',
      authors: ['A very long author name'],
      url: `https://books.example/catalogue/item/${i}`,
    }))
    expect(encodeShard(items, 0).byteLength / 100).toBeLessThan(25)
  })

  test('has no bytes for prices, stock, dates and groups that no item has', () => {
    const text = new TextDecoder().decode(encodeShard([{ id: 'a', title: 'A' }], 0))
    expect(text).not.toMatch(/prices|currencies|available|published|groups|imageSizes/)
  })

  test('leaves out a link that is not safe', () => {
    const urls = { start: 'javascript:', rest: ['alert(1)', null, '', null, null] }
    const { record } = readJson({ urls })
    expect(record(0).url).toBeUndefined()
    expect(record(2).url).toBeUndefined()
  })

  test.each<[string, Record<string, unknown>, string]>([
    ['another format', { format: 'x' }, 'got x 2, expected hearth-items 2.'],
    ['another version', { version: 1 }, 'got hearth-items 1'],
    [
      'a missing title',
      { titles: ['one'] },
      'wrong titles: got 1, expected a list of 5.',
    ],
    ['a number for an id', { ids: [1, 2, 3, 4, 5] }, 'wrong ids.0: got 1'],
    [
      'a name that is not there',
      { authors: [9, null, null, null, null] },
      'wrong authors',
    ],
    [
      'half a name',
      { genres: [[0, 0.5], null, null, null, null] },
      'wrong genres: got 0.5',
    ],
    ['a series without name', { series: [[], null, null, null, null] }, 'wrong series'],
    ['a year in words', { years: ['1965', null, null, null, null] }, 'wrong years'],
    [
      'a description that is no text',
      { descriptions: [{}, null, null, null, null] },
      'wrong descriptions',
    ],
    ['links without a start', { urls: { rest: [] } }, 'wrong urls: got nothing'],
    ['a price in words', { prices: ['9', null, null, null, null] }, 'wrong prices'],
    [
      'a currency that is not named',
      { currencies: { names: ['EUR'], of: [1, null, null, null, null] } },
      'wrong currencies',
    ],
    [
      'a flag of neither kind',
      { available: [2, null, null, null, null] },
      'wrong available',
    ],
    [
      'a group that is not named',
      { groups: { names: [], of: [0, null, null, null, null] } },
      'wrong groups',
    ],
    [
      'a picture of no height',
      { imageSizes: [[4, 0], null, null, null, null] },
      'wrong imageSizes',
    ],
    [
      'a picture of one side',
      { imageSizes: [4, null, null, null, null] },
      'wrong imageSizes',
    ],
    ['rows that do not fit', { rows: [1] }, 'wrong rows: got 1, expected a list of 5.'],
    ['a negative row', { rows: -1 }, 'wrong rows: got -1'],
    ['no names', { names: null }, 'wrong names: got null, expected an object.'],
  ])('is refused with %s', (_, change, message) => {
    expect(() => readJson(change)).toThrow(
      expect.objectContaining({
        code: 'bad-pack',
        message: expect.stringContaining(message),
      }),
    )
  })
})
