import { expect, test } from 'vitest'
import { readItems } from '../../read-items.ts'
import { readSiteOf, siteOf } from './site.test-data.ts'

const TEXT =
  'Oaks grow slowly, but those who wait for them are seldom disappointed by them.'

/** A Markdown page with YAML before it. */
const note = (front: string, text = TEXT) => `---\n${front}\n---\n\n${text}\n`

test('front matter in YAML gives an item’s fields, and its other keys columns', async () => {
  const { items, bodies, attributes } = await readSiteOf({
    'oak.md': note(
      'title: "The oak: a tree"\ndate: 2024-03-05T10:00:00+01:00\ntags: [Wood, Slow growth]\n' +
        'categories: Trees\nauthor: Ada Wood\ncover: /img/oak.jpg\nlang: en\ndifficulty: easy\nlayout: post',
      `${TEXT}\n\n\`\`\`js\nlet code\n\`\`\`\n\nSee [the elm](/elm) and **more**.`,
    ),
    'elm.md': note('title: Elm'),
  })
  expect(items.find(({ id }) => id === '/oak/')).toEqual({
    id: '/oak/',
    title: 'The oak: a tree',
    authors: ['Ada Wood'],
    year: 2024,
    genres: ['Trees', 'Wood', 'Slow growth'],
    url: '/oak/',
    image: '/img/oak.jpg',
    description: TEXT,
    language: 'en',
    published: '2024-03-05',
  })
  expect(bodies?.[1]).toBe(`${TEXT} See the elm and more.`)
  // neither the slug, which addresses alone need
  expect(attributes).toEqual([
    { name: 'difficulty', type: 'category', values: [undefined, 'easy'] },
  ])
})

test('TOML, JSON and plain constants stand before the text too', async () => {
  const { byId } = await readSiteOf({
    'a.md': `+++\ntitle = "In TOML"\ndate = 2024-01-02\ntags = ["x"]\n+++\n${TEXT}`,
    'b.md': `{\n  "title": "In JSON",\n  "tags": ["y"]\n}\n${TEXT}`,
    'c.md': `---js\nconst title = "In JavaScript";\nconst date = '2023-01-23';\n---\n${TEXT}`,
    'd.md': `# From its heading\n\n${TEXT}`,
    'e-fine-day.md': TEXT,
  })
  expect(byId).toMatchObject({
    '/a/': { title: 'In TOML', published: '2024-01-02', genres: ['x'] },
    '/b/': { title: 'In JSON', genres: ['y'] },
    '/c/': { title: 'In JavaScript', published: '2023-01-23' },
    '/d/': { title: 'From its heading', description: TEXT },
    '/e-fine-day/': { title: 'E fine day' },
  })
})

test('drafts, sections and files of the repository are left out and counted', async () => {
  const { ids, report } = await readSiteOf({
    'README.md': '# A repository',
    'posts/_index.md': note('title: Posts'),
    'posts/a.md': note('title: A'),
    'posts/b.md': note('title: B\ndraft: true'),
    'posts/c.md': note('title: C\npublished: false'),
    'posts/d.md': note('title: D\nnoindex: true'),
    'posts/e.md': note('title: E\npermalink: false'),
  })
  expect(ids).toEqual(['/posts/a/'])
  expect(report.rowsRead).toBe(7)
  expect(report.notes).toEqual([
    'no site generator is known here, so addresses are guessed from paths: posts/a.md is /posts/a/; others: --url "/blog/{slug}/"',
    '1 page left out, about the repository (README, LICENSE, …) (README.md)',
    '1 page left out, heading a section (posts/_index.md)',
    '2 pages left out, marked as drafts (posts/b.md, …)',
    '1 page left out, marked noindex (posts/d.md)',
    '1 page left out, without an address of their own (posts/e.md)',
  ])
})

const GENERATORS: readonly [string, Record<string, string>, Record<string, string>][] =
  [
    [
      'Jekyll with its usual addresses',
      { '_config.yml': 'title: Blog' },
      {
        '_posts/2020-01-02-an-oak.md': '/2020/01/02/an-oak.html',
        'wood/_posts/2020-01-03-elm.md': '/wood/2020/01/03/elm.html',
        'about.md': '/about.html',
      },
    ],
    [
      'Jekyll with pretty addresses under a path',
      { '_config.yml': 'permalink: pretty\nbaseurl: /blog' },
      {
        '_posts/2020-01-02-an-oak.md': '/blog/2020/01/02/an-oak/',
        'about.md': '/blog/about/',
      },
    ],
    [
      'Jekyll with a form of its own',
      { '_config.yml': 'permalink: /:categories/:title/' },
      { '_posts/2020-01-02-an-oak.md': '/an-oak/' },
    ],
    [
      'Hugo',
      {
        'hugo.toml':
          'baseURL = "https://t.example/site/"\n[permalinks]\nnews = "/:year/:month/:slug/"',
      },
      {
        'content/posts/An Oak.md': '/site/posts/an-oak/',
        'content/posts/elm/index.md': '/site/posts/elm/',
        'content/posts/elm/index.fr.md': '/site/fr/posts/elm/',
        'content/news/fall.md': '/site/2024/03/fall/',
      },
    ],
    [
      'Eleventy',
      { 'eleventy.config.js': 'export default () => ({ dir: { input: "content" } })' },
      {
        'content/blog/2020-01-02-oak.md': '/blog/oak/',
        'content/blog/elm/elm.md': '/blog/elm/',
        'content/about.md': '/about/',
      },
    ],
    [
      'Astro',
      { 'astro.config.mjs': '' },
      { 'src/content/blog/oak.mdx': '/blog/oak/', 'src/pages/about.md': '/about/' },
    ],
    [
      'Docusaurus',
      { 'docusaurus.config.js': "module.exports = { baseUrl: '/t/' }" },
      {
        'docs/intro.md': '/t/docs/intro',
        'docs/02-guides/01-oak.mdx': '/t/docs/guides/oak',
        'blog/2020-01-02-oak.md': '/t/blog/2020/01/02/oak',
      },
    ],
    [
      'MkDocs',
      { 'mkdocs.yml': 'site_name: T' },
      { 'docs/guide/oak.md': '/guide/oak/' },
    ],
    ['Gatsby', { 'gatsby-config.js': '' }, { 'content/blog/oak/index.md': '/oak/' }],
  ]

