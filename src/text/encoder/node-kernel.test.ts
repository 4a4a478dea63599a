import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { createBertKernel, kernelStates, type StatesOf } from './bert-kernel.ts'
import { levelFiles, loadedLevels, smallSizes } from './level-model.test-data.ts'
import { readLevelModel } from './level-model.ts'
import { shareTexts } from './node-kernel.ts'

const texts = [[1, 2, 3], [4], [5, 6], [7, 8], [9, 10, 11, 1], [2]]
const openKernel = async () => {
  const bytes = await readFile(new URL('./bert.wasm', import.meta.url))
  const model = readLevelModel(loadedLevels(levelFiles(smallSizes)))
  return kernelStates(await createBertKernel(await WebAssembly.compile(bytes), model))
}

test.each([1, 2, 3, 8])(
  'texts shared among %i kernels come back in their order, the same to the bit',
  async (count) => {
    const alone = await (await openKernel())(texts)
    const all = await Promise.all(Array.from({ length: count }, openKernel))
    expect(await shareTexts(all)(texts)).toEqual(alone)
  },
)

test('every thread is at work before this one begins', async () => {
  const order: string[] = []
  const named = (name: string): StatesOf => {
    return async (mine) => {
      order.push(name)
      return mine.map(() => new Float32Array(1))
    }
  }
  await shareTexts(['here', 'a', 'b'].map(named))(texts)
  expect(order).toEqual(['b', 'a', 'here'])
})

test('a thread without a text is not asked', async () => {
  const never: StatesOf = () => Promise.reject(new Error('asked for nothing'))
  const one: StatesOf = async (mine) => mine.map(() => new Float32Array(1))
  expect(await shareTexts([one, never])([[1]])).toHaveLength(1)
})

test('a thread that fails fails the batch', async () => {
  const broken: StatesOf = () => Promise.reject(new Error('out of memory'))
  const well: StatesOf = async (mine) => mine.map(() => new Float32Array(1))
  await expect(shareTexts([well, broken])(texts)).rejects.toThrow('out of memory')
})
