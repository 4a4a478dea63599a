import { expect, test } from 'vitest'
import { parseIndex } from './evaluations.ts'

const run = {
  id: 'books',
  name: 'Books',
  file: 'books.json',
  command: 'hearth-recommender evaluate books --json books.json',
  date: '2026-11-22',
}

test('a site with no evaluation differs from a broken index', () => {
  expect(parseIndex({ version: 1, runs: [] }).runs).toEqual([])
  expect(() => parseIndex({ version: 1 })).toThrow(/runs: got nothing/)
})

test('describes what each run was', () => {
  expect(parseIndex({ version: 1, runs: [run] }).runs).toEqual([run])
})

test.each(['../books.json', 'https://elsewhere/x.json', 'books', 'a/b.json', ''])(
  'refuses %j for a file: only the folder of the index is asked',
  (file) => {
    expect(() => parseIndex({ version: 1, runs: [{ ...run, file }] })).toThrow(/file/)
  },
)

test('refuses another version, and a run without its date', () => {
  expect(() => parseIndex({ version: 2, runs: [] })).toThrow(/got 2, expected 1/)
  const { date: _, ...undated } = run
  expect(() => parseIndex({ version: 1, runs: [undated] })).toThrow(/runs\[0\]\.date/)
})
