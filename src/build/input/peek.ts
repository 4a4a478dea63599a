/** What is read once, looked at before it is read. */

/** Rows looked at to learn what the columns hold. */
const PEEKED = 200

/** The first of a stream, and the whole of it: the stream itself is used up by both. */
export async function peek<T>(
  stream: AsyncIterable<T>,
  count = PEEKED,
): Promise<{ readonly first: readonly T[]; readonly all: AsyncIterable<T> }> {
  const iterator = stream[Symbol.asyncIterator]()
  const first: T[] = []
  while (first.length < count) {
    const next = await iterator.next()
    if (next.done) break
    first.push(next.value)
  }
  return { first, all: chained(first, { [Symbol.asyncIterator]: () => iterator }) }
}

/** Some values, then those of a stream. */
export async function* chained<T>(
  first: readonly T[],
  rest: AsyncIterable<T>,
): AsyncGenerator<T> {
  yield* first
  yield* rest
}
