/** The data flow is a rule, not a picture: a room imports only rooms below it. */
import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const FLOORS = [
  ['math'],
  ['catalogue', 'signals', 'encoder', 'towers'],
  ['knowledge'],
  ['profile', 'scoring', 'learning'],
  ['training'],
  ['evaluation'],
  ['explain'],
  ['engine'],
  ['worker'],
  ['widget', 'cli'],
  ['app'],
]
const OWNERS = new Map([
  ['@tensorflow/', ['towers', 'training']],
  ['@xenova/transformers', ['encoder']],
  ['@huggingface/tokenizers', ['encoder']],
  ['idb', ['profile']],
  ['lit', ['widget', 'app']],
  ['node:', ['cli', 'training', 'encoder']],
])
/** Offline rooms never reach the browser. */
const OFFLINE = ['training', 'evaluation', 'cli']
const BROWSER = ['explain', 'engine', 'worker', 'widget', 'app']

const floorOf = (room: string) => FLOORS.findIndex((rooms) => rooms.includes(room))
const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter(
  (file) =>
    file.includes('/') && file.endsWith('.ts') && !/\.test(-data)?\.ts$/.test(file),
)
const sources = files.map((file) => ({
  file,
  room: file.split('/')[0]!,
  imports: [
    ...readFileSync(`src/${file}`, 'utf8').matchAll(
      /(?:from|import|import\()\s*'([^']+)'/g,
    ),
  ].map(([, to]) => to!),
}))

test('finds the rooms', () => {
  const rooms = new Set(sources.map(({ room }) => room))
  expect([...rooms].filter((room) => floorOf(room) === -1)).toEqual([])
  expect(rooms.size).toBeGreaterThan(15)
})

test('a room imports only rooms below it', () => {
  const wrong = sources.flatMap(({ file, room, imports }) =>
    imports
      .map((path) => /^(?:\.\.\/)+(\w+)\//.exec(path)?.[1])
      .filter((to) => to !== undefined && to !== room && floorOf(to) >= floorOf(room))
      .map((to) => `${file} imports ${to}`),
  )
  expect(wrong).toEqual([])
})

test('the browser never imports an offline room', () => {
  const wrong = sources.flatMap(({ file, room, imports }) =>
    imports
      .filter(
        (path) =>
          BROWSER.includes(room) && OFFLINE.some((to) => path.includes(`/${to}/`)),
      )
      .map((path) => `${file} imports ${path}`),
  )
  expect(wrong).toEqual([])
})

test.each([...OWNERS])('only %s belongs to %s', (library, owners) => {
  const wrong = sources
    .filter(({ room }) => !owners.includes(room))
    .filter(({ imports }) => imports.some((path) => isOf(path, library)))
    .map(({ file }) => file)
  expect(wrong).toEqual([])
})

function isOf(path: string, library: string) {
  return library.endsWith('/') || library.endsWith(':')
    ? path.startsWith(library)
    : path === library || path.startsWith(`${library}/`)
}
