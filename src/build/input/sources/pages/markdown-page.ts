/** A Markdown file with front matter → what it states, as of a page of HTML. */
import { basename } from 'node:path'
import { marked } from 'marked'
import { type FrontMatter, readFrontMatter } from './front-matter.ts'
import { oneLine, parseHtml } from './html-document.ts'
import { readContent } from './page-content.ts'
import type { PageFacts, PageImage } from './page-facts.ts'
import type { ReadPage, Reason } from './read-page.ts'
import { isThing, own } from './structured-data.ts'

export interface ReadMarkdown {
  readonly front: FrontMatter
  readonly page: ReadPage
  /** Nested too deeply to be read as Markdown: its text was taken as it is. */
  readonly isPlain: boolean
}

/** @param url where the page will be; undefined for a file that becomes none */
export function readMarkdown(
  file: string,
  text: string,
  addressOf: (front: FrontMatter) => string | undefined,
): ReadMarkdown {
  const front = readFrontMatter(text)
  const { html, isPlain } = toHtml(withoutTemplates(front.text, /\.mdx$/i.test(file)))
  const content = readContent(parseHtml(html), [])
  const url = addressOf(front)
  const facts = factsOf(front, file)
  const title = facts.title ?? content.heading ?? titleOfFile(file)
  const reason = reasonOf(file, front, {
    url,
    hasText: content.blocks.length > 0 || facts.title !== undefined,
  })
  return {
    front,
    isPlain,
    page: {
      file,
      stated: [{ ...facts, title }],
      head: {
        facts: {},
        titles: [],
        isHidden: false,
        isRedirect: false,
        alternates: [],
      },
      weak: {},
      content: { ...content, isList: false },
      hasBody: false,
      isThing: true,
      isList: false,
      brokenLines: [],
      isCut: false,
      ...(url !== undefined && { url }),
      ...(reason && { reason }),
    },
  }
}

function toHtml(text: string): { readonly html: string; readonly isPlain: boolean } {
  try {
    const html = marked.parse(text, { async: false, gfm: true, silent: true })
    return { html, isPlain: false }
  } catch {
    // quotes within quotes, thousands deep: the parser's stack ends
    const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
    return { html: `<p>${escaped}</p>`, isPlain: true }
  }
}

/** Characters of a text that are read: its start is enough, whatever comes then. */
const MAX_MARKDOWN = 20_000
/** Of a line: Markdown's rules are slow on lines that no one would write. */
const MAX_LINE = 4000

