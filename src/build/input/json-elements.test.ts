import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readJsonElements } from './json-elements.ts'
import { collect, pieces } from './pieces.test-data.ts'

test('elements come with the line they start on', async () => {
  const text = '[\n  {"a": "]},["},\n\n  {\n "b": [1, {"c": 2}]\n }\n, 3]\n'
  const elements = await collect(readJsonElements('x', pieces(text)))
  expect(elements.map(({ line }) => line)).toEqual([2, 4, 7])
  expect(elements.map(({ value }) => value)).toEqual([
    { a: ']},[' },
    { b: [1, { c: 2 }] },
    3,
  ])
})

test('any array, cut anywhere, comes back whole', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.jsonValue({ maxDepth: 2 }), { maxLength: 5 }),
      fc.integer({ min: 1, max: 9 }),
      async (values, size) => {
        const text = JSON.stringify(values, null, 1)
        const cut = text.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? []
        const elements = await collect(readJsonElements('x', pieces(...cut)))
        expect(elements.map(({ value }) => value)).toEqual(JSON.parse(text))
      },
    ),
  )
})

test('an array that never ends, goes on after its end or holds too much is refused', async () => {
  const read = (text: string, maxLength = 100) =>
    collect(readJsonElements('x.json', pieces(text), { maxLength }))
  await expect(read('[{"a": 1},\n{"b"')).rejects.toThrow('never ends (line 2)')
  await expect(read('[1] [2]')).rejects.toThrow('goes on after its end')
  await expect(read(`[1,\n"${'x'.repeat(101)}`)).rejects.toThrow('x.json, line 2')
})

test.each([
  [
    'a word that is no value',
    '[{"a": 1},\n{"b": x}]',
    'x.json, unexpected "x" (line 2)',
  ],
  ['a comma too many', '[1,\n\n2,]', 'x.json, unexpected RIGHT_BRACKET ("]") (line 3)'],
  ['a line break in a string', '[\n"a\n"]', 'x.json, unexpected "\n" (line 2)'],
])('%s is refused by line', async (_, text, message) => {
  const reading = collect(readJsonElements('x.json', pieces(text)))
  await expect(reading).rejects.toMatchObject({
    code: 'bad-input',
    message: expect.stringContaining(message),
  })
})

test('only the element that is being read is held', async () => {
  let made = 0
  async function* endless() {
    yield '['
    for (;;) yield `{"id": ${made++}, "text": "${'x'.repeat(1000)}"},\n`
  }
  let read = 0
  let held = 0
  for await (const { line } of readJsonElements('x.json', endless())) {
    if (line !== ++read) throw new Error(`element ${read} on line ${line}`)
    held = Math.max(held, made - read)
    if (read === 3000) break
  }
  expect(held).toBeLessThanOrEqual(1)
})
