import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeText, readText } from './read-text.ts'
import { tempFolder } from './temp-folder.test-data.ts'

async function whole(pieces: AsyncIterable<string>): Promise<string> {
  let text = ''
  for await (const piece of pieces) text += piece
  return text
}

async function* chunked(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

test('a gzipped file reads like the plain one, whatever its name', async () => {
  const folder = tempFolder()
  const text = 'Dune\nŠvejk\n'
  const plain = folder.write('plain.csv', text)
  const zipped = folder.write('zipped.csv', gzipSync(text))
  expect(await whole(readText(plain))).toBe(text)
  expect(await whole(readText(zipped))).toBe(text)
})

test('text cut into pieces at any byte comes back whole', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom('a', '\n', 'é', '漢', '😀', '\uFEFF')),
      fc.integer({ min: 1, max: 7 }),
      async (characters, size) => {
        const text = characters.join('')
        const bytes = new TextEncoder().encode(text)
        const expected = text.replace(/^\uFEFF/, '')
        expect(await whole(decodeText('x', chunked(bytes, size)))).toBe(expected)
      },
    ),
  )
})

test('a byte-order mark is dropped at the start and kept elsewhere', async () => {
  const bytes = new TextEncoder().encode('\uFEFFid,\uFEFFtitle')
  expect(await whole(decodeText('x', chunked(bytes, 1)))).toBe('id,\uFEFFtitle')
})

test.each([
  ['in the middle of a line', [...Buffer.from('a\nb\n'), 0x63, 0xff, 0x0a], 3],
  ['cut off at the end of the file', [...Buffer.from('a\n'), 0xe2, 0x82], 2],
])(
  'bytes that are not UTF-8 %s are an error naming the line',
  async (_, bytes, line) => {
    const reading = whole(decodeText('items.csv', chunked(Uint8Array.from(bytes), 2)))
    await expect(reading).rejects.toMatchObject({
      code: 'bad-input',
      message: `not UTF-8 text: items.csv, line ${line}. Save it as UTF-8 and try again.`,
    })
  },
)

test.each([
  ['UTF-16 with its mark', [0xff, 0xfe, 0x69, 0x00], 'looks like UTF-16'],
  ['UTF-16 without', [0x69, 0x00, 0x64, 0x00], 'looks like UTF-16'],
  ['zeros', [0, 0, 0, 0], 'no text at all'],
  ['a spreadsheet', [0x50, 0x4b, 3, 4, 0x14], 'looks like a zip or Excel file'],
])('%s is named for what it is', async (_, bytes, message) => {
  const reading = whole(decodeText('items.csv', chunked(Uint8Array.from(bytes), 4)))
  await expect(reading).rejects.toThrow(message)
})

test('a missing file, a folder and cut gzip are one clear error each', async () => {
  const folder = tempFolder()
  const cut = folder.write('cut.gz', gzipSync('x'.repeat(5000)).subarray(0, 20))
  await expect(whole(readText(`${folder.path}/none`))).rejects.toThrow('no such file')
  await expect(whole(readText(folder.path))).rejects.toThrow('it is a folder')
  await expect(whole(readText(cut))).rejects.toThrow('the gzip data is cut short')
})
