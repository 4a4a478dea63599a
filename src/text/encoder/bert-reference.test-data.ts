/** A level model in plain TypeScript, in double precision: slow, and obviously right. */
import type { LevelLayer, LevelMatrix, LevelModel, Norm } from './level-model.ts'

type Matrix = number[][]

/** @returns token states, [tokens][dim] */
export function referenceStates(model: LevelModel, ids: readonly number[]): Matrix {
  const { dim, words, places } = model
  const embedded = ids.map((id, t) =>
    Array.from(
      { length: dim },
      (_, i) =>
        (words.levels[id * dim + i]! - 128) * words.steps[id]! + places[t * dim + i]!,
    ),
  )
  let x = normed(embedded, model.norm, model.epsilon)
  for (const layer of model.layers) x = layered(x, layer, model)
  return x
}

function layered(x: Matrix, layer: LevelLayer, { heads, epsilon }: LevelModel): Matrix {
  const [q, k, v] = [layer.query, layer.key, layer.value].map((part) => times(x, part))
  const width = q![0]!.length / heads
  const mixed = x.map((_, t) =>
    Array.from({ length: heads }, (_, head) => {
      const part = (row: number[]) => row.slice(head * width, (head + 1) * width)
      const scores = k!.map((row) => dot(part(q![t]!), part(row)) / Math.sqrt(width))
      const weights = softmax(scores)
      return part(x[t]!).map((_, i) =>
        dot(
          weights,
          v!.map((row) => part(row)[i]!),
        ),
      )
    }).flat(),
  )
  const first = normed(added(times(mixed, layer.mixed), x), layer.mixedNorm, epsilon)
  const wide = times(first, layer.wide).map((row) => row.map(gelu))
  return normed(added(times(wide, layer.narrow), first), layer.norm, epsilon)
}

function times(x: Matrix, { levels, rows, columns, bias }: LevelMatrix): Matrix {
  return x.map((row) =>
    Array.from(rows, (step, o) => {
      const weights = Array.from(
        columns,
        (column, i) => (levels[o * columns.length + i]! - 128) * step * column,
      )
      return dot(row, weights) + bias[o]!
    }),
  )
}

function added(a: Matrix, b: Matrix): Matrix {
  return a.map((row, t) => row.map((value, i) => value + b[t]![i]!))
}

function normed(x: Matrix, { weight, bias }: Norm, epsilon: number): Matrix {
  return x.map((row) => {
    const mean = row.reduce((sum, value) => sum + value, 0) / row.length
    const square = row.reduce((sum, value) => sum + (value - mean) ** 2, 0) / row.length
    const spread = Math.sqrt(square + epsilon)
    return row.map((value, i) => ((value - mean) / spread) * weight[i]! + bias[i]!)
  })
}

function softmax(scores: number[]): number[] {
  const most = Math.max(...scores)
  const exponents = scores.map((score) => Math.exp(score - most))
  const total = exponents.reduce((sum, value) => sum + value, 0)
  return exponents.map((value) => value / total)
}

/** x · Φ(x), Φ by the midpoint rule from 0: no formula in common with the kernel. */
function gelu(x: number): number {
  const steps = 4_000
  const width = x / steps
  let area = 0
  for (let i = 0; i < steps; i++) area += Math.exp(-(((i + 0.5) * width) ** 2) / 2)
  return x * (0.5 + (area * width) / Math.sqrt(2 * Math.PI))
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0)
}
