import { strToU8, zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import type { HistoryEntry } from './entry.ts'
import { readHistory } from './read-history.ts'

const noon = (day: string) => Date.parse(`${day}T12:00:00Z`)
const csv = (...lines: string[]) => `${lines.join('\n')}\n`
const only = async (text: string | Blob, name?: string): Promise<HistoryEntry> => {
  const { entries } = await readHistory(text, name)
  expect(entries).toHaveLength(1)
  return entries[0]!
}
const titles = (entries: readonly HistoryEntry[]) => entries.map(({ title }) => title)

describe('a table of no known service', () => {
  test('is read by what its columns are called, in any scale', async () => {
    const { source, entries } = await readHistory(
      csv(
        'Book\tAuthor\tScore\tFinished\tISBN',
        'Tide\tAda Reed\t80\t15.01.2023\t0306406152',
        'Salt\tBo Lund\t\t\t',
      ),
    )
    expect(source).toBe('a table')
    expect(entries).toMatchObject([
      {
        title: 'Tide',
        makers: ['Ada Reed'],
        stars: 4,
        at: noon('2023-01-15'),
        ids: { isbn: '9780306406157' },
      },
      { title: 'Salt', kind: 'opened' },
    ])
  })

  test('may be JSON in a wrapping, or an object a line', async () => {
    const list = [{ title: 'Tide', authors: ['Ada Reed', 'Bo Lund'], rating: 5 }]
    const expected = { title: 'Tide', makers: ['Ada Reed', 'Bo Lund'], stars: 5 }
    expect(await only(JSON.stringify({ data: { books: list } }))).toMatchObject(
      expected,
    )
    const two = `${JSON.stringify(list[0])}\n{"title":"Salt"}\n`
    expect(titles((await readHistory(two)).entries)).toEqual(['Tide', 'Salt'])
  })

  test('with nothing that names a thing is refused with its columns', async () => {
    await expect(readHistory('date,amount\n1,2\n', 'bank.csv')).rejects.toMatchObject({
      code: 'bad-profile',
      message:
        '“bank.csv” is a table whose columns are not known: got “date”, “amount”, expected a title, an address or an ISBN. Choose the file that the service gave you as your export. Nothing was added.',
    })
  })
})

describe('what is no history', () => {
  const refusal = async (content: BlobPart | string, name = 'file') =>
    readHistory(new Blob([content as BlobPart]), name).then(
      () => 'was read',
      (error: Error) => error.message,
    )

  test.each([
    ['%PDF-1.7 …', /“file” seems to be a PDF, expected an export as text/],
    [new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 1]), /seems to be a picture \(PNG\)/],
    [new Uint8Array([0xff, 0xd8, 0xff, 0xe0]), /seems to be a picture \(JPEG\)/],
    [new Uint8Array([0x1f, 0x8b, 8, 0]), /a gzip archive.*Unpack it/],
    [new Uint8Array([65, 0, 1, 2, 0, 0, 66, 3]), /holds no text/],
    ['', /is empty/],
    ['  \n ', /is empty/],
    [
      '<!doctype html><title>Sign in</title>',
      /seems to be a web page without bookmarks/,
    ],
    ['<?xml version="1.0"?><rss/>', /seems to be an XML file/],
    ['{"title": ', /is damaged JSON/],
    ['[]', /holds no list of entries/],
    ['Once upon a time', /has a header and no rows/],
    ['Once upon a time\nthere was', /seems to be a plain text/],
    [
      '{"format":"hearth-profile","events":[]}',
      /is a profile of Hearth\. Add it with Import/,
    ],
  ])('%j is named', async (content, expected) => {
    expect(await refusal(content)).toMatch(expected)
  })

  test('archives of other things are named, damaged ones too', async () => {
    const zipped = (files: Record<string, Uint8Array>) =>
      refusal(zipSync(files).slice())
    expect(await zipped({ 'xl/workbook.xml': strToU8('<x/>') })).toMatch(
      /an Excel workbook\. Save the sheet as CSV/,
    )
    expect(await zipped({ 'META-INF/container.xml': strToU8('<x/>') })).toMatch(
      /an e-book/,
    )
    expect(await zipped({ 'photo.jpg': strToU8('x') })).toMatch(
      /an archive without a history/,
    )
    expect(
      await zipped({ 'a.csv': strToU8('a,b\n1,2'), 'b.csv': strToU8('c\n1') }),
    ).toMatch(/of no service that is known/)
    const cut = zipSync({ 'a.csv': strToU8('x'.repeat(999)) }).slice(0, 60)
    expect(await refusal(cut)).toMatch(/is a damaged archive/)
  })

  /** An archive of one file that states another size than it has. */
  function forgedZip(content: string, statedBytes: number) {
    const zip = zipSync({ 'ratings.csv': strToU8(content) })
    const at = zip.findLastIndex(
      (_, i) => zip[i] === 0x50 && zip[i + 1] === 0x4b && zip[i + 2] === 1,
    )
    new DataView(zip.buffer).setUint32(at + 24, statedBytes, true)
    return zip.slice()
  }

  test('an archive that would grow without end is not unpacked', async () => {
    const bomb = forgedZip('title\nTide\n', 300 * 1024 * 1024)
    expect(await refusal(bomb)).toMatch(
      /is too large when unpacked: expected at most 256 MB/,
    )
  })

  test('an archive that states too small a size is unpacked to that size', async () => {
    const bomb = forgedZip(
      `movieId,rating,timestamp\n1,2,3\n${'9,9,9\n'.repeat(100_000)}`,
      31,
    )
    const { entries } = await readHistory(new Blob([bomb]))
    expect(entries).toHaveLength(1)
  })
})

