/** Text pieces → lines, numbered from 1. */
import { HearthError } from '../errors.ts'

/** Longest line (or JSON element) read, in characters: longer is no table. */
export const MAX_LINE_LENGTH = 16 * 1024 * 1024

export interface Line {
  readonly number: number
  readonly text: string
}

export interface LimitOptions {
  /** Longest line in characters, ≥ 1. Default MAX_LINE_LENGTH. */
  readonly maxLength?: number
}

/**
 * Lines without their `\n` or `\r\n`; a last line without one counts, an empty rest
 * after the last one does not.
 *
 * @throws HearthError `bad-input` naming the first line that is too long
 */
export async function* readLines(
  name: string,
  pieces: AsyncIterable<string>,
  options: LimitOptions = {},
): AsyncGenerator<Line> {
  const maxLength = options.maxLength ?? MAX_LINE_LENGTH
  let number = 1
  let rest: string[] = []
  let restLength = 0
  for await (const piece of pieces) {
    const parts = piece.split('\n')
    for (let i = 0; i < parts.length; i++) {
      rest.push(parts[i]!)
      restLength += parts[i]!.length
      if (restLength > maxLength) throw tooLong(name, number, maxLength)
      if (i === parts.length - 1) break
      yield { number: number++, text: withoutReturn(rest.join('')) }
      rest = []
      restLength = 0
    }
  }
  if (restLength > 0) yield { number, text: withoutReturn(rest.join('')) }
}

function withoutReturn(text: string): string {
  return text.endsWith('\r') ? text.slice(0, -1) : text
}

export function tooLong(name: string, line: number, maxLength: number): HearthError {
  return new HearthError(
    'bad-input',
    `line too long: ${name}, line ${line} has more than ${maxLength} characters. ` +
      'Expected one item, event or text a line.',
  )
}
