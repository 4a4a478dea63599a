/**
 * Every recipe under `examples/`, set up as its README has an owner do it: a copy of the
 * folder, what its lock file names, Hearth's tarball, the tool's own build, the pack.
 */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { join } from 'node:path'
import sirv from 'sirv'
import { CONTENT_SECURITY_POLICY } from '../vite.config.ts'
import { type Product, writeStorefront } from './storefront.ts'

export interface Recipe {
  readonly name: string
  /** The folder its host serves, after `npm run build` where the tool comes from npm. */
  readonly output: string
  /** Whether its output is in the repository, for want of a tool from npm. */
  readonly isCommitted?: boolean
  /** Over 90 s on a busy machine: run where it is asked for. */
  readonly isHeavy?: boolean
  /** An item's page. */
  readonly page: string
  /** Words of a search, and the title it finds. */
  readonly search?: readonly [text: string, title: string]
  /** The tool writes scripts into its pages: each one's hash is allowed, nothing else. */
  readonly hasInlineScripts?: boolean
  /** What the tool's own pages need beside: directives after those of the strict policy. */
  readonly policy?: string
  /** What the tool's own scripts ask for: `expectedRequest` of `visit.ts`. */
  readonly requests?: RegExp
}

const ALL: readonly Recipe[] = [
  { name: 'eleventy', output: '_site', page: '/posts/rye-loaf/' },
  { name: 'hugo', output: 'public', isCommitted: true, page: '/notes/owl/' },
  { name: 'astro', output: 'dist', page: '/journeys/steam-museum/' },
  {
    name: 'docusaurus',
    output: 'build',
    isHeavy: true,
    page: '/docs/datum/',
    search: ['harbour by position', 'Find a harbour'],
    hasInlineScripts: true,
    policy: "; style-src 'self' 'unsafe-inline'; img-src 'self' data:",
  },
  {
    name: 'next',
    output: 'out',
    page: '/machines/typewriter/',
    hasInlineScripts: true,
    requests: /^HEAD \/|^GET \/\S*\.txt\?_rsc=[\w-]+$/, // its links fetch ahead
  },
  {
    name: 'wordpress',
    output: 'site',
    isCommitted: true,
    page: '/how-to-true-a-wheel/',
  },
  {
    name: 'shopify',
    output: 'storefront',
    isCommitted: true,
    page: '/products/river-mist',
  },
  {
    name: 'react',
    output: 'dist',
    page: '/#/plants/aloe',
    search: ['fern', 'Maidenhair fern'],
  },
  {
    name: 'vue',
    output: 'dist',
    page: '/#/games/owl-school',
    search: ['goat', 'Goat on the Roof'],
  },
  {
    name: 'svelte',
    output: 'dist',
    page: '/#/soups/onion',
    search: ['pea', 'Split pea soup'],
  },
]

/** Without `RECIPES`: all but heavy ones. `RECIPES=all`, or names: `RECIPES=astro,next`. */
export const RECIPES = ALL.filter(({ name, isHeavy = false }) => {
  const asked = process.env.RECIPES
  return asked ? asked === 'all' || asked.split(',').includes(name) : !isHeavy
})

/** No tool calls home, and Next asks no host but ours for anything. */
const QUIET = {
  ASTRO_TELEMETRY_DISABLED: '1',
  NEXT_TELEMETRY_DISABLED: '1',
  NO_UPDATE_NOTIFIER: '1',
  CI: '1',
}

const npm = (folder: string, ...words: string[]) =>
  execFileSync('npm', words, {
    cwd: folder,
    encoding: 'utf8',
    stdio: 'pipe',
    env: { ...process.env, ...QUIET },
  })

const hearth = (folder: string, ...words: string[]) =>
  npm(folder, 'exec', '--offline', 'hearth', '--', ...words)

const INSTALL = ['install', '--no-save', '--prefer-offline', '--no-audit', '--no-fund']

/**
 * Hearth as an owner gets it, and its commands for the sites whose tool is not from npm.
 * @returns the tarball's path
 */
export function installHearth(folder: string): string {
  const words = ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder]
  const tarball = join(folder, execFileSync('npm', words, { encoding: 'utf8' }).trim())
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n')
  npm(folder, ...INSTALL, tarball)
  return tarball
}

/**
 * Installs and builds a recipe in a folder of its own.
 * @returns the folder to serve
 */
export function buildRecipe(
  { name, output, isCommitted = false }: Recipe,
  { folder, tarball }: { readonly folder: string; readonly tarball: string },
): string {
  const own = join(folder, name)
  cpSync(join('examples', name), own, { recursive: true, filter: isSource })
  if (name === 'shopify') openShop(folder, join(own, output))
  else if (isCommitted) {
    const site = join(own, output)
    hearth(folder, 'build', site, '--out', join(site, 'hearth-pack'))
    hearth(folder, 'copy', join(site, 'hearth'))
  } else {
    npm(own, ...INSTALL, tarball) // in one step: all that the lock file names, and Hearth
    npm(own, 'run', 'build')
  }
  return join(own, output)
}

/** The folder that an app proxy shows, and pages of the theme around it. */
function openShop(folder: string, shop: string) {
  const items = join(folder, 'shopify/products.csv')
  hearth(folder, 'build', items, '--out', join(shop, 'apps/hearth/pack'))
  hearth(folder, 'copy', join(shop, 'apps/hearth/code'))
  const { items: products } = JSON.parse(
    hearth(folder, 'inspect', items, '--json', '--all'),
  ) as { items: Product[] }
  cpSync('examples/plain/favicon.svg', join(shop, 'favicon.svg'))
  writeStorefront(shop, { theme: join(folder, 'shopify/theme'), products })
}

/** What a tool left in the working copy is no part of a recipe. */
const LEFT =
  /^(node_modules|_site|dist|build|out|hearth|hearth-pack|\.(astro|next|docusaurus))$/
const isSource = (path: string) => !LEFT.test(path.split('/').at(-1)!)

/** Serves one site at a time, at the root, as a static host would. */
export function siteServer(port: number) {
  let files: ReturnType<typeof sirv> | undefined
  let policyOf = (_path: string) => CONTENT_SECURITY_POLICY
  const server: Server = createServer((request, response) => {
    response.setHeader('Content-Security-Policy', policyOf(request.url!))
    files!(request, response, () => void response.writeHead(404).end('not found'))
  })
  return {
    serve(folder: string, recipe: Recipe) {
      files = sirv(folder, { dev: true, etag: true })
      policyOf = (url) => policyFor(recipe, folder, url)
    },
    open: () => new Promise<void>((done) => server.listen(port, '127.0.0.1', done)),
    close: () => server.close(),
  }
}

const INLINE_SCRIPT = /<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g

/** The strict policy, and what the recipe's tool needs beside. */
function policyFor(recipe: Recipe, folder: string, url: string): string {
  const { hasInlineScripts = false, policy = '' } = recipe
  const [path = ''] = url.split('?')
  const file = join(folder, path.endsWith('/') ? `${path}index.html` : path)
  const isPage = hasInlineScripts && file.endsWith('.html') && existsSync(file)
  const hashes = isPage ? hashesOfScripts(readFileSync(file, 'utf8')) : []
  return `${[CONTENT_SECURITY_POLICY, ...hashes].join(' ')}${policy}`
}

/** Of every script that the page itself holds, as the policy names them. */
function hashesOfScripts(html: string): string[] {
  return [...html.matchAll(INLINE_SCRIPT)].map(([, script]) => {
    return `'sha256-${createHash('sha256').update(script!).digest('base64')}'`
  })
}
