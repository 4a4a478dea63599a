import { describe, expect, test } from 'vitest'
import { chooseEncoder, encoderPlace, ownEncoderFolder } from './choose-encoder.ts'
import type { Dataset } from './dataset/dataset.ts'

const catalogueOf = (titles: readonly string[]): Dataset =>
  ({
    name: 'sample',
    items: titles.map((title, index) => ({ id: `i${index}`, title })),
  }) as unknown as Dataset

const ENGLISH = [
  'A quiet morning by the sea, and what the fisherman found there',
  'The long way home: walking through the mountains in winter',
  'How to bake bread without losing your patience',
  'The history of the lighthouse and of those who kept it burning',
]
const GERMAN = [
  'Ein stiller Morgen am Meer und was der Fischer dort gefunden hat',
  'Der lange Weg nach Hause: zu Fuß durch die Berge im Winter',
  'Wie man Brot backt, ohne die Geduld zu verlieren',
  'Die Geschichte des Leuchtturms und derer, die ihn am Brennen hielten',
]
const CHINESE = ['巴黎美食之旅', '意大利的海滩和古城', '在山里徒步三天', '东京的秋天']
const times = (titles: readonly string[], count: number) =>
  Array.from({ length: count }, (_, i) => titles[i % titles.length]!)

describe('which encoder reads a catalogue', () => {
  test('English in English: the smaller one, and nothing to say', () => {
    expect(chooseEncoder(catalogueOf(times(ENGLISH, 40)))).toEqual({ name: 'english' })
  })

  test.each([
    ['German', GERMAN, 'German'],
    ['Chinese', CHINESE, 'Chinese'],
  ])('%s: the multilingual one, and why', (_, titles, language) => {
    const { name, because } = chooseEncoder(catalogueOf(times(titles, 40)))
    expect(name).toBe('multilingual')
    expect(because).toContain('100 % of the texts are not in English')
    expect(because).toContain(language)
  })

  test('a tenth of other titles among English ones changes nothing', () => {
    const titles = [...times(ENGLISH, 36), ...times(GERMAN, 2), ...times(CHINESE, 2)]
    expect(chooseEncoder(catalogueOf(titles)).name).toBe('english')
  })

  test('half of each: the one that reads both', () => {
    const titles = [...times(ENGLISH, 20), ...times(CHINESE, 20)]
    expect(chooseEncoder(catalogueOf(titles)).name).toBe('multilingual')
  })

  test.each([
    ['no item', []],
    ['three bare names', ['Lampe', 'Lamp', 'Casablanca']],
    ['numbers and signs', ['1984', '300', '★ ★', '—']],
  ])('%s: the default', (_, titles) => {
    expect(chooseEncoder(catalogueOf(titles))).toEqual({ name: 'english' })
  })
})

test('a name is a folder of this package, anything else is taken as it is', () => {
  expect(encoderPlace('multilingual')).toBe(ownEncoderFolder('multilingual'))
  expect(encoderPlace('english')).toMatch(/hearth-encoder$/)
  expect(encoderPlace('org/model')).toBe('org/model')
  expect(encoderPlace('./models/own')).toBe('./models/own')
})
