/** The elements serve a catalogue of anything: words of one trade belong to its site. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const FOLDERS = ['src/elements', 'src/explain']
const TRADE = /\b(readers?|books?|read|widely read)\b/i

/** It names other services and what their menus are called. */
const NAMES_OF_SERVICES = join('messages', 'history-en.ts')

/** Source without its comments. */
const codeOf = (text: string) =>
  text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/(^|\s)\/\/.*$/gm, '')

const files = FOLDERS.flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(
      (file) => /\.ts$/.test(file) && !/\.(test|test-kit|fixture)\.ts$/.test(file),
    )
    .filter((file) => file !== NAMES_OF_SERVICES)
    .map((file) => join(folder, file)),
)

test('no element and no reason speaks of books and their readers', () => {
  const found = files.flatMap((file) =>
    codeOf(readFileSync(file, 'utf8'))
      .split('\n')
      .filter((line) => TRADE.test(line))
      .map((line) => `${file}: ${line.trim()}`),
  )
  expect(found).toEqual([])
  expect(files.length).toBeGreaterThan(15)
})

test('the elements use the library, its sentences and nothing else of Hearth', () => {
  const allowed = /^(\.\.\/)+(index|pack\/safe-url|explain\/messages\/\w+)\.ts$/
  const found = files
    .filter((file) => file.startsWith('src/elements'))
    .flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/from '(\.\.\/[^']+)'/g)]
        .map(([, path]) => path!)
        .filter((path) => !allowed.test(path) && !isWithin(file, path))
        .map((path) => `${file}: ${path}`),
    )
  expect(found).toEqual([])
})

const isWithin = (file: string, path: string) =>
  join(file, '..', path).startsWith('src/elements/') && !/\/index\.ts$/.test(path)
