import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Scanner } from '../math/scanner.ts'
import { topK } from '../math/top-k.ts'
import { checkerboard, ROWS } from './checkerboard.test-data.ts'
import { constantFusion } from './fusion.ts'
import { samplePack, sampleScoring, tasteOf } from './sample-pack.test-data.ts'
import { COMPONENTS } from './score.ts'
import { prepareScoring, scoreAll } from './score-all.ts'

fc.configureGlobal({ seed: 1 }) // the same cases every run

describe('invariants', () => {
  const unit = fc.double({ min: 0, max: 1, noNaN: true })
  const signed = fc.double({ min: -1, max: 1, noNaN: true })
  const matrix = (columns: number, value: fc.Arbitrary<number>) =>
    fc.array(fc.array(value, { minLength: columns, maxLength: columns }), {
      minLength: 6,
      maxLength: 6,
    })
  const feedback = fc.dictionary(fc.constantFrom('0', '1', '5'), unit)
  const request = fc.record({
    rows: fc.uniqueArray(fc.nat(5), { maxLength: 6 }),
    positive: feedback,
    negative: feedback,
    eventCount: fc.nat(60),
  })
  const blocks = fc.record(
    {
      cf: matrix(6, unit),
      sequence: matrix(6, unit),
      content: matrix(3, signed),
      towerItems: matrix(2, signed),
      popularity: fc.array(unit, { minLength: 6, maxLength: 6 }),
    },
    { requiredKeys: [] },
  )

  test('the components add up to the score, and every number is finite', () => {
    fc.assert(
      fc.property(blocks, request, ({ towerItems, ...pack }, visitor) => {
        const scoring = sampleScoring({
          items: Array.from({ length: 6 }, (_, i) => ({ genres: [`${i % 2}`] })),
          ...pack,
          ...(towerItems ? { tower: { items: towerItems } } : {}),
        })
        const taste = tasteOf(visitor.rows, visitor)
        const userVector = Float32Array.of(0.5, -1)
        const { score, components } = scoreAll(scoring, { taste, userVector })
        for (let index = 0; index < 6; index++) {
          const sum = COMPONENTS.reduce(
            (total, component) => total + components[component][index],
            0,
          )
          expect(Number.isFinite(score[index])).toBe(true)
          expect(Math.abs(sum - score[index])).toBeLessThan(1e-3)
        }
      }),
    )
  })

  test('a component without its block is zero, and the others do not change for it', () => {
    const { tower: _, ...withoutTower } = checkerboard
    const taste = tasteOf([2])
    const userVector = Float32Array.of(1, 0)
    const all = scoreAll(sampleScoring(checkerboard), { taste, userVector })
    const fewer = scoreAll(sampleScoring(withoutTower), { taste, userVector })
    expect(fewer.components.tower).toEqual(new Float32Array(ROWS))
    expect(fewer.components.cf).toEqual(all.components.cf)
    expect(fewer.components.popularity).toEqual(all.components.popularity)
  })

  test('a user vector that is not finite is left out', () => {
    const scoring = sampleScoring(checkerboard)
    const userVector = Float32Array.of(Number.NaN, 1)
    const { components, score } = scoreAll(scoring, { taste: tasteOf([1]), userVector })
    expect(components.tower).toEqual(new Float32Array(ROWS))
    expect(score.every(Number.isFinite)).toBe(true)
  })

  test('uses whatever scanner it is given, and holds each table once', () => {
    const held: number[] = []
    const scanner: Scanner = {
      kind: 'js',
      hold: ({ rows, dim }) => {
        held.push(dim)
        return {
          rows,
          dim,
          scanInto: (_, out) => out.set([...out.keys()]),
        }
      },
    }
    const scoring = prepareScoring(samplePack(checkerboard), scanner)
    const fusion = constantFusion({ content: 1 })
    const { score } = scoreAll(scoring, { taste: tasteOf([0]), fusion })
    expect(held).toEqual([2, 2])
    expect([...topK(score, ROWS)]).toEqual([7, 6, 5, 4, 3, 2, 1, 0])
  })

  test('answers two requests with arrays of their own', () => {
    const scoring = sampleScoring(checkerboard)
    const first = scoreAll(scoring, { taste: tasteOf([0]) })
    const kept = first.score.slice()
    scoreAll(scoring, { taste: tasteOf([1]) })
    expect(first.score).toEqual(kept)
  })
})
