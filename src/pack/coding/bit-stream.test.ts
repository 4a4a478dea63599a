import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createBitReader, createBitWriter } from './bit-stream.ts'

fc.configureGlobal({ seed: 1 })

test('fills bytes from the lowest bit', () => {
  const writer = createBitWriter()
  writer.write(1, 1)
  writer.write(2, 2)
  writer.write(0b10001, 5)
  writer.write(3, 2)
  // 1, then 10, then 10001: 0b10001_10_1; then 11
  expect([...writer.bytes()]).toEqual([0b10001101, 0b11])
})

test('gives back numbers of 0 to 24 bits', () => {
  const number = fc
    .nat({ max: 24 })
    .chain((count) =>
      fc.record({ count: fc.constant(count), value: fc.nat({ max: 2 ** count - 1 }) }),
    )
  fc.assert(
    fc.property(fc.array(number, { maxLength: 600 }), (numbers) => {
      const writer = createBitWriter()
      for (const { value, count } of numbers) writer.write(value, count)
      const reader = createBitReader(writer.bytes())
      const read = numbers.map(({ count }) => reader.read(count))
      expect(read).toEqual(numbers.map(({ value }) => value))
      expect(reader.isAtEnd()).toBe(true)
    }),
  )
})

test('reads zeros past the end, and shows that it went past', () => {
  const reader = createBitReader(Uint8Array.of(255))
  expect([reader.read(8), reader.read(24), reader.read(24)]).toEqual([255, 0, 0])
  expect(reader.isAtEnd()).toBe(false)
})
