/** `build --watch`: the same build at each change, one line each. */
import {
  type BuildDeps,
  type BuildOptions,
  buildCatalogue,
} from '../build/build-catalogue.ts'
import { keepBuilding } from '../build/keep-building.ts'
import { sourcesOf } from '../build/preview/run-preview.ts'

interface FollowDeps extends BuildDeps {
  readonly print: (text: string) => Promise<void>
  readonly stopped: Promise<void>
}

/** @returns when `stopped` is */
export async function followSources(
  options: BuildOptions,
  { stopped, ...deps }: FollowDeps,
): Promise<void> {
  const { stderr, print } = deps
  await print(`Following ${sourcesOf(options).join(', ')}; Ctrl-C ends it.\n`)
  const again = async () => {
    const { changes } = await buildCatalogue(options, deps)
    await print(`Built ${options.out}: ${changes.join('; ') || 'anew'}\n`)
  }
  await keepBuilding(again, {
    sources: sourcesOf(options),
    ignored: [options.out, ...(options.cache ? [options.cache] : [])],
    ...{ stopped, report: (line: string) => void stderr.write(`${line}\n`) },
  })
}