test.each(GENERATORS)('%s gives the addresses', async (name, config, addresses) => {
  const pages = Object.keys(addresses).map((file) => [
    file,
    note(`title: "${file}"\ndate: 2024-03-05`),
  ])
  const dated = /jekyll/i.test(name)
    ? pages.map(([file]) => [file, note(`title: "${file}"`)])
    : pages
  const { items, report } = await readSiteOf({
    ...config,
    ...Object.fromEntries(dated),
  })
  expect(Object.fromEntries(items.map(({ title, url }) => [title, url]))).toEqual(
    addresses,
  )
  expect(report.notes?.[0]).toMatch(
    new RegExp(`^addresses by the rules of ${name.split(' ')[0]} `),
  )
})

test('a part of a project is read by the rules of the whole', async () => {
  const folder = siteOf({ 'hugo.toml': '', 'content/posts/oak.md': note('title: Oak') })
  const { items } = await readItems(`${folder.path}/content/posts`)
  expect(items.map(({ url }) => url)).toEqual(['/posts/oak/'])
})

test('a page’s own address counts before its generator’s rules, the owner’s before both', async () => {
  const files = {
    'hugo.toml': '',
    'content/a.md': note('title: A\nurl: /own/place/'),
    'content/b.md': note('title: B\nslug: bee'),
  }
  const { ids } = await readSiteOf(files)
  expect(ids).toEqual(['/own/place/', '/bee/'])
  const { items } = await readItems(siteOf(files).path, { url: '/w/{slug}/' })
  expect(items.map(({ url }) => url)).toEqual(['/w/a/', '/w/bee/'])
})

test('what a generator or MDX puts into the text is not text', async () => {
  const { bodies } = await readSiteOf({
    'hugo.toml': '',
    'content/a.md': note(
      'title: A',
      'Before {{< figure src="a.jpg" >}} and {{% note %}}after{{% /note %}}.',
    ),
    'content/b.mdx': note(
      'title: B',
      'import X from "./x"\n\n<X client:load value={1}>Inside</X> {props.name} after.',
    ),
    'content/c.md': note(
      'title: C',
      '{% highlight js %}\nlet a\n{% endhighlight %}\nOnly [[Elm|the elm]] {: .big}',
    ),
  })
  expect(bodies).toEqual(['Before and after .', 'Inside after.', 'Only the elm'])
})

test('front matter that does not parse is counted with its line, and the text kept', async () => {
  const { items, report } = await readSiteOf({
    'a.md': `---\ntitle: A\ntags: [x\n---\n# Still here\n\n${TEXT}`,
    'b.md': `+++\ntitle = "B"\nbad =\n+++\n# Also here\n\n${TEXT}`,
    'bomb.md': note(
      `title: Bomb\na: &a [${'x,'.repeat(9)}x]\nb: &b [${'*a,'.repeat(9)}*a]\nc: &c [${'*b,'.repeat(9)}*b]\nd: [${'*c,'.repeat(9)}*c]`,
      `# Bomb\n\n${TEXT}`,
    ),
  })
  expect(items.map(({ title }) => title)).toEqual(['Still here', 'Also here', 'Bomb'])
  expect(report.warnings.map(({ what, count }) => [what, count])).toEqual([
    ['front matter that is not YAML: left out', 2],
    ['front matter that is not TOML: left out', 1],
  ])
  expect(report.warnings[1]?.files).toEqual(['b.md, line 3'])
})

test('of HTML and Markdown the greater part is read, and the other is named', async () => {
  const html = '<title>T</title><body><h1>Page</h1><p>Text of the page.</p></body>'
  const built = await readSiteOf({ 'a.html': html, 'b.html': html, 'notes.md': TEXT })
  expect(built.ids).toEqual(['/a.html', '/b.html'])
  expect(built.report.notes).toContain('its HTML is read; its 1 Markdown file is not')
  const source = await readSiteOf({
    'x.html': html,
    'a.md': note('title: A'),
    'b.md': note('title: B'),
  })
  expect(source.ids).toEqual(['/a/', '/b/'])
  expect(source.report.notes).toContain('its Markdown is read; its 1 HTML file is not')
})

test('a picture that only the built site has an address for is left out', async () => {
  const { items, report } = await readSiteOf({
    'astro.config.mjs': '',
    'src/content/blog/a.md': note('title: A\nheroImage: ../../assets/a.jpg'),
    'src/content/blog/b.md': note('title: B\nheroImage: /b.jpg'),
  })
  expect(items.map(({ image }) => image)).toEqual([undefined, '/b.jpg'])
  expect(report.notes).toContain(
    '1 picture left out, as its address is made when the site is built (give the built site instead)',
  )
})
