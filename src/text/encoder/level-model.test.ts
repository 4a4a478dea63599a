import { describe, expect, test } from 'vitest'
import { levelFiles, loadedLevels, smallSizes } from './level-model.test-data.ts'
import { levelModelFile, readLevelModel } from './level-model.ts'
import type { TensorPlace } from './model-manifest.ts'

const small = loadedLevels(levelFiles(smallSizes))

describe('readLevelModel', () => {
  test('finds every part by its name, in its size', () => {
    const model = readLevelModel(small)
    expect(model).toMatchObject({ dim: 16, heads: 2, epsilon: 1e-12 })
    expect(model.words.levels).toHaveLength(12 * 16)
    expect(model.words.steps).toHaveLength(12)
    expect(model.places).toHaveLength(10 * 16)
    expect(model.layers).toHaveLength(2)
    const { wide, narrow } = model.layers[1]!
    expect([wide.rows.length, wide.columns.length, wide.bias.length]).toEqual([
      24, 16, 24,
    ])
    expect([narrow.rows.length, narrow.levels.length]).toEqual([16, 16 * 24])
    expect(model.layers[0]!.query.levels).not.toEqual(model.layers[0]!.key.levels)
  })

  test('reads halves as numbers: steps about .1, norms about 1', () => {
    const { words, norm } = readLevelModel(small)
    for (const step of words.steps) expect(Math.abs(step - 0.1)).toBeLessThan(0.1)
    for (const weight of norm.weight) expect(Math.abs(weight - 1)).toBeLessThan(0.1)
  })

  test('takes a model without layers', () => {
    const files = levelFiles({ ...smallSizes, layers: 0 })
    expect(readLevelModel(loadedLevels(files)).layers).toEqual([])
  })

  const table = small.manifest.tensors!
  const size = small.files.get(levelModelFile)!.length
  const changed = (name: string, place: Partial<TensorPlace>) => ({
    ...table,
    [name]: { ...table[name]!, ...place },
  })
  const query = 'layers.0.attention.self.query'
  test.each([
    [
      'that is missing',
      {},
      'got nothing for layers.0.attention.self.query.levels, expected uint8',
    ],
    ['without a layer', { ...table, [`${query}.rows`]: undefined! }, 'got nothing for'],
    [
      'of another type',
      changed('norm.bias', { type: 'uint8' }),
      'got uint8 for norm.bias, expected float16',
    ],
    [
      'that leaves the file',
      changed('words.levels', { offset: size - 12 * 16 + 1 }),
      `got words.levels up to byte ${size + 1}, expected ${size} bytes at most`,
    ],
    [
      'with a tensor larger than any file',
      changed('norm.weight', { dims: [1e308, 1e308] }),
      'got norm.weight up to byte Infinity',
    ],
    [
      'whose tensors do not fit each other',
      changed(`${query}.levels`, { dims: [8, 32] }),
      `got ${query} of 8 × 32, expected 16 × 16`,
    ],
  ])('refuses a table %s', (_, tensors, message) => {
    const manifest = { ...small.manifest, tensors }
    const read = () => readLevelModel({ ...small, manifest })
    expect(read).toThrow(expect.objectContaining({ code: 'no-encoder' }))
    expect(read).toThrow(message)
  })

  test('refuses a folder without its file', () => {
    const files = new Map([...small.files].filter(([name]) => name !== levelModelFile))
    expect(() => readLevelModel({ ...small, files })).toThrow(
      `got config.json, expected ${levelModelFile}`,
    )
  })
})
