/** Streams made of, and made into, what a test can hold in its hand. */

export async function* pieces<T>(...all: readonly T[]): AsyncGenerator<T> {
  yield* all
}

export async function collect<T>(source: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const each of source) all.push(each)
  return all
}
