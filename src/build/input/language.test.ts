import { expect, test } from 'vitest'
import { languageTagOf } from './language.ts'

test.each([
  ['en', 'en'],
  ['EN', 'en'],
  ['eng', 'en'],
  ['en_US', 'en-us'],
  ['zh-Hans', 'zh-hans'],
  ['ger', 'de'],
  ['iw', 'he'],
  ['English', 'en'],
  ['German', 'de'],
  ['Deutsch', 'de'],
  ['français', 'fr'],
  ['日本語', 'ja'],
  ['русский', 'ru'],
  ['Farsi', 'fa'],
  ['English (US)', 'en'],
  ['English, French', 'en'],
])('%s is %s', (text, tag) => {
  expect(languageTagOf(text)).toBe(tag)
})

test.each(['xx', 'und', 'mul', 'multiple', '', 'en-x', 'Klingonese'])(
  '%j names no language',
  (text) => {
    expect(languageTagOf(text)).toBeUndefined()
  },
)
