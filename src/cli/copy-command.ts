/** `copy`: words → one folder for a hand-written page. */
import { basename } from 'node:path'
import { type ArgsDef, defineCommand } from 'citty'
import { copyForPages, type PageCopy } from '../build/page-copy.ts'
import { HearthError } from '../errors.ts'
import type { CliDeps } from './deps.ts'
import { PROGRAM } from './flags.ts'

export const COPY_ARGS = {
  out: {
    type: 'positional',
    required: false,
    description: 'Folder to write, e.g. public/hearth',
  },
  force: { type: 'boolean', description: 'Replace a folder that is no copy of Hearth' },
} as const satisfies ArgsDef

export function createCopyCommand(deps: Pick<CliDeps, 'print'>) {
  return defineCommand({
    meta: {
      name: 'copy',
      description:
        'Copy what a hand-written page needs: elements, workers, text encoder',
    },
    args: COPY_ARGS,
    async run({ args }) {
      if (!args.out) {
        throw new HearthError(
          'bad-argument',
          'missing folder: got nothing, expected e.g. public/hearth. ' +
            `See ${PROGRAM} copy --help.`,
        )
      }
      const copy = await copyForPages({ out: args.out, force: args.force === true })
      await deps.print(formatCopy(copy, args.out))
    },
  })
}

const kB = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`
const MB = (bytes: number) => `${(bytes / 1e6).toFixed(2)} MB`

/** What was written, as the command prints it. */
function formatCopy(copy: PageCopy, out: string): string {
  const parts = copy.parts.map(
    ({ name, sizeBytes }) => `  ${name.padEnd(20)} ${kB(sizeBytes).padStart(10)}`,
  )
  return [
    `Hearth ${copy.version} in ${out}: ${MB(copy.sizeBytes)}`,
    ...parts,
    `A page with a feed loads ${kB(copy.firstBytes)} of script (brotli) before its first list:`,
    `  <script type="module" src="/${basename(out)}/hearth.js"></script>`,
    '',
  ].join('\n')
}
