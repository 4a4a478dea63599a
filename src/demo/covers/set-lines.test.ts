import { expect, test } from 'vitest'
import { setLines, widthOf } from './layouts.ts'

const box = { width: 100, height: 60, sizes: [20, 10], maxLines: 3, leading: 1 }

test('adds up the widths of letters: "it is" is .31 + .43 + .31 + .31 + .52', () => {
  expect(widthOf('it is')).toBeCloseTo(1.88)
})

test('takes the largest size at which the lines fit', () => {
  expect(setLines('one two', box).size).toBe(20)
  expect(setLines('one two three four five six seven eight nine ten', box).size).toBe(
    10,
  )
})

test('balances lines instead of leaving a lonely word', () => {
  expect(setLines('of mice and men', { ...box, sizes: [17] }).lines).toEqual([
    'of mice',
    'and men',
  ])
})

test('breaks a word wider than a line, and cuts what is left with an ellipsis', () => {
  const { lines, size } = setLines('m'.repeat(80), box)
  expect(size).toBe(10)
  expect(lines).toHaveLength(3)
  expect(lines[2]).toMatch(/^m+…$/)
  for (const line of lines) expect(widthOf(line) * size).toBeLessThanOrEqual(100)
})

test('gives no lines for no text', () => {
  expect(setLines('', box).lines).toEqual([])
})
