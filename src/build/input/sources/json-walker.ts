/** JSON tokens → where each value starts and ends, with the grammar checked on the way. */
import { type TokenParser, TokenType } from '@streamparser/json'

/** What the tokenizer reports, without its position in the file. */
export type JsonToken = Parameters<TokenParser['write']>[0]

export interface JsonVisitor {
  /** A value starts at this depth: 0 is the document, 1 its members. */
  enter(token: JsonToken, depth: number, key: string | undefined): void
  /** An object or an array of this depth has ended. */
  leave(depth: number): void
}

type Expected =
  | 'value'
  | 'value or end'
  | 'key'
  | 'key or end'
  | 'colon'
  | 'comma'
  | 'end'

interface Frame {
  readonly isArray: boolean
  key: string | undefined
}

/** Deepest nesting read: deeper is an attack, not a catalogue. */
const MAX_DEPTH = 1000

const VALUES: ReadonlySet<TokenType> = new Set([
  TokenType.LEFT_BRACE,
  TokenType.LEFT_BRACKET,
  TokenType.STRING,
  TokenType.NUMBER,
  TokenType.TRUE,
  TokenType.FALSE,
  TokenType.NULL,
])

/** Walks one document. `write` throws an Error: what is wrong with a token. */
export function createJsonWalker(visitor: JsonVisitor) {
  const frames: Frame[] = []
  let expected: Expected = 'value'

  const afterValue = () => {
    expected = frames.length === 0 ? 'end' : 'comma'
  }
  const startValue = (token: JsonToken) => {
    visitor.enter(token, frames.length, frames.at(-1)?.key)
    const isArray = token.token === TokenType.LEFT_BRACKET
    if (!isArray && token.token !== TokenType.LEFT_BRACE) return afterValue()
    if (frames.length === MAX_DEPTH) throw new Error(`nested over ${MAX_DEPTH} deep`)
    frames.push({ isArray, key: undefined })
    expected = isArray ? 'value or end' : 'key or end'
  }
  const endValue = () => {
    frames.pop()
    visitor.leave(frames.length)
    afterValue()
  }
  const write = (token: JsonToken) => {
    const kind = token.token
    const frame = frames.at(-1)
    if (expected.startsWith('value') && VALUES.has(kind)) return startValue(token)
    if (expected.startsWith('key') && kind === TokenType.STRING && frame) {
      frame.key = token.value as string
      expected = 'colon'
      return
    }
    if (expected === 'colon' && kind === TokenType.COLON) {
      expected = 'value'
      return
    }
    if (expected === 'comma' && kind === TokenType.COMMA) {
      expected = frame?.isArray ? 'value' : 'key'
      return
    }
    const end = frame?.isArray ? TokenType.RIGHT_BRACKET : TokenType.RIGHT_BRACE
    const mayEnd = expected === 'comma' || expected.endsWith('or end')
    if (frame && mayEnd && kind === end) return endValue()
    if (expected === 'end') throw new Error('the document goes on after its end')
    throw new Error(`unexpected ${JSON.stringify(token.value)}`)
  }
  return { write, isEnded: () => expected === 'end' }
}
