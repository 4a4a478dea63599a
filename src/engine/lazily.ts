/** Made at the first call, once; a failure is not kept: the next call makes it again. */
export function lazily<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => {
    made ??= make().catch((error: unknown) => {
      made = undefined // e.g. its chunk did not arrive
      throw error
    })
    return made
  }
}
