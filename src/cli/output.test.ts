import { EventEmitter } from 'node:events'
import { expect, test } from 'vitest'
import { createOutput } from './output.ts'

type Done = (error?: NodeJS.ErrnoException) => void

function fakeStream() {
  const written: string[] = []
  const waiting: Done[] = []
  const write = (text: string, done: Done) => {
    written.push(text)
    waiting.push(done)
  }
  const settle: Done = (error) => waiting.shift()!(error)
  return Object.assign(new EventEmitter(), { write, written, settle })
}

const fault = (code: string) => Object.assign(new Error(code), { code })

test('printing waits until the text is taken', async () => {
  const stream = fakeStream()
  let isDone = false
  const printing = createOutput(stream)
    .print('a')
    .then(() => {
      isDone = true
    })
  await Promise.resolve()
  expect({ isDone, written: stream.written }).toEqual({ isDone: false, written: ['a'] })
  stream.settle()
  await printing
  expect(isDone).toBe(true)
})

test('a reader that goes away ends the process quietly', () => {
  const stream = fakeStream()
  const ends: number[] = []
  createOutput(stream, (exitCode) => ends.push(exitCode))
  stream.emit('error', fault('EPIPE'))
  expect(ends).toEqual([0])
})

test('a full disk fails the print in words, and ends nothing', async () => {
  const stream = fakeStream()
  const ends: number[] = []
  const printing = createOutput(stream, (exitCode) => ends.push(exitCode)).print('a')
  stream.settle(fault('ENOSPC'))
  stream.emit('error', fault('ENOSPC'))
  await expect(printing).rejects.toThrow(
    'cannot write standard output: the disk is full',
  )
  expect(ends).toEqual([])
})
