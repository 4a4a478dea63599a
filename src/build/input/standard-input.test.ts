import { existsSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { expect, test } from 'vitest'
import { HearthError } from '../../errors.ts'
import { withStandardInput } from './standard-input.ts'

async function* stdin(text: string) {
  yield new TextEncoder().encode(text)
}

test('standard input is a file while it is read, and none afterwards', async () => {
  let folder = ''
  const read = await withStandardInput(
    ['a.csv', '-'],
    stdin('id,title'),
    async (spooled) => {
      expect(spooled.pathOf('a.csv')).toBe('a.csv')
      const path = spooled.pathOf('-')
      folder = dirname(path)
      expect(spooled.shown(`in ${path}: x`)).toBe('in standard input: x')
      return readFileSync(path, 'utf8')
    },
  )
  expect(read).toBe('id,title')
  expect(folder).not.toBe('')
  expect(existsSync(folder)).toBe(false)
})

test('a failure leaves no file, and its message names standard input', async () => {
  let folder = ''
  const reading = withStandardInput(['-'], stdin('x'), async ({ pathOf }) => {
    folder = dirname(pathOf('-'))
    throw new HearthError('bad-input', `broken CSV: ${pathOf('-')}, line 1.`)
  })
  await expect(reading).rejects.toThrow('broken CSV: standard input, line 1.')
  expect(existsSync(folder)).toBe(false)
})
