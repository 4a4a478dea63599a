import { expect, test } from 'vitest'
import { readItems } from '../../read-items.ts'
import { pageOf, readPageOf, readSiteOf, siteOf } from './site.test-data.ts'

const LD = (value: unknown) =>
  `<script type="application/ld+json">${JSON.stringify(value)}</script>`

test('a page gives its title without the site’s name, its own words and its address', async () => {
  const { item, body } = await readPageOf({
    title: 'The oak',
    head: '<meta name="description" content="About the oak &amp; its acorns">',
    body: `<p>Oaks grow slowly.</p><pre>let code = 1</pre><ul><li>Strong</li><li>Old</li></ul>`,
  })
  expect(item).toEqual({
    id: '/one.html',
    title: 'The oak',
    url: '/one.html',
    description: 'About the oak & its acorns',
    language: 'en',
  })
  expect(body).toBe('Oaks grow slowly. Strong Old')
})

test('the address is the canonical one, else that of the file, under the path pages state', async () => {
  const canonical = (path: string) =>
    `<link rel="canonical" href="https://trees.example${path}">`
  const { ids, items } = await readSiteOf({
    'oak/index.html': pageOf({ title: 'Oak', head: canonical('/wood/oak/') }),
    'elm.html': pageOf({ title: 'Elm', head: canonical('/wood/elm') }),
    'pine.html': pageOf({ title: 'Pine' }),
    'deep/birch/index.html': pageOf({ title: 'Birch' }),
    'far.html': pageOf({
      title: 'Far',
      head: '<link rel="canonical" href="https://elsewhere.example/far">',
    }),
  })
  expect(ids.toSorted()).toEqual([
    '/wood/deep/birch/',
    '/wood/elm',
    '/wood/far.html',
    '/wood/oak/',
    '/wood/pine.html',
  ])
  expect(items.every(({ id, url }) => id === url)).toBe(true)
})

test('the owner’s base goes before the addresses of files', async () => {
  const { ids } = await readSiteOf({ 'a/b.html': pageOf({}) }, { base: '/docs/' })
  expect(ids).toEqual(['/docs/a/b.html'])
})

test('a file’s name may be in any script', async () => {
  const { items } = await readSiteOf({
    '救赎/index.html': pageOf({
      title: '肖申克的救赎',
      html: 'lang="zh"',
      body: '<p>一九四七年，小有成就的青年银行家安迪因涉嫌杀害妻子及她的情人而锒铛入狱。</p>',
    }),
  })
  expect(items).toEqual([
    {
      id: '/%E6%95%91%E8%B5%8E/',
      title: '肖申克的救赎',
      url: '/%E6%95%91%E8%B5%8E/',
      description:
        '一九四七年，小有成就的青年银行家安迪因涉嫌杀害妻子及她的情人而锒铛入狱。',
      language: 'zh',
    },
  ])
})

test('text that is about markup is not taken for markup', async () => {
  const { item } = await readPageOf({
    title: 'The &lt;b&gt;bold&lt;/b&gt; element &amp;amp; others',
    head: '<meta name="description" content="Use &lt;br&gt; or &amp;nbsp; to break">',
  })
  expect(item).toMatchObject({
    title: 'The <b>bold</b> element &amp; others',
    description: 'Use <br> or &nbsp; to break',
  })
})

test('a product of JSON-LD gives price, currency, stock, maker and its own columns', async () => {
  const { item } = await readPageOf({
    title: 'Oak chair',
    head: LD({
      '@context': 'https://schema.org',
      '@graph': [
        { '@type': 'WebPage', '@id': '#page', name: 'Oak chair' },
        {
          '@type': 'Product',
          name: 'Oak chair',
          sku: 'OAK-1',
          description: 'A chair of oak',
          brand: { '@type': 'Brand', name: 'Acme' },
          category: 'Home > Furniture > Chairs',
          image: { '@id': '#picture' },
          offers: [
            {
              '@type': 'Offer',
              price: '120.00',
              priceCurrency: 'EUR',
              availability: 'https://schema.org/OutOfStock',
            },
            {
              '@type': 'Offer',
              price: 99.5,
              priceCurrency: 'EUR',
              availability: 'https://schema.org/InStock',
            },
          ],
        },
        {
          '@type': 'ImageObject',
          '@id': '#picture',
          url: '/img/chair.jpg',
          width: 800,
          height: 600,
        },
      ],
    }),
  })
  expect(item).toMatchObject({
    title: 'Oak chair',
    authors: ['Acme'],
    description: 'A chair of oak',
    price: 99.5,
    currency: 'EUR',
    available: true,
    image: '/img/chair.jpg',
    imageSize: { width: 800, height: 600 },
  })
  expect(item?.genres).toEqual(expect.arrayContaining(['Furniture', 'Chairs']))
})

