/** The address that each site generator gives a Markdown file. */
import { basename } from 'node:path'

export interface MarkdownFile {
  /** Path from the project's folder, with `/` between names. */
  readonly file: string
  readonly values: ReadonlyMap<string, unknown>
}

export interface Settings {
  /** Path the site is served under: `/docs`, or ''. */
  readonly base: string
  /** Folder of the content. */
  readonly input?: string
  /** Form of addresses: Jekyll's style, Hugo's by section. */
  readonly permalinks: ReadonlyMap<string, string>
}

export function encoded(path: string): string {
  return path
    .split('/')
    .map((name) => encodeURIComponent(decoded(name)))
    .join('/')
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name)
  } catch {
    return name // a `%` that encodes nothing stands for itself
  }
}

export function textAt({ values }: MarkdownFile, name: string): string | undefined {
  const value = values.get(name)
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined
}

const ENDING = /\.(?:md|mdx|markdown|mdown|mkd)$/i
const DATED = /^(\d{4})-(\d\d?)-(\d\d?)-(.+)$/

function withoutEnding(file: string): string {
  return file.replace(ENDING, '')
}

/** `a/b.md` → `/a/b/`, `a/index.md` and `a/README.md` → `/a/` */
function folderPath(path: string): string {
  const plain = withoutEnding(path).replace(/(^|\/)(?:index|readme)$/i, '$1')
  return `/${plain}${plain === '' || plain.endsWith('/') ? '' : '/'}`
}

export function plainPath({ file }: MarkdownFile): string {
  return folderPath(file)
}

export function hugo(
  page: MarkdownFile,
  { input = 'content', permalinks }: Settings,
): string | undefined {
  const inside = under(page.file, input)
  if (inside === undefined || basename(inside).startsWith('_index.')) return undefined
  const [, stem = '', language] =
    /^(.*?)(?:\.([a-z]{2}(?:-[a-z]{2})?))?$/i.exec(withoutEnding(inside)) ?? []
  const path = stem.replace(/(^|\/)index$/, '')
  const section = path.includes('/') ? path.split('/')[0]! : ''
  const name = basename(path)
  const form = permalinks.get(section)
  const slug = textAt(page, 'slug')
  const own =
    slug === undefined ? path : [...path.split('/').slice(0, -1), slug].join('/')
  const address =
    form === undefined ? `/${urlized(own)}/` : fill(form, page, name, urlized)
  return (
    (language ? `/${language.toLowerCase()}` : '') + address.replace(/\/{2,}/g, '/')
  )
}

