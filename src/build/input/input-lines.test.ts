import fc from 'fast-check'
import { expect, test } from 'vitest'
import { collect, pieces } from './pieces.test-data.ts'
import { readLines } from './read-text.ts'

test('lines are numbered from 1 and lose their line ends', async () => {
  const lines = await collect(readLines('x', pieces('a\r', '\nb', 'c\n\nd')))
  expect(lines).toEqual([
    { number: 1, text: 'a' },
    { number: 2, text: 'bc' },
    { number: 3, text: '' },
    { number: 4, text: 'd' },
  ])
})

test('however the text is cut, the lines are those of split', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.stringMatching(/^[ab\n]*$/)), async (texts) => {
      const expected = texts.join('').split('\n')
      if (expected.at(-1) === '') expected.pop()
      const lines = await collect(readLines('x', pieces(...texts)))
      expect(lines.map(({ text }) => text)).toEqual(expected)
    }),
  )
})

test('an endless line is refused as soon as it is too long, naming its number', async () => {
  async function* endless() {
    yield 'id,title\n'
    for (;;) yield 'x'.repeat(1000)
  }
  const reading = collect(readLines('big.csv', endless(), { maxLength: 5000 }))
  await expect(reading).rejects.toMatchObject({
    code: 'bad-input',
    message: expect.stringContaining('big.csv, line 2 has more than 5000 characters'),
  })
})
