import { expect, test } from 'vitest'
import { checkCount, checkOptions, lambdaOf } from './check-options.ts'
import { setUp } from './sample-engine.test-data.ts'

test('a misspelt option makes no list: a filter would show what it should hide', async () => {
  const { engine } = await setUp()
  const asked = { filtr: 'price < 5' } as object
  for (const list of [
    () => engine.recommend(asked),
    () => engine.shelves(asked),
    () => engine.related('id1', asked),
    () => engine.search('sea', asked),
  ]) {
    await expect(list()).rejects.toThrow(/^invalid option: got filtr, expected count,/)
  }
})

test('ids to leave out are a list', () => {
  expect(() => checkOptions({ exclude: '42' })).toThrow('exclude: got no list')
  expect(() => checkOptions({ exclude: ['42'], count: 3 })).not.toThrow()
})

test('counts and surprise have their ranges', () => {
  expect(checkCount(50)).toBe(50)
  for (const count of [0, 51, 1.5, Number.NaN]) {
    expect(() => checkCount(count)).toThrow('expected an integer from 1 to 50')
  }
  expect(lambdaOf(0)).toBeGreaterThan(lambdaOf(1))
  expect(() => lambdaOf(1.1)).toThrow('expected a number from 0 to 1')
})

test.each([
  [
    'null options',
    (hearth: Loose) => hearth.recommend(null),
    'invalid options: got null',
  ],
  [
    'options that are none',
    (hearth: Loose) => hearth.shelves(5),
    'invalid options: got number',
  ],
  [
    'related with null',
    (hearth: Loose) => hearth.related('1', null),
    'invalid options',
  ],
  [
    'a search of no text',
    (hearth: Loose) => hearth.search(5),
    'invalid text: got number',
  ],
  [
    'a boost of null',
    (hearth: Loose) => hearth.recommend({ boost: [null] }),
    'invalid boost[0]',
  ],
  ['no list to continue', (hearth: Loose) => hearth.recommendNext(), 'unknown list'],
  [
    'a null event',
    (hearth: Loose) => hearth.record([null]),
    'got null, expected an object',
  ],
  [
    'no file of a history',
    (hearth: Loose) => hearth.readHistory(null),
    'wrong history: got null',
  ],
  [
    'a history of nothing',
    (hearth: Loose) => hearth.addHistory({ matched: [{}], batch: 'b' }),
    'wrong history',
  ],
])('%s is one clear error', async (_, call, message) => {
  const { engine } = await setUp()
  await expect(call(engine as unknown as Loose)).rejects.toMatchObject({
    code: 'bad-argument',
    message: expect.stringContaining(message),
  })
})

type Loose = Readonly<Record<string, (...args: unknown[]) => Promise<unknown>>>
