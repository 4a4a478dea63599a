import { expect, test } from 'vitest'
import { collect, pieces } from '../pieces.test-data.ts'
import { openTable } from '../table.ts'
import { tempFolder } from '../temp-folder.test-data.ts'
import { readXmlFeed } from './xml-feed.ts'

async function entries(xml: string, size = xml.length) {
  const cut = xml.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? []
  const elements = await collect(readXmlFeed('x.xml', pieces(...cut)))
  return elements.map(({ value }) => value)
}

test('RSS items have a field for each child, cut anywhere', async () => {
  const rss = `<?xml version="1.0"?>
<rss version="2.0" xmlns:content="c" xmlns:dc="d" xmlns:media="m"><channel>
<title>Blog</title><link>https://a.b</link>
<item>
  <title>Tom &amp; Jerry&#39;s &eacute;</title><link>https://a.b/1</link>
  <guid isPermaLink="false">g1</guid><category>Cats</category>
  <pubDate>Mon, 06 Sep 2021 00:01:00 +0000</pubDate><dc:creator>Ann</dc:creator>
  <description><![CDATA[<p>Hi</p>]]></description><content:encoded>Text</content:encoded>
  <enclosure url="https://a.b/1.jpg" type="image/jpeg" length="1"/>
</item>
<item><title>B</title><category>X</category><category>Y</category></item>
</channel></rss>`
  const expected = [
    {
      title: "Tom & Jerry's é",
      link: 'https://a.b/1',
      guid: 'g1',
      category: ['Cats'],
      pubDate: 'Mon, 06 Sep 2021 00:01:00 +0000',
      creator: 'Ann',
      description: '<p>Hi</p>',
      content: 'Text',
      image: 'https://a.b/1.jpg',
    },
    { title: 'B', category: ['X', 'Y'] },
  ]
  expect(await entries(rss)).toEqual(expected)
  expect(await entries(rss, 7)).toEqual(expected)
})

test('an Atom entry has the address of its page and the names of its categories', async () => {
  const atom = `<feed xmlns="http://www.w3.org/2005/Atom"><title>F</title><entry>
<id>tag:1</id><title type="html">A</title><updated>2021-09-06T00:00:00Z</updated>
<link rel="self" href="https://a.b/self"/><link href="https://a.b/1"/>
<category term="x" label="X"/><category term="y"/><author><name>Ann</name></author>
<summary>S</summary></entry></feed>`
  expect(await entries(atom)).toEqual([
    {
      id: 'tag:1',
      title: 'A',
      updated: '2021-09-06T00:00:00Z',
      link: 'https://a.b/1',
      category: ['X', 'y'],
      author: { name: 'Ann' },
      summary: 'S',
    },
  ])
})

test('a Google Merchant feed opens as a table', async () => {
  const xml = `<rss xmlns:g="http://base.google.com/ns/1.0" version="2.0"><channel>
<item><g:id>s1</g:id><g:title>Shirt</g:title><g:price>15.00 EUR</g:price>
<g:image_link>a.jpg</g:image_link><g:availability>in_stock</g:availability>
<g:shipping><g:country>DE</g:country><g:price>5 EUR</g:price></g:shipping></item>
<item><g:id>s2</g:id><g:title>Hat</g:title></item></channel></rss>`
  const table = await openTable(tempFolder().write('feed.xml', xml), () => {})
  expect(table.columns).toEqual([
    'id',
    'title',
    'price',
    'image_link',
    'availability',
    'shipping',
    'shipping.country',
    'shipping.price',
  ])
  const rows = await collect(table.rows)
  expect(rows.map(({ line, cells }) => [line, cells[0], cells[2]])).toEqual([
    [2, 's1', '15.00 EUR'],
    [5, 's2', undefined],
  ])
})

