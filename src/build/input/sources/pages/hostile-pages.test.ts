import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readItems } from '../../read-items.ts'
import { pageOf, readSiteOf, siteOf } from './site.test-data.ts'

const DEEP = 100_000

test('elements nested a hundred thousand deep are read as far as browsers do', async () => {
  const nested = (name: string) => `<${name}>`.repeat(DEEP)
  const { items, report } = await readSiteOf({
    'blocks.html': pageOf({ title: 'Blocks', body: `Text${nested('div')}Deep text` }),
    'inline.html': pageOf({ title: 'Inline', body: `Text${nested('b')}Bold text` }),
    'scopes.html': pageOf({
      title: 'Scopes',
      body: `<div itemscope itemprop="a" itemtype="Thing">`.repeat(DEEP / 10),
    }),
    'quotes.md': '> '.repeat(DEEP),
  })
  expect(items.map(({ title }) => title)).toEqual(['Blocks', 'Inline', 'Scopes'])
  expect(report.warnings).toEqual([
    {
      what: 'pages nested too deeply: only the start is read',
      count: 3,
      lines: [1, 1, 1],
      files: ['blocks.html', 'inline.html', 'scopes.html'],
    },
  ])
})

test('JSON-LD that does not parse is counted with its file and line', async () => {
  const { byId, report } = await readSiteOf({
    'a.html': pageOf({
      title: 'A',
      head: '<meta name="x" content="y">\n<script type="application/ld+json">{"@type": "Product", name}</script>',
    }),
    'b.html': pageOf({
      title: 'B',
      head: `<script type="application/ld+json">${'['.repeat(DEEP)}</script>`,
    }),
    'c.html': pageOf({
      title: 'C',
      head: '<script type="application/ld+json">/*<![CDATA[*/ {"@type":"Article","author":"Ada\nWood"}; /*]]>*/</script>',
    }),
  })
  expect(report.warnings).toEqual([
    {
      what: 'JSON-LD that does not parse: left out',
      count: 2,
      lines: [3, 2],
      files: ['a.html, line 3', 'b.html, line 2'],
    },
  ])
  expect(byId['/c.html']?.authors).toEqual(['Ada Wood'])
})

test('names that objects of JavaScript have are names like any other', async () => {
  const ld =
    '{"@type":"Product","__proto__":{"name":"Evil"},"constructor":"x","name":"Good"}'
  const { byId, attributes, columns } = await readSiteOf({
    'a.html': pageOf({
      title: 'A',
      head: `<script type="application/ld+json">${ld}</script>`,
      body: '<p data-hearth-attribute="__proto__:evil" __proto__="x">Text</p><p data-hearth-attribute="constructor:worse">Text</p>',
    }),
    'b.html': pageOf({ title: 'B' }),
  })
  expect(byId['/a.html']?.title).toBe('Good')
  const names = [...attributes.map(({ name }) => name), ...columns.unused]
  expect(names.toSorted()).toEqual(['__proto__', 'constructor', 'type'])
  expect(({} as Record<string, unknown>).name).toBeUndefined()
})

test('things of structured data that name each other in a circle are read once', async () => {
  const ld = JSON.stringify([
    {
      '@id': '#a',
      '@type': 'Product',
      name: 'A',
      author: { '@id': '#b' },
      isPartOf: { '@id': '#b' },
    },
    { '@id': '#b', '@type': 'Person', name: { '@id': '#a' }, brand: { '@id': '#a' } },
  ])
  const { byId } = await readSiteOf({
    'a.html': pageOf({ head: `<script type="application/ld+json">${ld}</script>` }),
  })
  expect(byId['/a.html']?.title).toBe('A')
})

