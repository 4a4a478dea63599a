import { assertLength, HearthError } from '../errors.ts'

/**
 * Solves A·x = b for a symmetric positive definite A, in place.
 *
 *   A = L·Lᵀ (Cholesky), then L·y = b, then Lᵀ·x = y
 *
 * Every inner loop walks rows of a row-major matrix, so memory is read in order.
 *
 * @param a row-major [n, n]; only the lower triangle is read; overwritten by L
 * @param b [n]; overwritten by x
 * @throws HearthError `bad-argument` if A is not positive definite (or holds NaN)
 */
export function solveSpdInto(a: Float64Array, b: Float64Array, n: number): void {
  assertLength('a', a, n * n)
  assertLength('b', b, n)
  for (let i = 0; i < n; i += 2) {
    for (let j = 0; j < i; j += 2) reduceTile(a, n, i, j)
    finishPair(a, n, i)
  }
  forwardInto(a, b, n)
  backwardInto(a, b, n)
}

/**
 * The 2 × 2 tile of L at rows i, i+1 and columns j, j+1 (j+1 < i): its four running sums
 * overlap in the processor and each number loaded is used twice. For odd n the last
 * tile has no second row; the first stands in for it and is written once.
 */
function reduceTile(a: Float64Array, n: number, i: number, j: number) {
  const p = i * n
  const q = i + 1 < n ? p + n : p
  const r = j * n
  const s = r + n
  let pr = a[p + j]
  let ps = a[p + j + 1]
  let qr = a[q + j]
  let qs = a[q + j + 1]
  for (let k = 0; k < j; k++) {
    const rk = a[r + k]
    const sk = a[s + k]
    const pk = a[p + k]
    const qk = a[q + k]
    pr -= rk * pk
    ps -= sk * pk
    qr -= rk * qk
    qs -= sk * qk
  }
  const first = 1 / a[r + j]
  const second = 1 / a[s + j + 1]
  pr *= first
  qr *= first
  a[p + j] = pr
  a[p + j + 1] = (ps - pr * a[s + j]) * second
  a[q + j] = qr
  a[q + j + 1] = (qs - qr * a[s + j]) * second
}

/** The triangle on the diagonal at rows i and i+1 (only i if that is the last row). */
function finishPair(a: Float64Array, n: number, i: number) {
  const p = i * n
  let pp = a[p + i]
  for (let k = 0; k < i; k++) pp -= a[p + k] * a[p + k]
  if (!(pp > 0)) throw notPositive(i, pp)
  a[p + i] = Math.sqrt(pp)
  if (i + 1 === n) return
  const q = p + n
  let qp = a[q + i]
  let qq = a[q + i + 1]
  for (let k = 0; k < i; k++) {
    qp -= a[q + k] * a[p + k]
    qq -= a[q + k] * a[q + k]
  }
  qp /= a[p + i]
  qq -= qp * qp
  if (!(qq > 0)) throw notPositive(i + 1, qq)
  a[q + i] = qp
  a[q + i + 1] = Math.sqrt(qq)
}

/** Solves L·x = x in place. */
function forwardInto(l: Float64Array, x: Float64Array, n: number) {
  for (let i = 0; i < n; i++) {
    let sum = x[i]
    for (let k = 0; k < i; k++) sum -= l[i * n + k] * x[k]
    x[i] = sum / l[i * n + i]
  }
}

/** Solves Lᵀ·x = x in place, taking each finished x out of all earlier rows at once. */
function backwardInto(l: Float64Array, x: Float64Array, n: number) {
  for (let i = n - 1; i >= 0; i--) {
    const v = x[i] / l[i * n + i]
    x[i] = v
    for (let k = 0; k < i; k++) x[k] -= v * l[i * n + k]
  }
}

function notPositive(row: number, pivot: number) {
  return new HearthError(
    'bad-argument',
    `matrix is not positive definite: pivot ${row} is ${pivot}, expected > 0. Add to its diagonal.`,
  )
}