test('a sitemap of news has titles, and RSS 1.0 its items beside the channel', async () => {
  const news = `<urlset xmlns:news="n"><url><loc>https://a.b/1</loc>
<news:news><news:title>A</news:title></news:news></url></urlset>`
  expect(await entries(news)).toEqual([
    { loc: 'https://a.b/1', 'news:news': { 'news:title': 'A' } },
  ])
  const rdf = `<rdf:RDF xmlns:rdf="r" xmlns:dc="d"><channel rdf:about="c"><title>C</title>
<items><rdf:Seq><rdf:li resource="x"/></rdf:Seq></items></channel>
<item rdf:about="https://a.b/1"><title>One</title><link>https://a.b/1</link>
<dc:creator>Ann</dc:creator><dc:date>2020-01-02</dc:date></item></rdf:RDF>`
  expect(await entries(rdf)).toEqual([
    {
      'rdf:about': 'https://a.b/1',
      title: 'One',
      link: 'https://a.b/1',
      creator: 'Ann',
      date: '2020-01-02',
    },
  ])
})

test('only the entry that is being read is held', async () => {
  let made = 0
  async function* endless() {
    yield '<rss><channel>'
    for (;;)
      yield `<item><guid>${made++}</guid><title>${'x'.repeat(500)}</title></item>\n`
  }
  let read = 0
  for await (const _ of readXmlFeed('x', endless())) if (++read === 3000) break
  expect(made - read).toBeLessThanOrEqual(1)
})

const BOMB = '<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><a>&c;</a>'

test.each([
  ['an entity bomb', BOMB, 'it declares entities of more than a character'],
  ['a tag that is not closed', '<rss>\n<item>\n</rss>', '(line 3)'],
  ['an end too early', '<rss>\n<item><title>A', '(line 2)'],
  ['nothing to read', '<kml><Point/></kml>', 'found no <item>, <entry> or <product>'],
  ['a list of feeds', '<opml><body/></opml>', 'an OPML list of feeds. Give one of the'],
  ['a list of sitemaps', '<sitemapindex/>', 'looks like a list of sitemaps'],
  [
    'a sitemap',
    '<urlset><url><loc>https://a.b/</loc></url></urlset>',
    'looks like a sitemap: addresses without titles. Give the folder of built HTML',
  ],
  ['nesting without end', '<a>'.repeat(500), 'nested over 100 deep (line 1)'],
])('%s is refused in one line', async (_, xml, message) => {
  const reading = collect(readXmlFeed('x.xml', pieces(xml)))
  await expect(reading).rejects.toMatchObject({
    code: 'bad-input',
    message: expect.stringContaining(message),
  })
  await expect(reading).rejects.toThrow('x.xml')
})

test('faults of hand-written feeds are read over, and reported', async () => {
  const faults: string[] = []
  const feed =
    '<rss>\n<item><title>Salt & pepper &foo; <b>mill</title></item>\n<item><id>2</id></item></rss>'
  const read = readXmlFeed('x.xml', pieces(feed), {
    warn: (what, line) => faults.push(`${line} ${what}`),
  })
  const entries = await collect(read)
  expect(entries).toMatchObject([{ line: 2 }, { line: 3, value: { id: '2' } }])
  expect(entries[0]?.value).toEqual({ title: 'Salt & pepper &foo; mill' })
  expect(faults).toEqual([
    '2 & that is no entity: read as they stand',
    '2 & that is no entity: read as they stand',
    '2 tags that do not match: read as they stand',
  ])
})

test.each([
  ['&nbsp;', '<!ENTITY nbsp "&#160;">', '\u00a0'],
  ['&eacute;', '<!ENTITY eacute "&#xE9;">', 'é'],
  ['&dot;', "<!ENTITY dot '.'>", '.'],
])('%s is read where it is declared', async (entity, declared, text) => {
  const feed = `<!DOCTYPE rss [${declared}]><rss><item><title>a${entity}b</title></item></rss>`
  const entries = await collect(readXmlFeed('x.xml', pieces(feed)))
  expect(entries).toMatchObject([{ value: { title: `a${text}b` } }])
})

test('an entry without end is refused, not held', async () => {
  const xml = pieces('<rss><item><title>', ...Array(20).fill('x'.repeat(100)))
  const reading = collect(readXmlFeed('x.xml', xml, { maxLength: 1000 }))
  await expect(reading).rejects.toThrow('line too long: x.xml, line 1')
})
