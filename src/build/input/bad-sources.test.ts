/** Sources made to harm: one clear line each, or read with what is harmful left out. */
import { gzipSync } from 'fflate'
import { expect, test } from 'vitest'
import { readItems } from './read-items.ts'
import { MAX_LINE_LENGTH } from './read-text.ts'
import { tempFolder } from './temp-folder.test-data.ts'

const text = (value: string) => new TextEncoder().encode(value)

test.each([
  ['a.csv.gz', `id,title\n1,${'x'.repeat(MAX_LINE_LENGTH)}`],
  ['a.json.gz', `{"items":[{"id":1,"title":"${'x'.repeat(MAX_LINE_LENGTH)}`],
  ['a.jsonl.gz', `{"id":1,"title":"${'x'.repeat(MAX_LINE_LENGTH)}`],
])(
  '%s that unpacks to one endless line is refused by its line',
  async (name, content) => {
    const path = tempFolder().write(name, gzipSync(text(content), { level: 1 }))
    await expect(readItems(path)).rejects.toThrow(
      /^line too long: .*a\.\w+\.gz, line [12] has more than 16777216 characters/,
    )
  },
)

test('nesting without end is refused', async () => {
  const path = tempFolder().write('a.json', '{"a":'.repeat(100_000))
  await expect(readItems(path)).rejects.toThrow('nested over 1000 deep (line 1)')
})

test('a file of another place that XML names is not read', async () => {
  const xml = `<!DOCTYPE r SYSTEM "file:///etc/passwd"><rss><channel>
<item><guid>1</guid><title>A</title><link>/a</link></item></channel></rss>`
  const { items } = await readItems(tempFolder().write('a.xml', xml))
  expect(items).toEqual([{ id: '1', title: 'A', url: '/a' }])
})

test('addresses that run code or leave the site unseen are left out and counted; scripts are no title', async () => {
  const rows = [
    'id,title,url,image',
    '1,"<script>alert(1)</script>Boo",javascript:alert(1),"data:text/html,x"',
    '2,"<img src=x onerror=alert(1)>Bar",//evil.example/x,/ok.jpg',
    '3,"a\u202eb",\\\\evil\\x,https://user:pass@x.example/a.jpg',
    '__proto__,toString,/a,/b',
    'constructor,hasOwnProperty,/c,/d',
  ]
  const path = tempFolder().write('a.csv', rows.join('\n'))
  const { items, report } = await readItems(path)
  expect(items).toEqual([
    { id: '1', title: 'Boo' },
    // a title may be about markup: a page shows it as the text it is
    { id: '2', title: '<img src=x onerror=alert(1)>Bar', image: '/ok.jpg' },
    { id: '3', title: 'a b' },
    { id: '__proto__', title: 'toString', url: '/a', image: '/b' },
    { id: 'constructor', title: 'hasOwnProperty', url: '/c', image: '/d' },
  ])
  expect(report.warnings).toEqual([
    { what: 'unsafe links: left out', count: 3, lines: [2, 3, 4] },
    { what: 'unsafe images: left out', count: 2, lines: [2, 4] },
  ])
})

test.each([
  ['a.csv', 'a: 1\nb: 2\n', 'looks like YAML. Save it as JSON'],
  [
    'a.yaml',
    '---\n# books\n- id: 1\n  title: Dune\n',
    'looks like YAML. Save it as JSON',
  ],
  ['a.json', '{"error":"not found","status":404}', 'no title column'],
  ['a.csv', '\u0001\u0002\u0003,\u0004\n\u0005,\u0006', 'looks like binary data'],
  ['a.csv', 'id,title\n1,a\u0000b\n2,c\n', 'looks like binary data'],
])(
  '%s that is no table is refused by what it is: %j',
  async (name, content, message) => {
    await expect(readItems(tempFolder().write(name, content))).rejects.toThrow(message)
  },
)

test('a title that ends in a colon makes no YAML of a table', async () => {
  const path = tempFolder().write('a.csv', 'title\nDune: Part Two\nAlien: Romulus\n')
  expect((await readItems(path)).items).toHaveLength(2)
})

test('what is not taken of a row is counted: days, prices, availability, second columns', async () => {
  const rows = [
    'id,title,title,published,price,available',
    '1,A,a,2020-02-30,USD 12 EUR,maybe',
    '2,B,b,03/04/2020,12,yes',
    '3,C,c,soon,13,no idea',
  ]
  const path = tempFolder().write('a.csv', rows.join('\n'))
  const { items, report } = await readItems(path)
  expect(items.map(({ title, price, year }) => [title, price, year])).toEqual([
    ['A', undefined, 2020],
    ['B', 12, 2020],
    ['C', 13, undefined],
  ])
  expect(report.notes).toContain(
    'several columns are named title: the first is read, the others are not',
  )
  expect(report.warnings.map(({ what, lines }) => [what, lines])).toEqual([
    ['dates that no calendar has: only their year is kept', [2]],
    ['prices that cannot be read: left out', [2]],
    ['availability that cannot be read: left out', [2, 4]],
    ['dates with the day or the month first: only their year is kept', [3]],
    ['dates that cannot be read: left out', [4]],
  ])
})

test('a brace of an address that has no other one is refused', async () => {
  const path = tempFolder().write('a.csv', 'id,title\n1,A\n2,B\n')
  const reading = readItems(path, { url: '/p/{id' })
  await expect(reading).rejects.toThrow('invalid --url: got "/p/{id", a brace without')
})

test('a few letters of Latin-1 are not named after a rarer encoding', async () => {
  const bytes = Buffer.from('id,title\n1,café\n2,olé\n3,naïve\n', 'latin1')
  const { items, report } = await readItems(tempFolder().write('a.csv', bytes))
  expect(items.map(({ title }) => title)).toEqual(['café', 'olé', 'naïve'])
  expect(report.notes).toContain('its text is in Windows-1252 (Latin-1)')
})
