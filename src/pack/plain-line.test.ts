import { expect, test } from 'vitest'
import { encodeShard, readShard } from './item-shard.ts'
import { plainLine } from './plain-line.ts'

test('overrides of direction and control characters are taken out, letters and single signs of direction stay', () => {
  expect(plainLine('Du\u202ene\u202c\u0000 \u2067x\u2069\u0085')).toBe('Dune x')
  expect(plainLine('שלום\u200f! é 👩‍🚀 日本')).toBe('שלום\u200f! é 👩‍🚀 日本')
})

test('the reader cleans titles and names that the builder did not write', () => {
  const item = {
    id: '1',
    title: 'gpj\u202e.exe',
    authors: ['A\u0007da'],
    genres: ['\u2066x'],
  }
  const record = readShard('items.json', encodeShard([item], 0)).record(0)
  expect(record).toEqual({ id: '1', title: 'gpj.exe', authors: ['Ada'], genres: ['x'] })
})

test('names of what every object has are names like others', () => {
  const name = '__proto__'
  const item = { id: name, title: 'constructor', authors: [name], genres: ['toString'] }
  const record = readShard('items.json', encodeShard([item], 0)).record(0)
  expect(record).toEqual(item)
  expect(Object.keys({})).toEqual([])
})