test('an article’s author may be named by its id; breadcrumbs are categories', async () => {
  const { item } = await readPageOf({
    title: 'How oaks grow',
    head:
      LD([
        {
          '@type': 'Article',
          headline: 'How oaks grow',
          author: { '@id': '#me' },
          datePublished: '2024-03-05T10:00:00Z',
          keywords: 'oak, growth',
        },
        { '@type': 'Person', '@id': '#me', name: 'Ada Wood' },
      ]) +
      LD({
        '@type': 'BreadcrumbList',
        itemListElement: [
          { '@type': 'ListItem', position: 3, name: 'How oaks grow' },
          { '@type': 'ListItem', position: 1, item: { '@id': '/', name: 'Home' } },
          { '@type': 'ListItem', position: 2, name: 'Guides' },
        ],
      }),
  })
  expect(item).toMatchObject({
    authors: ['Ada Wood'],
    published: '2024-03-05',
    genres: ['Guides', 'oak', 'growth'],
  })
})

test('microdata and RDFa are read as JSON-LD is', async () => {
  const microdata = await readPageOf({
    title: 'Elm table',
    body: `<div itemscope itemtype="https://schema.org/Product"><h2 itemprop="name">Elm table</h2>
      <p itemprop="description">A table of elm</p>
      <div itemprop="offers" itemscope itemtype="https://schema.org/Offer">
      <span itemprop="price" content="250">250 €</span><meta itemprop="priceCurrency" content="EUR">
      <link itemprop="availability" href="https://schema.org/InStock"></div></div>`,
  })
  expect(microdata.item).toMatchObject({
    title: 'Elm table',
    description: 'A table of elm',
    price: 250,
    currency: 'EUR',
    available: true,
  })
  const rdfa = await readPageOf({
    title: 'Wood',
    body: `<div vocab="https://schema.org/" typeof="Book"><span property="name">Wood</span>
      by <a href="/ada" property="author">Ada Wood</a></div>`,
  })
  expect(rdfa.item).toMatchObject({ title: 'Wood', authors: ['Ada Wood'] })
})

test('Open Graph gives what nothing else states', async () => {
  const og = (name: string, content: string) =>
    `<meta property="${name}" content="${content}">`
  const { item } = await readPageOf({
    title: 'Lamp',
    head:
      og('og:type', 'product') +
      og('og:image', 'https://cdn.example/lamp.png') +
      og('og:image:width', '640') +
      og('og:image:height', '480') +
      og('product:price:amount', '15.00') +
      og('product:price:currency', 'GBP') +
      og('article:tag', 'Light'),
  })
  expect(item).toMatchObject({
    image: 'https://cdn.example/lamp.png',
    imageSize: { width: 640, height: 480 },
    price: 15,
    currency: 'GBP',
    genres: ['Light'],
  })
})

test('what the owner writes for Hearth comes before all else', async () => {
  const { item, body } = await readPageOf({
    title: 'A long title for search engines',
    body: `<div data-hearth-body><h2 data-hearth-title>Short</h2><p>Kept text.</p>
      <p data-hearth-ignore>Left out text.</p>
      <b data-hearth-attribute="price">9.90 EUR</b>
      <span data-hearth-attribute="tags:Garden"></span><span data-hearth-attribute="tags">Wood</span>
      <i data-hearth-attribute="level:easy, really">…</i></div><p>Outside.</p>`,
    html: 'lang="en" data-hearth-id="42"',
  })
  // without a body of their own the other pages are left out
  expect(item).toMatchObject({
    id: '42',
    title: 'Short',
    price: 9.9,
    currency: 'EUR',
    genres: ['Garden', 'Wood'],
  })
  expect(body).toContain('Kept text.')
  expect(body).not.toMatch(/Left out|Outside/)
})

