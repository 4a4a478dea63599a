/** An encoder that reads each text once. */
import type { Encoder } from '../encoder/encoder.ts'

export function rememberTexts<E extends Encoder>(encoder: E): E {
  const known = new Map<string, Float32Array>()
  return {
    ...encoder,
    async encode(texts: readonly string[]) {
      const unread = [...new Set(texts)].filter((text) => !known.has(text))
      const { dim } = encoder
      const vectors = unread.length > 0 ? await encoder.encode(unread) : undefined
      unread.forEach((text, i) => {
        known.set(text, vectors?.slice(i * dim, (i + 1) * dim) ?? new Float32Array(dim))
      })
      const out = new Float32Array(texts.length * dim)
      texts.forEach((text, i) => void out.set(known.get(text) ?? [], i * dim))
      return out
    },
  }
}
