/** `encode`: texts on standard input → vectors on standard output. */

import { type ArgsDef, defineCommand } from 'citty'
import { encoderPlace } from '../build/choose-encoder.ts'
import { decodeText, type Line, readLines } from '../build/input/read-text.ts'
import type { Encoder } from '../text/encoder/encoder.ts'
import { ENCODER_ARG } from './build-command.ts'
import type { CliDeps } from './deps.ts'

// Texts, one a line → vectors, one JSON array a line.

/** Texts encoded at once. */
const BATCH_SIZE = 32

/** Lines out, in order, a batch at a time; an empty line is an array of zeros. */
async function* encodeLines(
  lines: AsyncIterable<Line>,
  encoder: Encoder,
): AsyncGenerator<string> {
  let batch: string[] = []
  for await (const { text } of lines) {
    batch.push(text.trim())
    if (batch.length < BATCH_SIZE) continue
    yield await encodeBatch(batch, encoder)
    batch = []
  }
  if (batch.length > 0) yield await encodeBatch(batch, encoder)
}

async function encodeBatch(texts: readonly string[], encoder: Encoder) {
  const { dim } = encoder
  const vectors = await encoder.encode(texts)
  const rows = texts.map((_, i) => vectors.subarray(i * dim, (i + 1) * dim))
  return rows.map((row) => `${JSON.stringify(Array.from(row, shortest))}\n`).join('')
}

/** Digits that always bring a 32-bit float back exactly. */
const MAX_DIGITS = 9

/** The shortest decimal (of 6 to 9 digits) that reads back as the same 32-bit float. */
function shortest(value: number): number {
  for (let digits = 6; digits < MAX_DIGITS; digits++) {
    const short = Number(value.toPrecision(digits))
    if (Math.fround(short) === value) return short
  }
  return Number(value.toPrecision(MAX_DIGITS))
}

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
      const encoder = await deps.createEncoder(encoderPlace(args.encoder ?? 'english'))
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
