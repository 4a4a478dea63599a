/** `hearth encode`: texts on standard input → vectors on standard output. */
import { type ArgsDef, defineCommand } from 'citty'
import { ENCODER_ARG } from './build-command.ts'
import type { CliDeps } from './deps.ts'
import { encodeLines } from './encode-lines.ts'
import { readLines } from './input-lines.ts'
import { decodeText } from './input-text.ts'
import { defaultModelFolder } from './package-root.ts'

export const ENCODE_ARGS = {
  encoder: ENCODER_ARG,
} as const satisfies ArgsDef

export function createEncodeCommand(deps: CliDeps) {
  return defineCommand({
    meta: {
      name: 'encode',
      description:
        'Read texts from standard input, one a line; print one vector a line',
    },
    args: ENCODE_ARGS,
    async run({ args }) {
      const encoder = await deps.createEncoder(args.encoder ?? defaultModelFolder())
      try {
        const name = 'standard input'
        const lines = readLines(name, decodeText(name, deps.stdin))
        for await (const text of encodeLines(lines, encoder)) await deps.print(text)
      } finally {
        await encoder.dispose()
      }
    },
  })
}
