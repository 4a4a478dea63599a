/** `build --watch`: the same build at each change, one line each. */
import {
  type BuildDeps,
  type BuildOptions,
  buildCatalogue,
} from '../build/build-catalogue.ts'
import { keepBuilding } from '../build/keep-building.ts'
import { sourcesOf } from '../build/preview/run-preview.ts'

interface FollowDeps extends BuildDeps {
  /** When the first build began, Unix ms. */
  readonly since: number
  readonly print: (text: string) => Promise<void>
  readonly stopped: Promise<void>
}

/** @returns when `stopped` is */
export async function followSources(
  options: BuildOptions,
  { stopped, since, ...deps }: FollowDeps,
): Promise<void> {
  const { stderr, print } = deps
  const again = async () => {
    const { changes } = await buildCatalogue(options, deps)
    await print(`Built ${options.out}: ${changes.join('; ') || 'anew'}\n`)
  }
  const sources = sourcesOf(options)
  const following = keepBuilding(again, {
    ...{ sources, since, stopped },
    ignored: [options.out, ...(options.cache ? [options.cache] : [])],
    report: (line: string) => void stderr.write(`${line}\n`),
  })
  const line = `Following ${sources.join(', ')}; Ctrl-C ends it.\n`
  await Promise.all([following, print(line)])
}
