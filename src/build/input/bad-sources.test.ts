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
