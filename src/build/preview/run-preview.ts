/** A preview from its first build to the end: serves, and follows what changes. */

import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { HearthError } from '../../errors.ts'
import {
  type Build,
  type BuildDeps,
  type BuildOptions,
  buildCatalogue,
} from '../build-catalogue.ts'
import { keepBuilding } from '../keep-building.ts'
import { defaultModelFolder, packageRoot } from '../package-root.ts'
import { previewFacts } from './preview-facts.ts'
import { type PreviewFolders, servePreview } from './preview-server.ts'

export interface PreviewRun {
  /** A pack that is there, or how one is built, in a folder that is removed at the end. */
  readonly source:
    | { readonly pack: string }
    | { readonly build: Omit<BuildOptions, 'out'> }
  readonly port: number
  /** Whether pictures of other hosts are loaded. */
  readonly showsPictures: boolean
  /** Whether changes of the sources are followed. */
  readonly isWatching: boolean
  /** Where the page and the scripts are. Default: in this package. */
  readonly folders?: Omit<PreviewFolders, 'pack'>
}

interface PreviewDeps extends BuildDeps {
  readonly print: (text: string) => Promise<void>
  /** Resolves when it should end. */
  readonly stopped: Promise<void>
}

/**
 * Serves until `stopped`.
 *
 * @throws HearthError whatever the first build throws, `bad-pack`, or `bad-argument` where
 *   no port is free
 */
export async function runPreview(run: PreviewRun, deps: PreviewDeps): Promise<void> {
  const { source } = run
  if ('pack' in source) return serve(run, deps, source.pack)
  const folder = mkdtempSync(join(tmpdir(), 'hearth-serve-'))
  const remove = () => rmSync(folder, { recursive: true, force: true })
  process.on('exit', remove) // a build that is stopped ends the process
  try {
    const pack = join(folder, 'pack')
    const options = { ...source.build, out: pack, keepsFormer: true }
    await serve(run, deps, pack, () => buildCatalogue(options, deps))
  } finally {
    process.off('exit', remove)
    remove()
  }
}

async function serve(
  { source, port, showsPictures, isWatching, folders = ownFolders() }: PreviewRun,
  { print, stderr, stopped }: PreviewDeps,
  pack: string,
  build?: () => Promise<Build>,
): Promise<void> {
  for (const folder of Object.values(folders)) assertThere(folder)
  const since = Date.now()
  const first = build && (await Promise.race([build(), stopped]))
  if (build && !first) return
  let facts = await previewFacts(pack, first ?? undefined)
  const server = await servePreview({
    folders: { ...folders, pack },
    ...{ port, showsPictures },
    facts: () => facts,
  })
  try {
    const ends = isWatching
      ? 'Changes are followed; Ctrl-C ends it.'
      : 'Ctrl-C ends it.'
    const lines = `Preview of ${facts.name}: ${server.url}\n${ends}\n`
    if (!isWatching) {
      await print(lines)
      return await stopped
    }
    const again = async () => {
      const next = await build?.()
      facts = await previewFacts(pack, next)
      server.reload()
      await print(`${(next?.changes ?? ['the pack was replaced']).join('; ')}\n`)
    }
    const following = keepBuilding(again, {
      sources: 'pack' in source ? [pack] : sourcesOf(source.build),
      ...{ ignored: [], stopped, since },
      report: (line) => void stderr.write(`${line}\n`),
    })
    await Promise.all([following, print(lines)])
  } finally {
    await server.close()
  }
}

/** The files and folders that a build reads. */
export function sourcesOf({
  items,
  interactions,
}: Pick<BuildOptions, 'items' | 'interactions'>): string[] {
  return [items, interactions ?? []].flat().filter((path) => path !== '-')
}

function ownFolders(): Omit<PreviewFolders, 'pack'> {
  const root = packageRoot()
  return {
    page: join(root, 'dist', 'preview'),
    scripts: join(root, 'dist', 'copy'),
    model: defaultModelFolder(),
  }
}

function assertThere(folder: string) {
  if (existsSync(folder)) return
  throw new HearthError(
    'internal',
    `no ${folder}: got nothing there, expected a part of the package. ` +
      'In a clone, run "npm run build" first.',
  )
}
