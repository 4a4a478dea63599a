import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openTable } from '../table.ts'
import { tempFolder } from '../temp-folder.test-data.ts'
import { decodeSource } from './encoding.ts'

async function decode(bytes: Uint8Array, size = 64 * 1024) {
  async function* chunks() {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
  }
  const notes: string[] = []
  let text = ''
  for await (const piece of decodeSource('x.csv', chunks(), notes)) text += piece
  return { text, notes }
}

/** The bytes of text in an encoding that only TextDecoder knows, found by trying them all. */
function encode(text: string, encoding: string): Uint8Array {
  const decoder = new TextDecoder(encoding)
  const bytesOf = new Map<string, number[]>()
  for (let a = 0; a < 256; a++) {
    bytesOf.set(decoder.decode(Uint8Array.of(a)), [a])
  }
  for (let a = 0x81; a < 256; a++) {
    for (let b = 0x40; b < 256; b++) {
      const character = decoder.decode(Uint8Array.of(a, b))
      if (character.length === 1 && !bytesOf.has(character)) {
        bytesOf.set(character, [a, b])
      }
    }
  }
  return Uint8Array.from([...text].flatMap((c) => bytesOf.get(c) ?? []))
}

const FRENCH =
  'id,title\n1,Amélie Poulain\n2,"Léon, le professionnel"\n3,Été à la mer\n'
const RUSSIAN =
  'id,title\n1,Мастер и Маргарита\n2,Война и мир\n3,Преступление и наказание\n'
const CHINESE =
  'id,title\n1,肖申克的救赎\n2,霸王别姬\n3,这个杀手不太冷\n4,阿甘正传\n5,美丽人生\n'
const JAPANESE =
  'id,title\n1,となりのトトロ\n2,千と千尋の神隠し\n3,七人の侍\n4,ハウルの動く城\n'

test.each([
  ['Windows-1252', FRENCH, 'windows-1252', 'Windows-1252 (Latin-1)'],
  ['windows-1251', RUSSIAN, 'windows-1251', 'windows-1251'],
  ['GBK', CHINESE, 'gbk', 'GBK (GB18030)'],
  ['Shift-JIS', JAPANESE, 'shift_jis', 'Shift-JIS'],
])('%s is found and named', async (_, text, encoding, name) => {
  const bytes = encode(text, encoding)
  expect(await decode(bytes)).toEqual({ text, notes: [`its text is in ${name}`] })
  expect((await decode(bytes, 3)).text).toBe(text)
})

test.each([
  ['gbk', 'id,title\n1,三体\n'],
  ['shift_jis', 'id,title\n1,アルプスの少女ハイジ\n'],
  ['windows-1251', 'id,title\n1,Dune - Дюна\n'],
  ['windows-1252', 'id;title\n1;Der Prozeß\n2;Über den Fluß\n'],
  [
    'windows-1250',
    'id,title\n1,Příběhy obyčejného šílenství\n2,Žert\n3,Osudy Švejka\n',
  ],
])('a few letters in %s are enough', async (encoding, text) => {
  expect((await decode(encode(text, encoding))).text).toBe(text)
})

test('one accented letter far down a file of ASCII is Windows-1252', async () => {
  const head = '1,Dune\n'.repeat(20_000)
  const bytes = Buffer.concat([Buffer.from(head), encode('2,Café\n', 'windows-1252')])
  const { text, notes } = await decode(bytes)
  expect(text).toBe(`${head}2,Café\n`)
  expect(notes).toEqual(['its text is in Windows-1252 (Latin-1)'])
})

test.each([
  ['LE', 'utf-16le', true],
  ['LE', 'utf-16le', false],
  ['BE', 'utf-16be', true],
  ['BE', 'utf-16be', false],
])(
  'UTF-16 %s (%s, with its mark: %s) is found and named',
  async (_, encoding, hasMark) => {
    const text = 'id,title\n1,Amélie\n2,漢字\n'
    const little = Buffer.from(hasMark ? `\uFEFF${text}` : text, 'utf16le')
    const bytes = encoding === 'utf-16le' ? little : little.swap16()
    const { text: decoded, notes } = await decode(bytes, 5)
    expect(decoded).toBe(text)
    expect(notes).toEqual([expect.stringMatching(/^its text is in UTF-16/)])
  },
)

test('an XML declaration names the encoding', async () => {
  const text = '<?xml version="1.0" encoding="windows-1251"?><a>Мир</a>'
  expect((await decode(encode(text, 'windows-1251'))).text).toBe(text)
})

test('UTF-8 cut anywhere comes back whole, and nothing is said of it', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom('a', '\n', 'é', '漢', '😀', '\uFFFD')),
      fc.integer({ min: 1, max: 7 }),
      async (characters, size) => {
        const text = characters.join('')
        const bytes = new TextEncoder().encode(text)
        expect(await decode(bytes, size)).toEqual({ text, notes: [] })
      },
    ),
  )
})

test('a few broken bytes in UTF-8 are shown, counted and named by line', async () => {
  const text = 'é漢字で書いた本\nDune\n'
  const bytes = Buffer.concat([
    Buffer.from(text),
    Uint8Array.of(0x61, 0xff, 0x0a),
    Buffer.from(text),
    Uint8Array.of(0xe2, 0x82),
  ])
  const { text: decoded, notes } = await decode(bytes)
  expect(decoded).toBe(`${text}a\uFFFD\n${text}\uFFFD`)
  expect(notes).toEqual(['2 × bytes that are not UTF-8: shown as \uFFFD (lines 3, 6)'])
})

test('zeros are no text', async () => {
  await expect(decode(new Uint8Array(100))).rejects.toThrow(
    'not a table: x.csv looks like binary data, no text.',
  )
})

test('a table in Latin-1 is read, and its notes name the encoding', async () => {
  const path = tempFolder().write('x.csv', encode(FRENCH, 'windows-1252'))
  const table = await openTable(path, () => {})
  const cells: unknown[] = []
  for await (const row of table.rows) cells.push(row.cells[1])
  expect(cells).toEqual(['Amélie Poulain', 'Léon, le professionnel', 'Été à la mer'])
  expect(table.notes).toEqual(['its text is in Windows-1252 (Latin-1)'])
})

test('broken bytes in a JSON document are counted too', async () => {
  const text = '{"items": [{"id": 1, "title": "漢字で書いた本"},\n{"id": 2, "title": "'
  const bytes = [Buffer.from(text), Uint8Array.of(0xff), Buffer.from('"}]}')]
  const table = await openTable(
    tempFolder().write('x.json', Buffer.concat(bytes)),
    () => {},
  )
  expect(table.notes).toEqual([
    '1 × bytes that are not UTF-8: shown as \uFFFD (line 2)',
    'the rows are those of "items" (2 objects)',
  ])
})
