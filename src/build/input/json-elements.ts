/** A JSON array → its elements, one at a time, so that no file is held whole. */
import { Tokenizer, TokenParser, TokenType } from '@streamparser/json'
import { HearthError, messageOf } from '../../errors.ts'
import { type LimitOptions, lineTooLong, MAX_LINE_LENGTH } from './read-text.ts'

export interface JsonElement {
  /** Where the element starts. */
  readonly line: number
  readonly value: unknown
}

/** Bytes of a string that are decoded at once. */
const STRING_BUFFER_BYTES = 64 * 1024

/**
 * `[a, b, …]` in pieces → a, b, …
 *
 * @throws HearthError `bad-input` naming the line where the text is not JSON, where the
 *   array ends too early or too late, or where an element is too long
 */
export async function* readJsonElements(
  name: string,
  pieces: AsyncIterable<string>,
  { maxLength = MAX_LINE_LENGTH }: LimitOptions = {},
): AsyncGenerator<JsonElement> {
  const reader = createElementReader(name)
  for await (const piece of pieces) {
    yield* reader.read(Buffer.from(piece))
    if (reader.openBytes() > maxLength) {
      throw lineTooLong(name, reader.openLine(), maxLength)
    }
  }
  if (!reader.isEnded())
    throw brokenJson(name, 'the array never ends', reader.lastLine())
}

/** Tokens of bytes that follow each other → the elements they complete. */
function createElementReader(name: string) {
  const lines = createLineCounter()
  const tokenizer = new Tokenizer({ stringBufferSize: STRING_BUFFER_BYTES })
  const parser = new TokenParser({ paths: ['$.*'], keepStack: false })
  let found: JsonElement[] = []
  /** Where the element that is being read starts; undefined between two. */
  let start: { readonly offset: number; readonly line: number } | undefined
  let bytesRead = 0
  let lastOffset = -1
  tokenizer.onToken = (token) => {
    const { offset } = token
    if (!start && lastOffset >= 0 && token.token !== TokenType.COMMA) {
      start = { offset, line: lines.at(offset) }
    }
    lastOffset = offset
    if (parser.isEnded) throw new Error('a token after the end')
    parser.write(token)
  }
  parser.onValue = ({ value }) => {
    found.push({ line: start?.line ?? lines.last(), value })
    start = undefined
  }
  return {
    read(bytes: Uint8Array): readonly JsonElement[] {
      lines.feed(bytes)
      found = []
      try {
        tokenizer.write(bytes)
      } catch (error) {
        const line = lines.at(offsetOf(error) ?? lastOffset)
        const what = parser.isEnded ? 'the array goes on after its end' : faultOf(error)
        throw brokenJson(name, what, line, error)
      }
      bytesRead += bytes.length
      return found
    },
    isEnded: () => parser.isEnded,
    /** Bytes of an element that has not ended, or since the last one. */
    openBytes: () => (parser.isEnded ? 0 : bytesRead - (start?.offset ?? lastOffset)),
    openLine: () => start?.line ?? lines.last(),
    lastLine: () => lines.last(),
  }
}

/**
 * Bytes that follow each other → tokens, and where they are.
 *
 * @param onToken may throw an Error whose message is what is wrong with a token
 */
export function createTokenReader(
  name: string,
  onToken: (token: Parameters<TokenParser['write']>[0]) => void,
) {
  const lines = createLineCounter()
  const tokenizer = new Tokenizer({ stringBufferSize: STRING_BUFFER_BYTES })
  let bytesRead = 0
  let lastOffset = 0
  tokenizer.onToken = (token) => {
    lastOffset = token.offset
    onToken(token)
  }
  return {
    /** @throws HearthError `bad-input` naming the line where the text is not JSON */
    read(bytes: Uint8Array): void {
      lines.feed(bytes)
      try {
        tokenizer.write(bytes)
      } catch (error) {
        const line = lines.at(offsetOf(error) ?? lastOffset)
        throw brokenJson(name, faultOf(error), line, error)
      }
      bytesRead += bytes.length
    },
    /** Where the last token starts, in bytes from the start. */
    lastOffset: () => lastOffset,
    /** The line of the last token; asked for tokens in their order. */
    lineOfToken: () => lines.at(lastOffset),
    bytesSince: (offset: number) => bytesRead - offset,
    lastLine: () => lines.last(),
  }
}

/** The byte at which the tokenizer stopped: only its message has it. */
function offsetOf(error: unknown): number | undefined {
  const match = /absolute position "(\d+)"/.exec(messageOf(error))
  return match ? Number(match[1]) : undefined
}

/** `Unexpected "b" at chunk position … in state …` → `unexpected "b"` */
function faultOf(error: unknown): string {
  const [what = ''] = messageOf(error).split(/ at chunk | in state /)
  return what.charAt(0).toLowerCase() + what.slice(1)
}

const NEWLINE = 10

/** Line numbers of byte offsets, which must not go back. */
function createLineCounter() {
  let bytes: Uint8Array = new Uint8Array(0)
  let bytesBefore = 0
  let line = 1
  let next = -1
  const advance = (to: number) => {
    while (next >= 0 && next < to) {
      line++
      next = bytes.indexOf(NEWLINE, next + 1)
    }
    return line
  }
  return {
    feed(more: Uint8Array) {
      advance(bytes.length)
      bytesBefore += bytes.length
      bytes = more
      next = bytes.indexOf(NEWLINE)
    },
    /** The line of a byte of the last piece fed, or of the one that piece starts with. */
    at: (offset: number) => advance(offset - bytesBefore),
    last: () => advance(bytes.length),
  }
}

export function brokenJson(name: string, what: string, line: number, cause?: unknown) {
  return new HearthError('bad-input', `broken JSON: ${name}, ${what} (line ${line}).`, {
    cause,
  })
}
