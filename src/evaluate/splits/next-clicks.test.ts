import { describe, expect, test } from 'vitest'
import { sequenceOf } from '../../build/models/sequential/sequences.ts'
import { leaveLastOut, sessionClicks } from './next-clicks.ts'

const lines = (...lists: number[][]) => lists.map((list) => Uint32Array.from(list))
const base = { name: 'made', itemIds: ['a', 'b', 'c', 'd', 'e'] }

describe('leaveLastOut', () => {
  test('tests the last item, validates by the one before, and trains on neither', () => {
    const clicks = leaveLastOut(
      { ...base, lines: lines([0, 1, 2, 3], [4, 1], [2, 1, 0]) },
      1,
    )
    expect(clicks.test).toEqual([
      { recent: Uint32Array.of(2, 1, 0), answer: 3 },
      { recent: Uint32Array.of(1, 2), answer: 0 },
    ])
    expect(clicks.tuning.cases).toEqual([
      { recent: Uint32Array.of(1, 0), answer: 2 },
      { recent: Uint32Array.of(2), answer: 1 },
    ])
    const { train } = clicks
    expect([0, 1].map((s) => [...sequenceOf(train, s)])).toEqual([[0, 1], [2]])
    expect(clicks.tuning.train).toBe(train)
  })

  test('is refused where nobody has three items', () => {
    expect(() => leaveLastOut({ ...base, lines: lines([0, 1], []) }, 1)).toThrow(
      'got 2 users with fewer than 3 items',
    )
  })
})

describe('sessionClicks', () => {
  const training = Array.from({ length: 20 }, (_, s) => [s % 5, (s + 1) % 5])

  test('takes each test line as it is, and the newest training lines to validate', () => {
    const test = lines([0, 1, 2, 1], [0, 1, 2], [0, 1], [0, 3], [2])
    const clicks = sessionClicks({ ...base, lines: lines(...training), test }, 1)
    expect(clicks.test.map(({ recent, answer }) => [...recent, answer])).toEqual([
      [2, 1, 0, 1],
      [1, 0, 2],
      [0, 1],
      [0, 3],
    ])
    // the first three are prefixes of one session; [0, 3] is another's
    expect([...clicks.visitors]).toEqual([0, 0, 0, 1])
    expect(clicks.tuning.train.starts).toHaveLength(19)
    expect(clicks.tuning.cases.map(({ answer }) => answer)).toEqual([4, 0])
    expect(clicks.train.starts).toHaveLength(21)
  })

  test('is refused where no test line has a next click', () => {
    const folder = { ...base, lines: lines(...training), test: lines([1], []) }
    expect(() => sessionClicks(folder, 1)).toThrow('got 2 test lines without a next')
  })
})