describe('hostile and damaged lines', () => {
  test('cost themselves alone, and are counted', async () => {
    const { entries, skipped } = await readHistory(
      csv(
        'Title,Author,Rating',
        'Good,Ada Reed,5',
        `${'x'.repeat(1024 * 1024)},Ada Reed,5`,
        ',,',
        ',Ada Reed,4',
        'Wide,Ada Reed,4,more,cells',
        '=HYPERLINK("http://evil.example"),<script>alert(1)</script>,3',
        '"Open quote,Ada Reed,2',
        'Last,Ada Reed,1',
      ),
    )
    expect(titles(entries)).toEqual([
      'Good',
      '=HYPERLINK("http://evil.example")',
      'Last',
    ])
    expect(skipped).toEqual([
      { why: 'a quote that is not closed', count: 1, lines: [8] },
      { why: 'more cells than the header has', count: 1, lines: [6] },
      { why: 'a title of more than 500 characters', count: 1, lines: [3] },
      { why: 'no title', count: 1, lines: [5] },
    ])
  })

  test('lines may end in any way, and the separator may be stated', async () => {
    for (const end of ['\r\n', '\r', '\n']) {
      const text = `sep=;${end}Title;Note${end}"Tide${end}Tables";x${end}Salt;"y${end}Mud;z${end}`
      const { entries, skipped } = await readHistory(text)
      expect(entries.map(({ title, line }) => [title, line])).toEqual([
        ['Tide Tables', 3],
        ['Mud', 6],
      ])
      expect(skipped).toEqual([
        { why: 'a quote that is not closed', count: 1, lines: [5] },
      ])
    }
  })

  test('more slips than a file has by chance: quotes are letters, and no line is lost', async () => {
    const rows = Array.from({ length: 200 }, (_, i) => `Title ${i},"it is 5" wide`)
    const { entries, skipped } = await readHistory(csv('Title,Author', ...rows))
    const lost = skipped.reduce((sum, { count }) => sum + count, 0)
    expect(entries.length + lost).toBe(200)
    expect(entries.length).toBeGreaterThanOrEqual(149)
  })

  test('names of an object’s own machinery are names like others', async () => {
    const text =
      '[{"title":"Tide","__proto__":{"author":"x"},"constructor":"y","hasOwnProperty":1}]'
    expect(await only(text)).toMatchObject({ title: 'Tide' })
    expect(Object.hasOwn(Object.prototype, 'author')).toBe(false)
  })

  test('JSON nested without end is refused', async () => {
    await expect(readHistory('['.repeat(100_000))).rejects.toThrow(/is damaged JSON/)
    const deep = `${'{"a":'.repeat(5_000)}[{"title":"Tide"}]${'}'.repeat(5_000)}`
    await expect(readHistory(deep)).rejects.toThrow(/holds no list of entries/)
  })
})