/** As Hugo writes names in addresses. */
function urlized(path: string): string {
  return path
    .toLowerCase()
    .replace(/\s+/g, '-')
    .replace(/[?#&'"]/g, '')
}

/** Jekyll's named styles. */
const JEKYLL_STYLES: Readonly<Record<string, string>> = {
  date: '/:categories/:year/:month/:day/:title.html',
  pretty: '/:categories/:year/:month/:day/:title/',
  ordinal: '/:categories/:year/:y_day/:title.html',
  none: '/:categories/:title.html',
}

export function jekyll(
  page: MarkdownFile,
  { permalinks }: Settings,
): string | undefined {
  const style = permalinks.get('') ?? 'date'
  const folders = page.file.split('/')
  const at = folders.indexOf('_posts')
  if (at < 0) {
    // collections are pages only where they are set up to be
    if (folders.some((name) => name.startsWith('_'))) return undefined
    const isPretty = style === 'pretty' || style.endsWith('/')
    const path = withoutEnding(page.file).replace(/(^|\/)(?:index|readme)$/i, '$1')
    if (path === '' || path.endsWith('/')) return `/${path}`
    return isPretty ? `/${path}/` : `/${path}.html`
  }
  const form = Object.hasOwn(JEKYLL_STYLES, style) ? JEKYLL_STYLES[style]! : style
  if (form.includes(':y_day')) return undefined
  return fill(form, page, basename(page.file), (name) => name, folders.slice(0, at))
}

export function eleventy(page: MarkdownFile, { input }: Settings): string | undefined {
  const inside = input === undefined ? page.file : under(page.file, input)
  if (inside === undefined) return undefined
  const names = withoutEnding(
    input === undefined ? inside.replace(/^(?:content|src)\//, '') : inside,
  ).split('/')
  const name = names.at(-1)!.replace(DATED, '$4')
  const above = names.slice(0, -1)
  // a file named as its folder is that folder's page
  if (name === 'index' || name === above.at(-1))
    return `/${above.map((one) => `${one}/`).join('')}`
  return `/${[...above, name].join('/')}/`
}

export function astro(page: MarkdownFile): string | undefined {
  const slug = textAt(page, 'slug')
  const inside =
    under(page.file, 'src/content/docs') ??
    under(page.file, 'src/content') ??
    under(page.file, 'src/pages') ??
    under(page.file, 'src')
  if (inside === undefined || inside.split('/').some((name) => name.startsWith('_')))
    return undefined
  const own = slug === undefined ? inside : `${inside.split('/')[0]}/${slug}`
  return folderPath(
    own
      .split('/')
      .map((name, at, all) =>
        at === all.length - 1 && slug ? name : name.toLowerCase().replace(/\s+/g, '-'),
      )
      .join('/'),
  )
}

export function docusaurus(page: MarkdownFile): string | undefined {
  const { file } = page
  const section = file.split('/')[0]!
  if (basename(file).startsWith('_')) return undefined
  const inside = under(file, 'src/pages') ?? file
  const slug = textAt(page, 'slug')
  const names = withoutEnding(inside)
    .split('/')
    .map((name) => (section === 'blog' ? name : name.replace(/^\d+\s*[-_.]\s*/, '')))
  if (slug !== undefined) {
    return slug.startsWith('/')
      ? `/${section}${slug}`
      : `/${[...names.slice(0, -1), slug].join('/')}`
  }
  const id = textAt(page, 'id')
  if (section === 'blog') {
    const dated = names
      .slice(1)
      .join('/')
      .replace(/\/index$/, '')
      .replace(DATED, '$1/$2/$3/$4')
    return `/blog/${dated}`
  }
  const last = names.at(-1)!
  const isIndex = /^(?:index|readme)$/i.test(last) || last === names.at(-2)
  const own = isIndex ? names.slice(0, -1) : [...names.slice(0, -1), id ?? last]
  return `/${own.join('/')}${isIndex ? '/' : ''}`
}

export function mkdocs(
  page: MarkdownFile,
  { input = 'docs' }: Settings,
): string | undefined {
  const inside = under(page.file, input)
  return inside === undefined ? undefined : folderPath(inside)
}

/** As the starters have it: the folders below `content/blog` or `content`. */
export function gatsby(page: MarkdownFile): string | undefined {
  const slug = textAt(page, 'slug')
  if (slug !== undefined) return slug.startsWith('/') ? slug : `/${slug}`
  const inside =
    under(page.file, 'content/blog') ??
    under(page.file, 'content') ??
    under(page.file, 'src/pages')
  return inside === undefined ? undefined : folderPath(inside)
}

function under(file: string, folder: string): string | undefined {
  const start =
    folder === '' || folder === '.' ? '' : `${folder.replace(/^\.\/|\/+$/g, '')}/`
  return file.startsWith(start) ? file.slice(start.length) : undefined
}

/** Places of a permalink's form filled: `/:year/:title/`. */
export function fill(
  form: string,
  page: MarkdownFile,
  fileName: string,
  write: (name: string) => string = (name) => name,
  above: readonly string[] = [],
): string {
  const stem = withoutEnding(fileName)
  const dated = DATED.exec(stem)
  const [year = '', month = '', day = ''] = dateIn(page) ?? dated?.slice(1, 4) ?? []
  const title = textAt(page, 'title') ?? stem
  const slug = textAt(page, 'slug') ?? dated?.[4] ?? stem
  const categories = ['categories', 'category'].flatMap((name) =>
    [page.values.get(name) ?? []].flat(),
  )
  const words = categories
    .filter((one) => typeof one === 'string')
    .flatMap((one) => one.split(/\s+/))
  const values: Readonly<Record<string, string>> = {
    ...{
      year,
      month,
      day,
      slug: write(slug),
      filename: stem,
      contentbasename: stem,
      slugorfilename: write(slug),
      slugorcontentbasename: write(slug),
    },
    title: write === decoded || above.length > 0 || dated ? slug : write(title),
    short_year: year.slice(2),
    i_month: String(Number(month)),
    i_day: String(Number(day)),
    name: slug,
    categories: [...above, ...words].map((one) => one.toLowerCase()).join('/'),
    section: page.file.split('/').at(-2) ?? '',
    path: page.file.split('/').slice(0, -1).join('/'),
  }
  const filled = form.replace(/:([a-z_]+)/gi, (place, name: string) =>
    Object.hasOwn(values, name) ? values[name]! : place,
  )
  return `/${filled}`.replace(/\/{2,}/g, '/')
}

function dateIn({ values }: MarkdownFile): string[] | undefined {
  const date = values.get('date')
  const text = date instanceof Date ? date.toISOString() : date
  const [, year, month, day] =
    /^(\d{4})-(\d\d)-(\d\d)/.exec(typeof text === 'string' ? text : '') ?? []
  return year === undefined ? undefined : [year, month!, day!]
}
