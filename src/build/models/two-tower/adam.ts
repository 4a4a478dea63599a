/**
 * Adam with decoupled weight decay, over a fixed list of arrays.
 *
 *   m ← β₁m + (1−β₁)g,  v ← β₂v + (1−β₂)g²
 *   θ ← θ − rate·( m̂ / (√v̂ + ε) + decay·θ ),  m̂ = m/(1−β₁ᵗ), v̂ = v/(1−β₂ᵗ)
 *
 * Sources: Kingma and Ba 2015 (ICLR), algorithm 1; Loshchilov and Hutter 2019 (ICLR).
 */
import { assertLength } from '../../../errors.ts'

export interface Adam {
  /** Moves the parameters in place; gradients in the same order and shapes. */
  step(gradients: readonly Float32Array[], rate: number): void
  /** What `restore` takes: the arrays themselves, not copies. */
  state(): AdamState
  restore(state: AdamState): void
}

export interface AdamState {
  /** Steps taken. */
  readonly time: number
  /** m and v of each parameter array. */
  readonly means: readonly Float32Array[]
  readonly squares: readonly Float32Array[]
}

const BETA_1 = 0.9
const BETA_2 = 0.999
const EPSILON = 1e-8

/**
 * @param parameters moved in place
 * @param decays one a parameter array, ≥ 0
 */
export function createAdam(
  parameters: readonly Float32Array[],
  decays: readonly number[],
): Adam {
  assertLength('decays', decays, parameters.length)
  const means = parameters.map(({ length }) => new Float32Array(length))
  const squares = parameters.map(({ length }) => new Float32Array(length))
  let time = 0
  return {
    step(gradients, rate) {
      time++
      const scale = rate / (1 - BETA_1 ** time)
      const spread = 1 / (1 - BETA_2 ** time)
      parameters.forEach((theta, p) => {
        const gradient = gradients[p]
        assertLength(`gradient ${p}`, gradient, theta.length)
        const mean = means[p]
        const square = squares[p]
        const keep = 1 - rate * decays[p]
        for (let n = 0; n < theta.length; n++) {
          const g = gradient[n]
          mean[n] = BETA_1 * mean[n] + (1 - BETA_1) * g
          square[n] = BETA_2 * square[n] + (1 - BETA_2) * g * g
          const move = (scale * mean[n]) / (Math.sqrt(square[n] * spread) + EPSILON)
          theta[n] = keep * theta[n] - move
        }
      })
    },
    state: () => ({ time, means, squares }),
    restore(state) {
      time = state.time
      copyInto(means, state.means)
      copyInto(squares, state.squares)
    },
  }
}

/** Arrays of the same shapes, one by one. @throws HearthError `bad-argument` for others */
export function copyInto(
  to: readonly Float32Array[],
  from: readonly Float32Array[],
): void {
  to.forEach((array, n) => {
    assertLength(`array ${n}`, from[n], array.length)
    array.set(from[n])
  })
}