test('Pagefind’s attributes mean the same', async () => {
  const { item, body } = await readPageOf({
    title: 'A page',
    body: `<div data-pagefind-body><h2 data-pagefind-meta="title">From Pagefind</h2>
      <img src="/p.png" data-pagefind-meta="image[src]"><span data-pagefind-filter="tags">Oak</span>
      <p data-pagefind-ignore>No.</p><p>Yes.</p></div>`,
  })
  expect(item).toMatchObject({
    title: 'From Pagefind',
    image: '/p.png',
    genres: ['Oak'],
  })
  expect(body).toBe('From Pagefind Oak Yes.')
})

test('pages that are no items are left out, and the report gives why', async () => {
  const list = Array.from(
    { length: 6 },
    (_, i) => `<li><a href="/p${i}">Post ${i} of many</a></li>`,
  )
  const { ids, report } = await readSiteOf({
    'index.html': pageOf({ title: 'Start' }),
    'a.html': pageOf({ title: 'First' }),
    'b.html': pageOf({ title: 'Second' }),
    'secret.html': pageOf({ head: '<meta name="robots" content="noindex, follow">' }),
    'mine.html': pageOf({ html: 'data-hearth-ignore' }),
    'old.html': pageOf({
      head: '<meta http-equiv="refresh" content="0; url=/a.html">',
    }),
    '404.html': pageOf({ title: 'Not found' }),
    'tags/oak/index.html': pageOf({ title: 'Oak' }),
    'all.html': pageOf({ title: 'All', body: `<ul>${list.join('')}</ul>` }),
    'privacy.html': pageOf({ title: 'Privacy' }),
    'a-copy.html': pageOf({
      title: 'First',
      head: '<link rel="canonical" href="/a.html">',
    }),
    '_layouts/base.html': '---\nlayout: none\n---\n<html>{{ content }}</html>',
    'node_modules/x/readme.html': pageOf({ title: 'Of a package' }),
  })
  expect(ids).toEqual(['/a.html', '/b.html'])
  expect(report).toMatchObject({ rowsRead: 12, rowsKept: 2, unit: 'page' })
  expect(report.notes).toEqual([
    '1 page left out, shown for errors (404.html)',
    '1 page left out, not built yet (templates) (_layouts/base.html)',
    '1 page left out, marked data-hearth-ignore (mine.html)',
    '1 page left out, leading elsewhere at once (old.html)',
    '1 page left out, marked noindex (secret.html)',
    '1 page left out, naming another page as the original (a-copy.html)',
    '3 pages left out, listing other pages (all.html, …); --all-pages keeps them',
    '1 page left out, about the site itself (cart, contact, privacy, …) (privacy.html); --all-pages keeps it',
  ])
})

test('all pages are kept where the owner wants them', async () => {
  const { ids } = await readSiteOf(
    {
      'index.html': pageOf({ title: 'Start' }),
      'tags/oak.html': pageOf({ title: 'Oak' }),
    },
    { allPages: true },
  )
  expect(ids).toEqual(['/', '/tags/oak.html'])
})

test('a description and a picture that many pages share are the site’s own', async () => {
  const shared =
    '<meta name="description" content="The best site about trees"><meta property="og:image" content="/card.png">'
  const { items } = await readSiteOf(
    Object.fromEntries(
      ['Oak', 'Elm', 'Ash', 'Fir'].map((title) => [
        `${title}.html`,
        pageOf({ title, head: shared }),
      ]),
    ),
  )
  expect(items.map(({ image }) => image)).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ])
  expect(items.find(({ title }) => title === 'Elm')?.description).toMatch(
    /^This is the first paragraph of Elm\./,
  )
})

test('a block of text that most pages have is furniture', async () => {
  const { bodies } = await readSiteOf(
    Object.fromEntries(
      ['Oak', 'Elm', 'Ash', 'Fir'].map((title) => [
        `${title}.html`,
        pageOf({
          title,
          body: `<div>Read on with our other guides to wood</div><p>Only ${title}.</p>`,
        }),
      ]),
    ),
  )
  expect(bodies).toEqual(['Only Ash.', 'Only Elm.', 'Only Fir.', 'Only Oak.'])
})

