import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { AttributeColumn } from './attribute-column.ts'
import { encodeColumn, readColumn } from './column-file.ts'
import type { Manifest } from './pack.ts'
import {
  forge,
  memoryFolder,
  sampleColumns,
  sampleSource,
} from './sample-source.test-data.ts'
import { writePack } from './write-pack.ts'

fc.configureGlobal({ seed: 1 })

const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes)

async function written() {
  const folder = memoryFolder()
  const manifest = await writePack(
    sampleSource({ columns: sampleColumns }),
    folder.sink,
  )
  return { folder, manifest }
}

/** The pack with one column's file changed, sizes and hashes made to fit. */
async function changed(name: string, change: Record<string, unknown>) {
  const { folder, manifest } = await written()
  const { file } = manifest.columns!.find((column) => column.name === name)!
  const json = { ...JSON.parse(textOf(folder.files.get(file.name)!)), ...change }
  const bytes = new TextEncoder().encode(JSON.stringify(json))
  const sealed = await forge(folder, manifest, { name: file.name, bytes })
  return readColumn(sealed, name, folder.read)
}

describe('a column', () => {
  test('of each type is read as it was written', async () => {
    const { folder, manifest } = await written()
    for (const column of sampleColumns) {
      expect(await readColumn(manifest, column.name, folder.read)).toEqual(column)
    }
  })

  test('of any values is read as it was written', async () => {
    const word = fc.string({ unit: 'grapheme' })
    const values = fc.oneof(
      fc.record({
        type: fc.constant('category' as const),
        values: fc.array(fc.option(word, { nil: undefined }), fiveOf),
      }),
      fc.record({
        type: fc.constant('list' as const),
        values: fc.array(
          fc.option(fc.array(word, { minLength: 1 }), { nil: undefined }),
          fiveOf,
        ),
      }),
      fc.record({
        type: fc.constant('number' as const),
        values: fc.array(
          fc.option(
            fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => n + 0),
            { nil: undefined, freq: 1 },
          ),
          fiveOf,
        ),
      }),
    )
    await fc.assert(
      fc.asyncProperty(values, async (column) => {
        const named: AttributeColumn = { name: 'any', ...column }
        const folder = memoryFolder()
        const source = sampleSource({ columns: [named] })
        const manifest = await writePack(source, folder.sink)
        expect(await readColumn(manifest, 'any', folder.read)).toEqual(named)
      }),
      { numRuns: 60 },
    )
  })

  test('is not read with the pack: its file is asked for alone', async () => {
    const { folder, manifest } = await written()
    const asked: string[] = []
    await readColumn(manifest, 'Signed', async (name) => {
      asked.push(name)
      return folder.read(name)
    })
    expect(asked).toEqual([manifest.columns![3]!.file.name])
  })

  test('that few items have takes bytes for those alone', () => {
    const values = Array.from({ length: 10_000 }, (_, i) =>
      i % 1000 === 7 ? i : undefined,
    )
    const bytes = encodeColumn({ name: 'rare', type: 'number', values }, 10_000)
    expect(bytes.byteLength).toBeLessThan(250)
    expect(textOf(bytes)).toContain('"gaps":[7,999,999')
  })

  test('of words writes each word once', () => {
    const values = Array.from({ length: 100 }, (_, i) =>
      i % 2 ? 'linen' : 'a long word',
    )
    const text = textOf(encodeColumn({ name: 'a', type: 'category', values }, 100))
    expect(text.match(/a long word/g)).toHaveLength(1)
    expect(text).toContain('"values":[0,1,0,1')
  })

  test('of another name is an argument that the error lists the names for', async () => {
    const { folder, manifest } = await written()
    await expect(readColumn(manifest, 'Colour', folder.read)).rejects.toThrow(
      expect.objectContaining({
        code: 'bad-argument',
        message: expect.stringContaining(
          'got "Colour", expected one of Material, Weight',
        ),
      }),
    )
    const none = { ...manifest, columns: undefined } as unknown as Manifest
    await expect(readColumn(none, 'Colour', folder.read)).rejects.toThrow(
      'expected none',
    )
  })

  test.each<[string, AttributeColumn]>([
    ['no name', { name: '', type: 'flag', values: [true] }],
    ['too few values', { name: 'a', type: 'flag', values: [] }],
    ['a number that is not finite', { name: 'a', type: 'number', values: [NaN] }],
    ['a day in words', { name: 'a', type: 'date', values: ['May 2016'] }],
    ['a day that no calendar has', { name: 'a', type: 'date', values: ['2016-13-01'] }],
    ['an empty list', { name: 'a', type: 'list', values: [[]] }],
    ['a value of another type', { name: 'a', type: 'flag', values: ['yes'] }],
  ])('is not written with %s', (_, column) => {
    expect(() => encodeColumn(column, 1)).toThrow(
      expect.objectContaining({ code: 'bad-argument' }),
    )
  })

  test.each<[string, string, Record<string, unknown>, string]>([
    ['another format', 'Signed', { format: 'x' }, '"x"'],
    ['another name', 'Signed', { name: 'Sold' }, '"Sold"'],
    ['other rows', 'Signed', { rows: 6 }, '"6"'],
    ['too few values', 'Signed', { values: [1] }, 'wrong values: got 1'],
    ['a flag of 2', 'Signed', { values: [2, 1, 1, 1, 1] }, 'wrong values: got 2'],
    ['a word without a name', 'Material', { values: [2, 0, 0, 0, 0] }, 'got 2'],
    ['no names', 'Material', { names: 7 }, 'wrong names'],
    ['an empty list', 'sizes', { values: [[], 0] }, 'expected one name or more'],
    ['a gap past the end', 'sizes', { gaps: [0, 4] }, 'expected items below 5'],
    ['a negative gap', 'sizes', { gaps: [0, -1] }, 'wrong gaps: got -1'],
    ['too few gaps', 'sizes', { gaps: [0] }, 'wrong gaps: got 1'],
    ['a number in words', 'Weight (kg)', { values: ['1', 1, 1, 1, 1] }, 'a number'],
    ['a day in words', 'Added', { values: ['May', null, null, null, null] }, 'a date'],
  ])('is refused with %s', async (_, name, change, message) => {
    await expect(changed(name, change)).rejects.toThrow(
      expect.objectContaining({
        code: 'bad-pack',
        message: expect.stringContaining(message),
      }),
    )
  })
})

const fiveOf = { minLength: 5, maxLength: 5 }
