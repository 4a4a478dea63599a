import { expect, test } from 'vitest'
import { createRandom } from '../../../math/random.ts'
import { positivesOf } from '../../planted.test-data.ts'
import { createTowerModel, parametersOf, type TowerModel } from './parameters.ts'
import { startFrom } from './warm-start.ts'

const attributes = (count: number) => ({
  values: Array.from({ length: count }, (_, n) => ({
    ...{ name: `a${n}`, relation: 'genre' as const, idf: 1 },
  })),
  indptr: new Uint32Array(4),
  indices: new Uint16Array(0),
})

function modelOf(seed: number, values = 2): TowerModel {
  const positives = positivesOf(
    [
      [0, 1],
      [1, 2],
      [0, 2],
    ],
    3,
  )
  const features = { rows: 3, attributes: attributes(values) as never }
  const size = { dim: 2, hidden: 0, echo: 8, random: createRandom(seed) }
  return createTowerModel(features, positives, size)
}

test('items and attribute values take what they had, wherever they stood', () => {
  const [before, after] = [modelOf(1), modelOf(2)]
  const own = after.itemBias.slice()
  const parameters = parametersOf(before)
  const itemOf = Int32Array.of(2, -1, 0)
  startFrom(after, { parameters, itemOf, attributeOf: Int32Array.of(-1, 0) })
  const ids = before.idWeights
  expect([...after.idWeights]).toEqual([
    ...ids.subarray(4, 6),
    0,
    0,
    ...ids.subarray(0, 2),
  ])
  expect([...after.attributeWeights]).toEqual([
    ...[0, 0],
    ...before.attributeWeights.subarray(0, 2),
  ])
  expect([...after.itemBias]).toEqual([before.itemBias[2], own[1], before.itemBias[0]])
  expect(after.user).toEqual(before.user)
  expect(after.hiddenBias).toEqual(before.hiddenBias)
})

test('towers of another shape are refused', () => {
  const wide = createTowerModel({ rows: 3 }, positivesOf([[0, 1]], 3), {
    ...{ dim: 4, hidden: 0, echo: 8, random: createRandom(1) },
  })
  const start = {
    parameters: parametersOf(wide),
    itemOf: Int32Array.of(0, 1, 2),
    attributeOf: Int32Array.of(0, 1),
  }
  expect(() => startFrom(modelOf(1), start)).toThrow('towers of another shape')
})
