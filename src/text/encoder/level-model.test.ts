import { describe, expect, test } from 'vitest'
import { levelFiles, smallSizes } from './level-model.test-data.ts'
import { readLevelModel } from './level-model.ts'

describe('readLevelModel', () => {
  test('finds every part by its name, in its size', () => {
    const model = readLevelModel(levelFiles(smallSizes))
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
    const { words, norm } = readLevelModel(levelFiles(smallSizes))
    for (const step of words.steps) expect(Math.abs(step - 0.1)).toBeLessThan(0.1)
    for (const weight of norm.weight) expect(Math.abs(weight - 1)).toBeLessThan(0.1)
  })

  test('takes a model without layers', () => {
    expect(readLevelModel(levelFiles({ ...smallSizes, layers: 0 })).layers).toEqual([])
  })

  test.each([
    ['another activation', levelFiles(smallSizes, { hidden_act: 'relu' }), 'relu'],
    [
      'more layers than there are',
      levelFiles(smallSizes, { num_hidden_layers: 3 }),
      'no /layers.2/attention/self/query/MatMul_output_0',
    ],
    [
      'weights of another kind',
      new Map([['onnx/model_int8.onnx', new Uint8Array()]]),
      'int8',
    ],
    [
      'a file that is no graph',
      new Map([...levelFiles(smallSizes), ['onnx/model.onnx', new Uint8Array()]]),
      'no tensor for words.weight.levels',
    ],
  ])('leaves %s to the general runtime', (_, files, reason) => {
    let failure: unknown
    try {
      readLevelModel(files)
    } catch (error) {
      failure = error
    }
    expect(failure).toMatchObject({ code: 'no-device' })
    expect(String(failure)).toContain(reason)
  })
})
