/** Typed arrays that grow, so that a long table takes the memory of its numbers alone. */

type Numeric = Uint32Array | Float32Array | Float64Array

export interface Growing<T extends Numeric> {
  readonly length: number
  push(value: number): void
  /** A copy of exactly what was pushed. */
  take(): T
}

const FIRST_CAPACITY = 1024

/** @param make makes an empty array of a given length */
export function growing<T extends Numeric>(make: (length: number) => T): Growing<T> {
  let values = make(FIRST_CAPACITY)
  let length = 0
  return {
    get length() {
      return length
    },
    push(value) {
      if (length === values.length) {
        const larger = make(values.length * 2)
        larger.set(values)
        values = larger
      }
      values[length++] = value
    },
    take: () => values.slice(0, length) as T,
  }
}
