import { expect, test } from 'vitest'
import { createProgress } from './progress.ts'

test('without a terminal each stage is one line, and its time is counted', () => {
  const lines: string[] = []
  let ms = 0
  const progress = createProgress({ write: (text) => lines.push(text) }, () => ms)
  const at = (time: number, stage: string, done: number) => {
    ms = time
    progress.onProgress(stage, done)
  }
  at(0, 'reading', 0)
  at(1000, 'reading', 0.5)
  at(2000, 'training', 0)
  at(5000, 'reading', 1)
  ms = 5500
  expect(progress.finish()).toEqual([
    { stage: 'reading', seconds: 2.5 },
    { stage: 'training', seconds: 3 },
  ])
  expect(lines).toEqual(['reading …\n', 'training …\n', 'reading …\n'])
})
