/**
 * `make`, with its values kept for the `most` indices that were asked for last.
 * @param most 1 or more
 */
export function remember<T>(
  make: (index: number) => T,
  most: number,
): (index: number) => T {
  const made = new Map<number, T>()
  return (index) => {
    const value = made.get(index) ?? make(index)
    made.delete(index) // the newest last
    made.set(index, value)
    if (made.size > most) made.delete(made.keys().next().value!)
    return value
  }
}
