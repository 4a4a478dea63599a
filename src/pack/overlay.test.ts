import { expect, test } from 'vitest'
import type { ItemRecord } from './item.ts'
import type { ItemTable } from './items.ts'
import {
  type Overlay,
  overlaidItems,
  parseOverlay,
  unknownIds,
  unknownNote,
} from './overlay.ts'

const parse = (text: string) => parseOverlay(new TextEncoder().encode(text))
const notesOf = (text: string) => parse(text)?.notes

test('holds hidden and pinned ids, prices and stock', () => {
  const overlay = parse(`{
    "updated": "2026-06-01T08:00:00Z",
    "hidden": ["42", 43], "pinned": ["7", "9", "7"],
    "prices": { "7": 12.5, "9": { "price": 8, "currency": "EUR", "was": 10 } },
    "stock": { "7": 0, "9": true, "8": 3, "6": false }
  }`)
  expect(overlay).toEqual({
    updated: '2026-06-01T08:00:00Z',
    hidden: ['42', '43'],
    pinned: ['7', '9'],
    prices: new Map([
      ['7', { price: 12.5 }],
      ['9', { price: 8, currency: 'EUR', was: 10 }],
    ]),
    stock: new Map([
      ['6', false],
      ['7', false],
      ['8', true],
      ['9', true],
    ]),
    notes: [],
  })
})

test.each(['{}', ' {\n} \n'])('there is none in %j', (text) =>
  expect(parse(text)).toBeUndefined(),
)

test.each([
  [
    '{ "hidden": [',
    'overlay.json: it is not JSON at line 1, column 14; it is left out.',
  ],
  ['[1]', 'overlay.json: it holds no object { … }; it is left out.'],
  ['{"hidden": "1"}', 'overlay.json: hidden is no list of ids; it is left out.'],
  ['{"hidden": ["1", null]}', 'overlay.json: hidden: 1 of 2 are no ids; left out.'],
  ['{"prices": []}', 'overlay.json: prices is no object { "id": … }; it is left out.'],
  [
    '{"prices": {"1": "cheap", "2": -1, "3": {"price": 1, "currency": "euro"}}}',
    'overlay.json: prices: 3 values are not understood and left out: 1, 2, 3.',
  ],
  [
    '{"stock": {"1": "no"}}',
    'overlay.json: stock: one value is not understood and left out: 1.',
  ],
  [
    '{"hide": ["1"]}',
    'overlay.json: hide: expected hidden, pinned, prices, stock, updated; left out.',
  ],
])('notes what is wrong with %j', (text, note) => {
  expect(notesOf(text)).toEqual([note])
})

test('a comma too many is shown with its place, or with the text around it', () => {
  const [note] = notesOf('{\n  "hidden": ["1",]\n}')!
  expect(note).toMatch(/it is not JSON( at line 2, column 18| \(.*\["1",\].*\));/)
})

test('bytes that are no UTF-8 are noted', () => {
  expect(parseOverlay(Uint8Array.of(0xff, 0xfe, 0x7b))?.notes).toEqual([
    'overlay.json: it is not text in UTF-8; it is left out.',
  ])
})

const records: ItemRecord[] = [
  { id: 'a', title: 'A', price: 3, currency: 'EUR' },
  { id: 'b', title: 'B', available: true },
]
const items: ItemTable = {
  count: 2,
  record: (index) => records[index]!,
  indexOf: (id) => {
    const index = records.findIndex((record) => record.id === id)
    return index < 0 ? undefined : index
  },
}

test('an item is shown with the price and the stock of the overlay', () => {
  const overlay = parse(
    '{"prices": {"a": {"price": 2, "was": 3}}, "stock": {"b": 0, "x": 1}}',
  ) as Overlay
  const { record } = overlaidItems(items, overlay)
  expect(record(0)).toEqual({ id: 'a', title: 'A', price: 2, was: 3, currency: 'EUR' })
  expect(record(1)).toEqual({ id: 'b', title: 'B', available: false })
})

test('ids that the catalogue does not hold are counted and named', () => {
  const overlay = parse('{"hidden": ["x", "a"], "pinned": ["y"], "stock": {"x": 1}}')
  expect(unknownIds(overlay as Overlay, items.indexOf)).toEqual(['x', 'y'])
  expect(unknownNote(['x', 'y'])).toEqual([
    '2 ids of overlay.json are not in the catalogue: x, y',
  ])
  expect(unknownNote(['x'])).toEqual([
    '1 id of overlay.json is not in the catalogue: x',
  ])
  expect(unknownNote(['1', '2', '3', '4', '5', '6', '7'])).toEqual([
    '7 ids of overlay.json are not in the catalogue: 1, 2, 3, 4, 5 and 2 more',
  ])
  expect(unknownNote([])).toEqual([])
})

test.each([
  ['', 'overlay.json: it is empty; it is left out.'],
  ['[]', 'overlay.json: it holds no object { … }; it is left out.'],
  ['null', 'overlay.json: it holds no object { … }; it is left out.'],
])('%j is noted: what it hid would be shown again', (text, note) => {
  const bytes = new TextEncoder().encode(text)
  expect(parseOverlay(bytes)?.notes).toEqual([note])
})

test('a page in its place is noted', () => {
  const page = new TextEncoder().encode('<!doctype html><title>Not found</title>')
  expect(parseOverlay(page)?.notes[0]).toContain('overlay.json: it is not JSON')
})