/** What a generator or MDX puts in or takes out before it is Markdown. */
const TEMPLATES: readonly [RegExp, string][] = [
  [/^((?:[ \t]*>){8})(?:[ \t]*>)+/gm, '$1'], // quotes and lists within each other without end
  [
    /^((?:[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+){8})(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)+/gm,
    '$1',
  ],
  [/[[\]`*_~<]{8,}/g, ' '],
  [/\{\{[<%][^}]{0,1000}\}\}/g, ' '], // Hugo's shortcodes
  [/\{%[^}]{0,500}%\}/g, ' '], // Liquid, Nunjucks
  [/\{\{[^}]{0,500}\}\}/g, ' '],
  [/\{:[^}\n]{0,200}\}/g, ''], // attribute lists of kramdown
  [/^:{3,}.*$/gm, ''], // asides of Docusaurus and VitePress
  [/!\[\[[^\][\n]{0,200}\]\]/g, ' '], // Obsidian's embedded files
  [/\[\[(?:[^\][|\n]{0,200}\|)?([^\][|\n]{0,200})\]\]/g, '$1'], // and links
  [/^([ \t]*>[ \t]*)\[![\w-]{1,30}\][+-]?/gm, '$1'], // callouts
]
const MDX: readonly [RegExp, string][] = [
  [/\{\/\*[^*]{0,2000}\*\/\}/g, ''],
  [/=\{[^{}\n]{0,500}\}/g, '=""'],
  [/\{[^{}\n]{0,300}\}/g, ' '],
]

function withoutTemplates(text: string, isMdx: boolean): string {
  const rules = isMdx ? [...MDX, ...TEMPLATES] : TEMPLATES
  const start = withoutCode(text.slice(0, 4 * MAX_MARKDOWN), isMdx)
  return rules.reduce(
    (left, [pattern, by]) => left.replace(pattern, by),
    start.slice(0, MAX_MARKDOWN),
  )
}

const FENCE = /^[ \t]{0,12}(`{3,}|~{3,})/
const CODE_TAG = /^[ \t]{0,12}\{%-?\s{0,9}(end)?(?:highlight|raw|comment)\b/

/** Code is no part of a page's text, and may hold what looks like a template. */
function withoutCode(text: string, isMdx: boolean): string {
  const kept: string[] = []
  let fence: string | undefined
  let isTagOpen = false
  for (const line of text.split('\n')) {
    const found = FENCE.exec(line)?.[1]
    const tag = CODE_TAG.exec(line)
    if (fence !== undefined) {
      if (found?.startsWith(fence) && line.trim() === found) fence = undefined
    } else if (isTagOpen || tag) {
      const closes = /%\}.{0,2000}\{%-?\s{0,9}end/.test(line.slice(0, MAX_LINE))
      isTagOpen = tag ? tag[1] === undefined && !closes : isTagOpen
    } else if (found !== undefined) {
      fence = found.slice(0, 3)
    } else if (!(isMdx && /^(?:import|export)\s/.test(line))) {
      kept.push(line.slice(0, MAX_LINE))
    }
  }
  return kept.join('\n')
}

/** `2020-01-02-a-fine-day.md` → a fine day */
function titleOfFile(file: string): string {
  const parts = file.split('/')
  const stem = basename(file).replace(/\.\w+$/, '')
  const name = /^(?:index|readme)$/i.test(stem) ? (parts.at(-2) ?? stem) : stem
  const words = oneLine(name.replace(/^\d{4}-\d\d?-\d\d?-/, '').replace(/[-_]+/g, ' '))
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** Files of a repository, and of tools, that are no pages. */
const OF_REPOSITORY =
  /^(?:readme|licen[cs]e|changelog|changes|history|contributing|contributors|code_of_conduct|security|authors|support|governance|maintainers|agents|claude|todo|copying|notice|pull_request_template|summary)(?:[.-][\w-]+)*\.(?:md|markdown)$/i

interface Signs {
  readonly url: string | undefined
  readonly hasText: boolean
}

function reasonOf(
  file: string,
  { values }: FrontMatter,
  { url, hasText }: Signs,
): Reason | undefined {
  const name = basename(file)
  const isTop = !file.includes('/')
  if (
    OF_REPOSITORY.test(name) &&
    (isTop ||
      !/^(?:readme|history|support|todo|summary|security|authors|changes|notice)\b/i.test(
        name,
      ))
  )
    return 'of the repository'
  if (
    isTrue(values.get('draft')) ||
    values.get('published') === false ||
    values.get('publish') === false
  )
    return 'draft'
  if (/^_index\./.test(name) || (isTop && /^index\.\w+$/.test(name))) return 'section'
  if (/^(?:(?:content|src|pages|docs)\/){0,2}404\.\w+$/.test(file)) return 'error page'
  if (
    isTrue(values.get('noindex')) ||
    /noindex/.test(String(values.get('robots') ?? ''))
  ) {
    return 'noindex'
  }
  if (url === undefined) return 'no page'
  return hasText ? undefined : 'empty'
}

function isTrue(value: unknown): boolean {
  return (
    value === true || (typeof value === 'string' && /^(?:true|yes|1)$/i.test(value))
  )
}

// Front matter under all the names that generators and their themes have for a field.

const NAMES = {
  title: ['title'],
  description: [
    'description',
    'summary',
    'excerpt',
    'abstract',
    'subtitle',
    'tagline',
    'desc',
  ],
  published: [
    'date',
    'pubdate',
    'publishdate',
    'published_at',
    'publishedat',
    'published',
    'datepublished',
    'created',
    'created_at',
  ],
  modified: [
    'lastmod',
    'updated',
    'updateddate',
    'modified',
    'last_modified_at',
    'updated_at',
    'updatedat',
    'last_updated',
    'lastupdated',
  ],
  authors: ['authors', 'author', 'by', 'writer'],
  image: [
    'image',
    'cover',
    'heroimage',
    'cover_image',
    'coverimage',
    'thumbnail',
    'thumb',
    'banner',
    'featured_image',
    'featuredimage',
    'feature_image',
    'ogimage',
    'og_image',
    'hero',
    'images',
    'header',
    'photo',
    'poster',
    'img',
    'socialimage',
  ],
  language: ['lang', 'language', 'locale'],
  series: ['series'],
  price: ['price'],
  currency: ['currency'],
  available: ['available', 'availability', 'in_stock', 'instock'],
} as const
const TAGS = [
  'categories',
  'category',
  'tags',
  'tag',
  'keywords',
  'topics',
  'genres',
  'genre',
  'section',
]
/** Keys that steer a generator and state nothing of the page. */
const STEERING = new Set(
  (
    'layout permalink slug url aliases alias redirect_from redirect_to draft published publish publishdate template ' +
    'templateengineoverride eleventynavigation eleventyexcludefromcollections eleventycomputed pagination menu menus nav ' +
    'nav_order parent grand_parent has_children sidebar sidebar_position sidebar_label sidebar_class_name sidebardepth ' +
    'toc comments comment math mathjax katex mermaid weight linktitle cascade outputs build params sitemap robots ' +
    'hide_table_of_contents hide_title pagination_label pagination_next pagination_prev custom_edit_url displayed_sidebar ' +
    'id uuid head script scripts css style classes class cssclasses cssclass editlink prev next outline pagetitle ' +
    'headless noindex markup resources isfunctionormethod date type kind'
  ).split(' '),
)

function factsOf({ values }: FrontMatter, file: string): PageFacts {
  const byKey = new Map([...values].map(([key, value]) => [key.toLowerCase(), value]))
  const used = new Set<string>(TAGS)
  const get = (field: keyof typeof NAMES): unknown => {
    for (const name of NAMES[field]) {
      used.add(name)
      const value = byKey.get(name)
      if (
        value !== undefined &&
        value !== null &&
        value !== '' &&
        typeof value !== 'boolean'
      )
        return value
    }
    return undefined
  }
  const tags = TAGS.flatMap((name) => textsOf(byKey.get(name), name))
  const image = imageIn(get('image'))
  const dated = /(?:^|\/)(\d{4}-\d\d?-\d\d?)-[^/]*$/.exec(file)?.[1]
  const facts = {
    title: textOf(get('title')),
    description: textOf(get('description')),
    published: textOf(get('published')) ?? dated,
    modified: textOf(get('modified')),
    authors: textsOf(get('authors'), 'authors'),
    image,
    language: textOf(get('language')),
    series: textsOf(get('series'), 'series')[0],
    price: get('price'),
    currency: textOf(get('currency')),
    available: byKey.get('available') ?? byKey.get('in_stock') ?? get('available'),
    tags: tags.length > 0 ? tags : foldersOf(file),
  }
  for (const names of Object.values(NAMES)) for (const name of names) used.add(name)
  const others = new Map<string, unknown>([['slug', slugOf(file, byKey)]])
  for (const [key, value] of values) {
    const name = key.toLowerCase()
    if (used.has(name) || STEERING.has(name)) continue
    const kept = plainValue(value)
    if (kept !== undefined) others.set(key, kept)
  }
  const kept = Object.entries(facts).filter(([, value]) => value !== undefined)
  return { ...Object.fromEntries(kept), others }
}

function slugOf(file: string, values: ReadonlyMap<string, unknown>): string {
  const slug = textOf(values.get('slug'))
  const parts = file.split('/')
  const stem = parts
    .at(-1)!
    .replace(/\.\w+$/, '')
    .replace(/^\d{4}-\d\d?-\d\d?-/, '')
  return slug ?? (/^(?:index|readme)$/i.test(stem) ? (parts.at(-2) ?? stem) : stem)
}

/** Folders whose names state a topic, where nothing else does. */
const GENERIC_FOLDER =
  /^(?:_?posts?|blog|content|articles?|docs?|documentation|pages?|src|notes?|source|site|en|zh|zh-cn|de|fr|es|ja|ru|pt|\d+|_\w+)$/i

function foldersOf(file: string): string[] {
  const folders = file.split('/').slice(0, -1)
  const isBundle = /^(?:index|readme)\.\w+$/i.test(basename(file))
  const named = isBundle ? folders.slice(0, -1) : folders
  return named
    .filter((name) => !GENERIC_FOLDER.test(name) && !name.includes('.'))
    .map((name) => name.replace(/[-_]+/g, ' '))
}

function textOf(value: unknown): string | undefined {
  if (value instanceof Date)
    return Number.isNaN(value.getTime()) ? undefined : value.toISOString()
  if (typeof value === 'number') return String(value)
  if (Array.isArray(value)) return textOf(value[0])
  if (typeof value !== 'string') return undefined
  const text = oneLine(value)
  return text === '' ? undefined : text
}

/** A list, a text of several, or objects with names; Jekyll separates tags by spaces. */
function textsOf(value: unknown, name: string): string[] {
  if (Array.isArray(value)) {
    return value.flatMap((one) =>
      isThing(one)
        ? (textOf(own(one, 'name') ?? own(one, 'title')) ?? [])
        : (textOf(one) ?? []),
    )
  }
  if (isThing(value)) return textsOf([value], name)
  const text = textOf(value)
  if (text === undefined) return []
  if (name === 'category' || name === 'section' || name === 'series') return [text]
  const parts = text.split(/[,，;、]/)
  const isSpaced = parts.length === 1 && (name === 'tags' || name === 'categories')
  return (isSpaced ? text.split(/\s+/) : parts).map(oneLine).filter((one) => one !== '')
}

function imageIn(value: unknown): PageImage | undefined {
  const [first] = [value].flat()
  if (isThing(first)) {
    const inner = ['src', 'url', 'image', 'teaser', 'path', 'relative'].map((name) =>
      own(first, name),
    )
    return imageIn(inner.find((one) => typeof one === 'string'))
  }
  return typeof first === 'string' && first.trim() !== ''
    ? { src: first.trim() }
    : undefined
}

/** What a column can hold. */
function plainValue(value: unknown): unknown {
  if (Array.isArray(value)) {
    const list = value.filter(
      (one) => typeof one === 'string' || typeof one === 'number',
    )
    return list.length === 0 ? undefined : list
  }
  if (value instanceof Date) return textOf(value)
  return ['string', 'number', 'boolean'].includes(typeof value) ? value : undefined
}
