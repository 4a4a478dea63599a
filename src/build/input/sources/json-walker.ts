/** JSON tokens → where each value starts and ends, with the grammar checked on the way. */
import { type TokenParser, TokenType } from '@streamparser/json'

/** What the tokenizer reports, without its position in the file. */
export type JsonToken = Parameters<TokenParser['write']>[0]

interface JsonVisitor {
  /** A value starts at this depth: 0 is the document, 1 its members. */
  enter(token: JsonToken, depth: number, key: string | undefined): void
  /** An object or an array of this depth has ended. */
  leave(depth: number): void
}

interface Frame {
  readonly isArray: boolean
  key: string | undefined
}

/** What may come next. Numbers, for there is a token every few bytes. */
const VALUE = 0
const VALUE_OR_END = 1
const KEY = 2
const KEY_OR_END = 3
const COLON = 4
const COMMA_OR_END = 5
const NOTHING = 6

/** Deepest nesting read: deeper is an attack, not a catalogue. */
const MAX_DEPTH = 1000

function isValue(kind: TokenType): boolean {
  return (
    (kind >= TokenType.TRUE && kind <= TokenType.NUMBER) ||
    kind === TokenType.LEFT_BRACE ||
    kind === TokenType.LEFT_BRACKET
  )
}

/** Walks one document. `write` throws an Error: what is wrong with a token. */
export function createJsonWalker(visitor: JsonVisitor) {
  const frames: Frame[] = []
  let frame: Frame | undefined
  let expected = VALUE

  const afterValue = () => {
    expected = frame ? COMMA_OR_END : NOTHING
  }
  const startValue = (token: JsonToken) => {
    visitor.enter(token, frames.length, frame?.key)
    const isArray = token.token === TokenType.LEFT_BRACKET
    if (!isArray && token.token !== TokenType.LEFT_BRACE) return afterValue()
    if (frames.length === MAX_DEPTH) throw new Error(`nested over ${MAX_DEPTH} deep`)
    frame = { isArray, key: undefined }
    frames.push(frame)
    expected = isArray ? VALUE_OR_END : KEY_OR_END
  }
  const endValue = () => {
    frames.pop()
    frame = frames[frames.length - 1]
    visitor.leave(frames.length)
    afterValue()
  }
  const write = (token: JsonToken) => {
    const kind = token.token
    if (expected <= VALUE_OR_END && isValue(kind)) return startValue(token)
    if (frame && kind === TokenType.STRING && isKeyExpected()) {
      frame.key = token.value as string
      expected = COLON
    } else if (kind === TokenType.COLON && expected === COLON) {
      expected = VALUE
    } else if (kind === TokenType.COMMA && expected === COMMA_OR_END) {
      expected = frame?.isArray ? VALUE : KEY
    } else if (kind === endOf(frame) && isEndExpected()) {
      endValue()
    } else {
      const isOver = expected === NOTHING
      const unexpected = `unexpected ${JSON.stringify(token.value)}`
      throw new Error(isOver ? 'the document goes on after its end' : unexpected)
    }
  }
  const isKeyExpected = () => expected === KEY || expected === KEY_OR_END
  const isEndExpected = () =>
    expected === COMMA_OR_END || expected === VALUE_OR_END || expected === KEY_OR_END
  return { write, isEnded: () => expected === NOTHING }
}

function endOf(frame: Frame | undefined): TokenType | undefined {
  if (!frame) return undefined
  return frame.isArray ? TokenType.RIGHT_BRACKET : TokenType.RIGHT_BRACE
}
