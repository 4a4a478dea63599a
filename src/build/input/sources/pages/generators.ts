/** Site generators: how each is known, and the address it gives a Markdown file. */
import { existsSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import { parse as parseToml } from 'smol-toml'
import { parse as parseYaml } from 'yaml'
import {
  astro,
  docusaurus,
  eleventy,
  encoded,
  fill,
  gatsby,
  hugo,
  jekyll,
  type MarkdownFile,
  mkdocs,
  plainPath,
  type Settings,
  textAt,
} from './address-rules.ts'
import { isThing, own } from './structured-data.ts'

export interface Project {
  /** `Hugo`; absent where no generator's configuration is there. */
  readonly generator?: string
  /** The configuration it was known by. */
  readonly config?: string
  readonly folder: string
  /** Path from the project's folder to the source, with a `/` at its end, or ''. */
  readonly prefix: string
  readonly settings: Settings
}

interface Generator {
  readonly name: string
  readonly configs: readonly string[]
  /** Pictures written as `./a.png` get another address when the site is built. */
  readonly movesImages?: boolean
  readonly addressOf: (file: MarkdownFile, settings: Settings) => string | undefined
}

/** Folders above the source that may hold the configuration. */
const MAX_ABOVE = 4

/** @param folder the source: a project, its content, or a part of that */
export function findProject(folder: string): Project {
  const place = resolve(folder)
  let at = place
  for (let level = 0; level <= MAX_ABOVE; level++) {
    for (const { name, configs } of GENERATORS) {
      const config = configs.find((file) => isFile(join(at, file)))
      if (config === undefined) continue
      const prefix = relative(at, place).split(sep).filter(Boolean)
      return {
        generator: name,
        config,
        folder: at,
        prefix: prefix.map((part) => `${part}/`).join(''),
        settings: readSettings(join(at, config)),
      }
    }
    if (dirname(at) === at || existsSync(join(at, '.git'))) break
    at = dirname(at)
  }
  return { folder: place, prefix: '', settings: NO_SETTINGS }
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true
}

const NO_SETTINGS: Settings = { base: '', permalinks: new Map() }

function readSettings(path: string): Settings {
  const text = readFileSync(path, 'utf8')
  const values = /\.(?:ya?ml|toml|json)$/.test(path) ? parsed(path, text) : undefined
  if (values === undefined) return fromScript(text)
  const get = (name: string) => {
    const key = Object.keys(values).find((one) => one.toLowerCase() === name)
    return key === undefined ? undefined : values[key]
  }
  const permalinks = get('permalinks')
  const pages = isThing(permalinks)
    ? (own(permalinks, 'page') ?? permalinks)
    : undefined
  const style = get('permalink')
  return {
    base: pathOf(get('baseurl')),
    ...inputOf(get('contentdir') ?? mountOf(get('module')) ?? get('docs_dir')),
    permalinks: new Map([
      ...(isThing(pages) ? Object.entries(pages) : []).filter(isTextual),
      ...(typeof style === 'string' ? [['', style] as const] : []),
    ]),
  }
}

/** Hugo may take its content from elsewhere: `module.mounts` with the target `content`. */
function mountOf(module: unknown): unknown {
  const mounts = isThing(module) ? own(module, 'mounts') : undefined
  const found = [mounts]
    .flat()
    .find((mount) => isThing(mount) && own(mount, 'target') === 'content')
  return isThing(found) ? own(found, 'source') : undefined
}

function isTextual(entry: [string, unknown]): entry is [string, string] {
  return typeof entry[1] === 'string'
}

function inputOf(value: unknown): { readonly input?: string } {
  return typeof value === 'string' && value !== '' ? { input: value } : {}
}

function parsed(
  path: string,
  text: string,
): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = /\.toml$/.test(path)
      ? parseToml(text)
      : parseYaml(text, { logLevel: 'silent' })
    return isThing(value) ? value : undefined
  } catch {
    return undefined // then the generator's usual rules are taken, and named
  }
}

/** A configuration that is a program is not run: what is plainly written is read. */
function fromScript(text: string): Settings {
  const stated = (name: string) =>
    new RegExp(`\\b${name}\\b['"]?\\s*:\\s*['"\`]([^'"\`\\n]*)['"\`]`).exec(text)?.[1]
  return {
    base: pathOf(
      stated('baseUrl') ?? stated('base') ?? stated('basePath') ?? stated('pathPrefix'),
    ),
    ...inputOf(stated('input')?.replace(/^\.\//, '')),
    permalinks: new Map(),
  }
}

/** `https://example.org/docs/` and `/docs/` → `/docs` */
function pathOf(value: unknown): string {
  if (typeof value !== 'string' || value === '') return ''
  const path = URL.canParse(value) ? new URL(value).pathname : value
  return path.startsWith('/') ? path.replace(/\/+$/, '') : ''
}

const GENERATORS: readonly Generator[] = [
  {
    name: 'Hugo',
    configs: [
      'hugo.toml',
      'hugo.yaml',
      'hugo.yml',
      'hugo.json',
      'config/_default/hugo.toml',
      'config/_default/config.toml',
      'config.toml',
    ],
    addressOf: hugo,
  },
  { name: 'Jekyll', configs: ['_config.yml', '_config.yaml'], addressOf: jekyll },
  {
    name: 'Eleventy',
    configs: [
      'eleventy.config.js',
      'eleventy.config.mjs',
      'eleventy.config.cjs',
      'eleventy.config.ts',
      '.eleventy.js',
    ],
    addressOf: eleventy,
  },
  {
    name: 'Astro',
    configs: ['astro.config.mjs', 'astro.config.ts', 'astro.config.js'],
    movesImages: true,
    addressOf: astro,
  },
  {
    name: 'Docusaurus',
    configs: ['docusaurus.config.js', 'docusaurus.config.ts', 'docusaurus.config.mjs'],
    movesImages: true,
    addressOf: docusaurus,
  },
  { name: 'MkDocs', configs: ['mkdocs.yml', 'mkdocs.yaml'], addressOf: mkdocs },
  {
    name: 'Gatsby',
    configs: ['gatsby-config.js', 'gatsby-config.ts', 'gatsby-config.mjs'],
    movesImages: true,
    addressOf: gatsby,
  },
]

/** Whether a picture's relative address is still its own on the built site. */
export function keepsImages({ generator }: Project): boolean {
  return !GENERATORS.find(({ name }) => name === generator)?.movesImages
}

/**
 * The address a page will have, by its own front matter (`permalink`, `url`), else by its
 * generator's rules; without a generator by its path.
 *
 * @returns undefined for a file that becomes no page of its own
 */
export function addressOfMarkdown(
  file: MarkdownFile,
  { generator, settings }: Project,
): string | undefined {
  const { base } = settings
  const stated = textAt(file, 'permalink') ?? textAt(file, 'url')
  if (file.values.get('permalink') === false) return undefined
  if (stated !== undefined && !/\{\{|\{%/.test(stated)) {
    const path = URL.canParse(stated) ? new URL(stated).pathname : stated
    const filled = path.includes(':') ? fill(path, file, basename(file.file)) : path
    return (
      base +
      encoded(filled.startsWith('/') ? filled : `/${filled}`).replace(
        /\/index\.html$/,
        '/',
      )
    )
  }
  const found = GENERATORS.find(({ name }) => name === generator)
  const address = found ? found.addressOf(file, settings) : plainPath(file)
  return address === undefined ? undefined : base + encoded(address)
}
