import { expect, test } from 'vitest'
import { choiceAt, fetchJson, numberAt } from './evaluation.ts'

const answering =
  (body: string, status = 200): typeof fetch =>
  async () =>
    new Response(body, { status })

test('gives what the file holds', async () => {
  expect(await fetchJson('lab/a.json', answering('{"a": 1}'))).toEqual({ a: 1 })
})

test.each([
  ['a missing file', answering('not found', 404), /lab\/a\.json: got status 404/],
  ['a web page in its place', answering('\n<!doctype html>'), /got a web page/],
  ['half a file', answering('{"a": '), /got what is no JSON/],
  [
    'no network',
    () => Promise.reject(new TypeError('Failed to fetch')),
    /got Failed to fetch/,
  ],
] as const)('%s is one clear error', async (_, ask, message) => {
  await expect(fetchJson('lab/a.json', ask)).rejects.toMatchObject({
    code: 'bad-input',
    message: expect.stringMatching(message),
  })
})

test('a wrong value is named with its place and cut short', () => {
  expect(() => numberAt('x'.repeat(900), 'a.b')).toThrow(
    /^wrong shape at a\.b: got "x{39}, expected a number\.$/,
  )
  expect(() => choiceAt(undefined, 'c', ['d', 'e'])).toThrow(
    'wrong shape at c: got nothing, expected one of d, e.',
  )
})
