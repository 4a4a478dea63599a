/**
 * Inverts a symmetric positive definite matrix in place, by sweeping one pivot after
 * another over its lower triangle (Beaton 1964).
 *
 * @param a row-major [n, n]; only the lower triangle is read, and becomes the inverse's
 */
export function invertSpd(a: Float64Array, n: number): void {
  const pivotColumn = new Float64Array(n)
  for (let k = 0; k < n; k++) {
    const pivot = 1 / a[k * n + k]
    for (let j = 0; j < k; j++) pivotColumn[j] = a[k * n + j]
    for (let i = k + 1; i < n; i++) pivotColumn[i] = a[i * n + k]
    pivotColumn[k] = 0
    for (let i = 0; i < n; i++) {
      const factor = pivotColumn[i] * pivot
      const row = i * n
      if (factor === 0) continue
      for (let j = 0; j <= i; j++) a[row + j] -= factor * pivotColumn[j]
    }
    for (let j = 0; j < k; j++) a[k * n + j] = pivotColumn[j] * pivot
    for (let i = k + 1; i < n; i++) a[i * n + k] = pivotColumn[i] * pivot
    a[k * n + k] = -pivot
  }
  for (let e = 0; e < a.length; e++) a[e] = -a[e]
}
