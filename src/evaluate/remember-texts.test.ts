import { expect, test } from 'vitest'
import { rememberTexts } from './evaluate-cold-start.ts'

test('reads each text once, and gives every one its own vector', async () => {
  const read: string[] = []
  const encoder = rememberTexts({
    dim: 2,
    fingerprint: 'lengths',
    async encode(texts: readonly string[]) {
      read.push(...texts)
      return Float32Array.from(texts.flatMap((text) => [text.length, 1]))
    },
    async dispose() {},
  })
  expect([...(await encoder.encode(['a', 'bb', 'a']))]).toEqual([1, 1, 2, 1, 1, 1])
  expect([...(await encoder.encode(['bb', 'ccc']))]).toEqual([2, 1, 3, 1])
  expect(await encoder.encode([])).toHaveLength(0)
  expect(read).toEqual(['a', 'bb', 'ccc'])
})
