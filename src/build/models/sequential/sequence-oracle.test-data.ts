/** "What follows what" written as its formula stands, pair by pair: slow and plain. */
import fc from 'fast-check'
import { type Sequences, sequenceOf, toSequences } from './sequences.ts'
import type { SequenceSettings } from './settings.ts'

export const ROWS = 6

/** Up to eight sequences of up to seven of six items. */
export const anySequences = fc
  .tuple(
    fc.array(fc.array(fc.nat(ROWS - 1), { maxLength: 7 }), { maxLength: 8 }),
    fc.boolean(),
  )
  .map(([lists, isInTimeOrder]) =>
    toSequences(lists, { rowCount: ROWS, isInTimeOrder }),
  )

const share = fc
  .double({ min: 0, max: 1, noNaN: true })
  .map((x) => Math.round(x * 8) / 8)

export const anySettings: fc.Arbitrary<SequenceSettings> = fc.record({
  forward: share,
  backward: share,
  reverse: share,
  lengthPower: share,
  recency: share,
  countPower: share.map((x) => Math.max(0.25, x)),
  fromPower: share,
  toPower: share,
  window: fc.integer({ min: 1, max: 4 }),
  hop: share,
  hopNeighbours: fc.integer({ min: 1, max: 4 }),
})

/** W, dense. */
export function slowFollow(all: Sequences, settings: SequenceSettings): number[][] {
  const counts = square(() => 0)
  const sequences = all.starts.length - 1
  for (let s = 0; s < sequences; s++) {
    const list = sequenceOf(all, s)
    const fade = all.isInTimeOrder ? settings.recency * (1 - (s + 1) / sequences) : 0
    const weight = Math.exp(-fade) * (list.length - 1) ** -settings.lengthPower
    list.forEach((i, p) => {
      list.forEach((j, q) => {
        const lag = Math.abs(q - p)
        if (lag === 0 || lag > settings.window || i === j) return
        counts[i][j] +=
          q > p
            ? weight * settings.forward ** (lag - 1)
            : weight * settings.reverse * settings.backward ** (lag - 1)
      })
    })
  }
  const events = Array.from(
    { length: ROWS },
    (_, row) => 1 + all.rows.filter((other) => other === row).length,
  )
  return square((i, j) =>
    counts[i][j] > 0
      ? counts[i][j] ** settings.countPower *
        events[i] ** -settings.fromPower *
        events[j] ** -settings.toPower
      : 0,
  )
}

/** A = W + b2 · R · rownorm(R), dense, the diagonal 0. */
export function slowMatrix(all: Sequences, settings: SequenceSettings): number[][] {
  const direct = slowFollow(all, settings)
  const hops = direct.map((row) => largestOf(row, settings.hopNeighbours))
  const totals = hops.map((row) => row.reduce((sum, x) => sum + x, 0))
  return square((i, j) => {
    if (i === j) return 0
    let second = 0
    for (let m = 0; m < ROWS; m++) {
      if (totals[m] > 0) second += (hops[i][m] * hops[m][j]) / totals[m]
    }
    return direct[i][j] + settings.hop * second
  })
}

/** The row with all but its `most` largest set to 0; ties: the lower column stays. */
export function largestOf(row: readonly number[], most: number): number[] {
  const order = row.map((_, j) => j).sort((a, b) => row[b] - row[a] || a - b)
  const kept = new Set(order.slice(0, most))
  return row.map((value, j) => (kept.has(j) ? value : 0))
}

function square(of: (i: number, j: number) => number): number[][] {
  return Array.from({ length: ROWS }, (_, i) =>
    Array.from({ length: ROWS }, (_, j) => of(i, j)),
  )
}