test('the languages of a page share a group', async () => {
  const alternates = ['en', 'de']
    .map(
      (language) =>
        `<link rel="alternate" hreflang="${language}" href="https://trees.example/${language}/oak.html">`,
    )
    .join('')
  const { byId } = await readSiteOf({
    'en/oak.html': pageOf({
      title: 'Oak',
      head: `${alternates}<link rel="canonical" href="https://trees.example/en/oak.html">`,
    }),
    'de/oak.html': pageOf({
      title: 'Eiche',
      html: 'lang="de"',
      head: `${alternates}<link rel="canonical" href="https://trees.example/de/oak.html">`,
    }),
    'en/elm.html': pageOf({
      title: 'Elm',
      head: '<link rel="canonical" href="https://trees.example/en/elm.html">',
    }),
  })
  expect(byId['/en/oak.html']?.group).toBe('/de/oak.html')
  expect(byId['/de/oak.html']?.group).toBe('/de/oak.html')
  expect(byId['/en/elm.html']).not.toHaveProperty('group')
})

test('a picture in the folder is measured', async () => {
  // a GIF of 300 × 200, as far as a reader of sizes goes
  const gif = Buffer.from('4749463839612c01c800000000', 'hex')
  const { byId } = await readSiteOf({
    'a/oak.html': pageOf({
      title: 'Oak',
      body: '<img src="../img/oak.gif"><p>Text of the page.</p>',
    }),
    'b.html': pageOf({ title: 'B' }),
    'img/oak.gif': gif,
  })
  expect(byId['/a/oak.html']).toMatchObject({
    image: '/img/oak.gif',
    imageSize: { width: 300, height: 200 },
  })
})

test('a sitemap that covers the site leaves out what it does not list', async () => {
  const { ids, report } = await readSiteOf({
    'a.html': pageOf({ title: 'A' }),
    'b/index.html': pageOf({ title: 'B' }),
    'draft.html': pageOf({ title: 'Draft' }),
    'sitemap.xml':
      '<?xml version="1.0"?><sitemapindex><sitemap><loc>https://trees.example/sitemap-1.xml</loc></sitemap></sitemapindex>',
    'sitemap-1.xml':
      '<urlset><url><loc>https://trees.example/a</loc><lastmod>2024-01-02</lastmod></url><url><loc>https://trees.example/b/</loc></url></urlset>',
  })
  expect(ids).toEqual(['/a.html', '/b/'])
  expect(report.notes).toEqual([
    '1 page left out, not in the sitemap (draft.html); --all-pages keeps it',
  ])
})

test('a sitemap shows the path that a site is served under', async () => {
  const { ids } = await readSiteOf({
    'a.html': pageOf({ title: 'A' }),
    'b/index.html': pageOf({ title: 'B' }),
    'sitemap.xml':
      '<urlset><url><loc>https://t.example/wood/</loc></url><url><loc>https://t.example/wood/a.html</loc></url><url><loc>https://t.example/wood/b/</loc></url></urlset>',
  })
  expect(ids).toEqual(['/wood/a.html', '/wood/b/'])
})

test('a sitemap alone stands for the pages beside it, or is refused', async () => {
  const sitemap =
    '<?xml version="1.0"?>\n<urlset><url><loc>https://t.example/a</loc></url></urlset>'
  const whole = siteOf({ 'a.html': pageOf({ title: 'A' }), 'sitemap.xml': sitemap })
  const { items } = await readItems(`${whole.path}/sitemap.xml`)
  expect(items.map(({ id }) => id)).toEqual(['/a.html'])
  const alone = siteOf({ 'sitemap.xml': sitemap })
  await expect(readItems(`${alone.path}/sitemap.xml`)).rejects.toThrow(
    'a sitemap lists addresses, not items. Give the folder of the built site.',
  )
})

test('a folder without pages is refused by what it holds', async () => {
  await expect(readItems(siteOf({ 'x.txt': 'x' }).path)).rejects.toThrow(
    /found no HTML and no Markdown/,
  )
  await expect(
    readItems(siteOf({ 'items.csv': 'id,title\n1,A' }).path),
  ).rejects.toThrow(/it holds a table \(items\.csv\)\. Name the file itself/)
  const hidden = {
    'a.html': pageOf({ head: '<meta name="robots" content="noindex">' }),
  }
  await expect(readItems(siteOf(hidden).path)).rejects.toThrow(
    /read 1 page and could use none \(1 page left out, marked noindex \(a\.html\)\)/,
  )
})
