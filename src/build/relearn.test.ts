import { readdirSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { createRandom } from '../math/random.ts'
import type { PackSource } from '../pack/pack-source.ts'
import { writePack } from '../pack/write-pack.ts'
import type { Encoder } from '../text/encoder/encoder.ts'
import { openMemory } from './cache/build-memory.ts'
import type { Dataset } from './dataset/dataset.ts'
import { tempFolder } from './input/temp-folder.test-data.ts'
import { plantedDataset } from './planted.test-data.ts'
import { trainPack } from './train-pack.ts'

/** A vector of the text's letters, of length 1. */
const encoder: Encoder = {
  ...{ dim: 26, fingerprint: 'letters' },
  encode: async (texts) => {
    const rows = texts.map((text) => {
      const counts = new Float32Array(26)
      for (const letter of text.toLowerCase()) {
        const at = letter.charCodeAt(0) - 97
        if (at >= 0 && at < 26) counts[at]++
      }
      return counts.map((value) => value / Math.hypot(...counts))
    })
    return Float32Array.from(rows.flatMap((row) => [...row]))
  },
  dispose: async () => {},
}

/** So few choices a user that nobody is held out: a build of a second. */
const planted = plantedDataset({ users: 60, items: 60, choices: 4, seed: 2 })
/** Enough to choose settings by. */
const tunable = plantedDataset({ users: 64, items: 60, choices: 8, seed: 2 })

function memoryIn(path: string, changes: { readonly makesAnew?: boolean } = {}) {
  const lines: string[] = []
  const memory = openMemory({
    ...{ folder: path, makesAnew: false, catalogue: 'planted' },
    report: (line) => lines.push(line),
    ...changes,
  })
  return { former: memory.former, lines }
}

const train = (dataset: Dataset, former?: ReturnType<typeof memoryIn>['former']) =>
  trainPack(dataset, {
    ...{ encoder, threads: 0, seed: 5 },
    ...(former ? { former } : {}),
  })

async function bytesOf(source: PackSource) {
  const files: Record<string, string> = {}
  await writePack(source, {
    write: async (name, bytes) => {
      files[name] = Buffer.from(bytes).toString('base64')
    },
  })
  return files
}

/** The items, one of them with other words; one user more, with one group's taste. */
function changed({ items, interactions, ...rest }: Dataset): Dataset {
  if (!interactions) throw new Error('planted without interactions')
  const random = createRandom(9)
  const own = random.shuffleInto(Array.from({ length: 30 }, (_, n) => n)).slice(0, 8)
  const more = <T>(array: ArrayLike<T>, added: T[]) => [...Array.from(array), ...added]
  return {
    ...rest,
    items: items.map((item, n) => (n === 3 ? { ...item, title: 'A sea quiz' } : item)),
    interactions: {
      ...interactions,
      userCount: interactions.userCount + 1,
      users: Uint32Array.from(
        more(
          interactions.users,
          own.map(() => interactions.userCount),
        ),
      ),
      rows: Uint32Array.from(more(interactions.rows, own)),
      weights: Float32Array.from(
        more(
          interactions.weights,
          own.map(() => 1),
        ),
      ),
    },
  }
}

describe('a build that remembers', () => {
  test('gives the same bytes as one that does not, and again when nothing changed', async () => {
    const { path } = tempFolder()
    const plain = await bytesOf((await train(planted)).source)
    const first = await train(planted, memoryIn(path).former)
    expect(first.report.reuse).toEqual({ kind: 'nothing' })
    expect(await bytesOf(first.source)).toEqual(plain)
    const second = await train(planted, memoryIn(path).former)
    expect(second.report.reuse).toEqual({ kind: 'models' })
    expect(await bytesOf(second.source)).toEqual(plain)
  })

  test('reuses the models whole when a price changed, and the price is new', async () => {
    const { path } = tempFolder()
    await train(planted, memoryIn(path).former)
    const items = planted.items.map((item) => ({ ...item, price: 3 }))
    const { source, report } = await train({ ...planted, items }, memoryIn(path).former)
    expect(report.reuse).toEqual({ kind: 'models' })
    expect(source.items[0].price).toBe(3)
  })

  test('refits by the former settings when little changed, for everybody', async () => {
    const { path } = tempFolder()
    const { source: before } = await train(tunable, memoryIn(path).former)
    const next = changed(tunable)
    const { source, report } = await train(next, memoryIn(path).former)
    expect(report.reuse).toMatchObject({ kind: 'settings' })
    expect(source.fusion).toEqual(before.fusion)
    expect(source.content?.projection).toEqual(before.content?.projection)
    expect(source.provenance.users).toBe(65)
    expect(source.cf?.indptr).toHaveLength(61)
    expect(source.provenance.notes.at(-1)).toMatch(/^Settings were chosen on earlier/)
    // what goes with what is still known: no row crosses from sea to desert
    const { indptr, indices } = source.cf as NonNullable<PackSource['cf']>
    const crossing = Array.from(indices.subarray(0, indptr[30])).filter((i) => i >= 30)
    expect(crossing).toEqual([])
    const third = await train(next, memoryIn(path).former)
    expect(third.report.reuse).toEqual({ kind: 'models' })
    expect(await bytesOf(third.source)).toEqual(await bytesOf(source))
  })

  test('keeps the towers of items that moved to other places, and places new ones', async () => {
    const { path } = tempFolder()
    const { source: before } = await train(planted, memoryIn(path).former)
    const { interactions } = planted
    if (!interactions) throw new Error('planted without interactions')
    const added = { id: 'extra', title: 'A sea story more', genres: ['sea'] }
    const moved: Dataset = {
      ...planted,
      items: [added, ...planted.items],
      interactions: { ...interactions, rows: interactions.rows.map((row) => row + 1) },
    }
    const { source, report } = await train(moved, memoryIn(path).former)
    expect(report.reuse).toMatchObject({ kind: 'settings' })
    const vector = (from: PackSource, item: number) => {
      const { items, dim } = from.tower as NonNullable<PackSource['tower']>
      return items.subarray(item * dim, (item + 1) * dim)
    }
    const cosine = (a: Float32Array, b: Float32Array) =>
      a.reduce((sum, x, n) => sum + x * b[n], 0) / (Math.hypot(...a) * Math.hypot(...b))
    expect(cosine(vector(source, 6), vector(before, 5))).toBeGreaterThan(0.9)
    expect(vector(source, 0).every(Number.isFinite)).toBe(true)
  })

  test('learns anew when much changed, with other options, and when asked to', async () => {
    const { path } = tempFolder()
    await train(planted, memoryIn(path).former)
    const other = plantedDataset({ users: 60, items: 60, choices: 4, seed: 3 })
    const { source, report } = await train(other, memoryIn(path).former)
    expect(report.reuse).toMatchObject({ kind: 'nothing', difference: { items: 0 } })
    expect(await bytesOf(source)).toEqual(await bytesOf((await train(other)).source))
    const { former } = memoryIn(path)
    const seeded = await trainPack(other, { encoder, threads: 0, seed: 6, former })
    expect(seeded.report.reuse).toEqual({ kind: 'nothing' })
    const anew = await train(other, memoryIn(path, { makesAnew: true }).former)
    expect(anew.report.reuse).toEqual({ kind: 'nothing' })
  })

  test('ignores a damaged file with one line', async () => {
    const folder = tempFolder()
    const { former } = memoryIn(folder.path)
    await former.write({
      ...{ settings: '', key: '', ids: [], attributes: [] },
      chosenOn: {
        ...{ ids: [], facts: [] },
        ...{ pairs: new Uint32Array(0), counts: new Uint32Array(0) },
      },
    })
    const [name] = readdirSync(folder.path)
    writeFileSync(`${folder.path}/${name}`, 'no such thing')
    const again = memoryIn(folder.path)
    const { report } = await train(planted, again.former)
    expect(report.reuse).toEqual({ kind: 'nothing' })
    expect(again.lines).toHaveLength(1)
    expect(again.lines[0]).toMatch(/is ignored: its hash does not match\.$/)
  })
})
