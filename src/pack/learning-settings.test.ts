import { expect, test } from 'vitest'
import { checkLearning } from './learning-settings.ts'
import { readPack } from './read-pack.ts'
import { memoryFolder, sampleSource } from './sample-source.test-data.ts'
import { writePack } from './write-pack.ts'

const place = { file: 'manifest.json', at: 'learning' }

test('comes back from a pack as it was written; a pack without it has none', async () => {
  const folder = memoryFolder()
  await writePack(sampleSource({ learning: { skipShare: 0.1 } }), folder.sink)
  expect((await readPack(folder.read)).manifest.learning).toEqual({ skipShare: 0.1 })
  const plain = memoryFolder()
  await writePack(sampleSource(), plain.sink)
  expect((await readPack(plain.read)).manifest).not.toHaveProperty('learning')
})

test('drops what it does not know', () => {
  expect(checkLearning({ skipShare: 0, colour: 'red' }, place)).toEqual({
    skipShare: 0,
  })
})

test.each([-0.1, 1.1, Number.NaN, '0.1', undefined])(
  'refuses a share of %s',
  (share) => {
    expect(() => checkLearning({ skipShare: share }, place)).toThrow(
      'manifest.json: wrong learning.skipShare: got',
    )
  },
)