test('pages in other encodings are read: stated, by their first bytes, or found', async () => {
  const cyrillic = Buffer.from(
    Array.from('Дуб растёт медленно и живёт очень долго в лесу', (letter) => {
      const code = letter.codePointAt(0)!
      if (letter === 'ё') return 0xb8
      return code < 0x80 ? code : code - 0x410 + 0xc0
    }),
  )
  const page = (charset: string, body: Uint8Array) =>
    Buffer.concat([
      Buffer.from(
        `<html><head><meta charset="${charset}"><title>Oak</title></head><body><p>`,
      ),
      body,
      Buffer.from('</p></body></html>'),
    ])
  const { bodies } = await readSiteOf({
    'a.html': page('windows-1251', cyrillic),
    'b.html': Buffer.from(
      `\uFEFF<title>B</title><body><p>Über die Eiche</p>`,
      'utf16le',
    ),
    'c.html': page('nonsense-8', Buffer.from('Caf\xe9 des ch\xeanes', 'latin1')),
  })
  expect(bodies).toEqual([
    'Дуб растёт медленно и живёт очень долго в лесу',
    'Über die Eiche',
    'Café des chênes',
  ])
})

test('what is no text is skipped and counted; of a huge page the start is read', async () => {
  const { ids, report } = await readSiteOf({
    'a.html': pageOf({ title: 'A' }),
    'binary.html': Buffer.from(
      Array.from({ length: 4000 }, (_, i) => ((i * 7) % 256) & 0xf0),
    ),
    'huge.html': pageOf({ title: 'Huge', body: `<p>${'word '.repeat(1_800_000)}</p>` }),
  })
  expect(ids).toEqual(['/a.html', '/huge.html'])
  expect(report.warnings.map(({ what, files }) => [what, files])).toEqual([
    ['pages that cannot be read as text: skipped', ['binary.html']],
    ['pages larger than 8 MB: only the start is read', ['huge.html']],
  ])
})

test('entities that a page declares itself are not expanded', async () => {
  const { items } = await readSiteOf({
    'a.xhtml': `<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>
      <html><head><title>A</title></head><body><p>One &b; two</p></body></html>`,
  })
  expect(items[0]).toMatchObject({ id: '/a.xhtml', title: 'A' })
})

test('addresses that lead to scripts or cannot be read are not taken', async () => {
  const { items } = await readSiteOf({
    'a.html': pageOf({
      title: 'A',
      head: '<link rel="canonical" href="javascript:alert(1)"><meta property="og:image" content="javascript:alert(2)">',
    }),
    'b.html': pageOf({
      title: 'B',
      head: '<link rel="canonical" href="http://[bad"><meta property="og:image" content="data:image/png;base64,AAAA">',
    }),
  })
  expect(items.map(({ url, image }) => [url, image])).toEqual([
    ['/a.html', undefined],
    ['/b.html', undefined],
  ])
})

test('links within a folder are not followed, and pictures outside it not opened', async () => {
  const folder = siteOf({
    'a.html': pageOf({
      title: 'A',
      body: '<img src="/../../../../etc/x.png"><p>Text.</p>',
    }),
  })
  symlinkSync(folder.path, join(folder.path, 'loop'))
  const { items } = await readItems(folder.path)
  expect(items).toMatchObject([{ id: '/a.html', image: '/etc/x.png' }])
})

test('of pages with one address the first is kept, and the others are counted', async () => {
  const head = '<link rel="canonical" href="https://t.example/same">'
  const { ids, report } = await readSiteOf({
    'a.html': pageOf({ title: 'A', head }),
    'b.html': pageOf({ title: 'B', head }),
    'c.html': pageOf({ title: 'C' }),
  })
  expect(ids).toEqual(['/same', '/c.html'])
  expect(report.notes).toEqual([
    '1 page left out, with the address of an earlier one (b.html)',
  ])
})

test('a sitemap that breaks off lists what it lists', async () => {
  const { ids } = await readSiteOf({
    'a.html': pageOf({ title: 'A' }),
    'b.html': pageOf({ title: 'B' }),
    'sitemap.xml':
      '<urlset><url><loc>https://t.example/a.html</loc></url><url><loc>https://t.exam',
  })
  expect(ids).toEqual(['/a.html', '/b.html'])
})
