import { EventEmitter } from 'node:events'
import { expect, test } from 'vitest'
import { createOutput } from './output.ts'

function fakeStream(hasRoom: boolean) {
  const written: string[] = []
  const write = (text: string) => {
    written.push(text)
    return hasRoom
  }
  return Object.assign(new EventEmitter(), { write, written })
}

test('printing waits for the reader when there is no room', async () => {
  const stream = fakeStream(false)
  let isDone = false
  const printing = createOutput(stream)
    .print('a')
    .then(() => {
      isDone = true
    })
  await Promise.resolve()
  expect({ isDone, written: stream.written }).toEqual({ isDone: false, written: ['a'] })
  stream.emit('drain')
  await printing
  expect(isDone).toBe(true)
})

test('a reader that goes away ends the process quietly; other errors are thrown', () => {
  const stream = fakeStream(true)
  const ends: number[] = []
  createOutput(stream, (exitCode) => ends.push(exitCode))
  stream.emit('error', Object.assign(new Error('gone'), { code: 'EPIPE' }))
  expect(ends).toEqual([0])
  expect(() => stream.emit('error', new Error('disk full'))).toThrow('disk full')
})
