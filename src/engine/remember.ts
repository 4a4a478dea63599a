/**
 * `make`, with its values kept for the `most` rows that were asked for last.
 *
 * @param most 1 or more
 */
export function remember<T>(
  make: (row: number) => T,
  most: number,
): (row: number) => T {
  const made = new Map<number, T>()
  return (row) => {
    const value = made.get(row) ?? make(row)
    made.delete(row) // the newest last
    made.set(row, value)
    if (made.size > most) made.delete(made.keys().next().value!)
    return value
  }
}
