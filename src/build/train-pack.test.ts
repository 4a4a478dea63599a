import { describe, expect, test } from 'vitest'
import { FLAG_COLD_START } from '../pack/pack.ts'
import type { Encoder } from '../text/encoder/encoder.ts'
import { openTrial } from './open-trial.ts'
import { plantedDataset } from './planted.test-data.ts'
import { trainPack } from './train-pack.ts'

const dataset = plantedDataset({ users: 40, items: 24, choices: 6, seed: 6 })
const { interactions: _, ...catalogue } = dataset

/** Letters counted: the same text, the same vector. */
const encoder: Encoder & { name: string } = {
  name: 'letters',
  dim: 26,
  fingerprint: 'f'.repeat(64),
  async encode(texts) {
    const vectors = new Float32Array(texts.length * 26)
    texts.forEach((text, row) => {
      for (const letter of text.toLowerCase()) {
        const at = letter.charCodeAt(0) - 97
        if (at >= 0 && at < 26) vectors[row * 26 + at]++
      }
      const own = vectors.subarray(row * 26, (row + 1) * 26)
      const length = Math.hypot(...own) || 1
      own.forEach((value, i) => {
        own[i] = value / length
      })
    })
    return vectors
  },
  async dispose() {},
}

const ofEach = (value: string) => catalogue.items.map(() => value)

describe('trainPack', () => {
  test('makes a pack that can be written and read back', async () => {
    const { source, report } = await trainPack(dataset, { encoder, threads: 0 })
    const { pack } = await openTrial(source)
    expect(pack.itemCount).toBe(24)
    expect(pack.cf?.indices.length).toBeGreaterThan(24)
    expect(pack.content?.vectors.rows).toBe(24)
    expect(pack.manifest.encoder?.name).toBe('letters')
    expect(report.keptVariance).toBeCloseTo(1, 3)
  })

  test('gives no vector to a text that the encoder cannot read, and notes it', async () => {
    const reader = {
      ...encoder,
      unreadScriptOf: (text: string) =>
        /\p{Script=Thai}/u.test(text) ? 'Thai' : undefined,
    }
    const titles = ['Dune', 'สูตรอาหารไทย', 'คู่มือซ่อมรถ']
    const items = titles.map((title, i) => ({ id: `${i}`, title }))
    const { source } = await trainPack({ name: 'T', items }, { encoder: reader })
    const { pack } = await openTrial(source)
    expect([...pack.content!.vectors.scales].map((scale) => scale > 0)).toEqual([
      true,
      false,
      false,
    ])
    expect(source.provenance.notes[0]).toContain('2 of 3 texts')
    const unread = await trainPack(
      { name: 'T', items: items.slice(1) },
      { encoder: reader },
    )
    expect(unread.source.content).toBeUndefined()
    expect(unread.source.encoder).toBeUndefined()
  })

  test('carries columns and rules into the pack', async () => {
    const columns = [
      { name: 'Colour', type: 'category' as const, values: ofEach('red') },
    ]
    const rules = { onlyInStock: true }
    const { source } = await trainPack({ ...catalogue, columns }, { rules })
    const { pack } = await openTrial(source)
    expect(pack.manifest).toMatchObject({ columns: [{ name: 'Colour' }], rules })
  })

  test('notes what is off with too few users, and why', async () => {
    const { source, report } = await trainPack(dataset, { threads: 0 })
    expect(source.tower).toBeUndefined()
    expect(source.content).toBeUndefined()
    expect(report.notes).toEqual([
      'Content is off: no text encoder was given.',
      'Sequence is off: the interactions have no times.',
      'Towers are off: fewer than 50 users to learn from.',
      'Fusion is the default: too few users to fit it on.',
      'No probabilities are shown: too few people could be held out to measure them on.',
      'Predicted ratings are off: the interactions have no ratings.',
    ])
    expect(source.provenance.notes).toEqual(report.notes)
  })

  test('without interactions there is text, attributes and a varied first screen', async () => {
    const { source } = await trainPack(catalogue, { encoder })
    expect(source.cf).toBeUndefined()
    expect(source.content?.vectors).toHaveLength(24 * 26)
    expect(source.attributes.indices.length).toBeGreaterThan(0)
    expect(source.popularity.every((value) => value === 0)).toBe(true)
    expect(source.firstItems.slice(0, 6)).not.toEqual([0, 1, 2, 3, 4, 5])
    expect(source.provenance.notes.join(' ')).toContain('no positive interactions')
  })

  test("without interactions the owner's totals are popularity, and are named", async () => {
    const counts = Float64Array.from(catalogue.items, (_, index) => index * 10)
    const totals = { counts, from: 'num_subscribers' }
    const { source, report } = await trainPack({ ...catalogue, totals })
    const last = catalogue.items.length - 1
    expect(source.popularity[0]).toBe(0)
    expect(source.popularity[last]).toBe(1)
    expect(source.popularity[1]).toBeCloseTo(Math.log1p(10) / Math.log1p(last * 10))
    expect(source.firstItems[0]).toBe(last)
    expect(source.provenance.popularity).toBe('num_subscribers')
    expect(report.notes).toContain('Popularity is by num_subscribers.')
    expect([...source.flags.subarray(0, 3)]).toEqual([FLAG_COLD_START, 0, 0])
  })

  test('interactions win over totals', async () => {
    const counts = new Float64Array(dataset.items.length).fill(1)
    const options = { threads: 0 } as const
    const { source } = await trainPack(
      { ...dataset, totals: { counts, from: 'x' } },
      options,
    )
    const plain = await trainPack(dataset, options)
    expect(source).toEqual(plain.source)
    expect(source.provenance.popularity).toBeUndefined()
  })

  test('flags items nobody chose as cold-start items and gives them entries from similar ones', async () => {
    const items = [...dataset.items, { ...dataset.items[0], id: 'new' }]
    const { source, report } = await trainPack(
      { ...dataset, items },
      { encoder, threads: 0 },
    )
    expect(report.coldStartItems).toBe(1)
    expect([source.flags[24], source.flags[0]]).toEqual([FLAG_COLD_START, 0])
    const cold = source.cf!.indptr[25] - source.cf!.indptr[24]
    expect(cold).toBeGreaterThan(0)
    expect(source.cf!.indices.includes(24)).toBe(true)
  })

  test('the same input and seed give the same source', async () => {
    const [one, other] = [
      await trainPack(dataset, { encoder, seed: 3 }),
      await trainPack(dataset, { encoder, seed: 3 }),
    ]
    expect(one.source).toEqual(other.source)
  })

  test('stays within the bytes of CF an item may take', async () => {
    const { source } = await trainPack(dataset, { bytesPerItem: 16, threads: 0 })
    const { pack } = await openTrial(source)
    const headers = 400 // of the file, which a real catalogue shares among thousands
    expect(pack.manifest.blocks.cf!.sizeBytes).toBeLessThan(16 * 24 + headers)
  })

  test('reports its stages, each ending at 1', async () => {
    const last = new Map<string, number>()
    await trainPack(dataset, {
      encoder,
      onProgress: (stage, done) => last.set(stage, done),
    })
    expect(last.get('reading texts')).toBe(1)
    expect(last.get('learning what goes with what')).toBe(1)
  })

  test('refuses an empty catalogue', async () => {
    await expect(trainPack({ name: 'none', items: [] })).rejects.toMatchObject({
      code: 'bad-input',
    })
  })
})
