/** A JSON array's elements, one at a time, so that no file is held whole. */
import { HearthError } from '../errors.ts'
import { type LimitOptions, MAX_LINE_LENGTH, tooLong } from './input-lines.ts'

/** The text of one element and the line it starts on. */
export interface JsonElement {
  readonly line: number
  readonly text: string
}

interface Scan {
  depth: number
  inString: boolean
  escaped: boolean
  line: number
  /** 0 until the element's first character. */
  startLine: number
  element: string
  closed: boolean
}

/**
 * `[a, b, …]` in pieces → the text of a, b, …: brackets and strings are followed, what
 * lies between is left to `JSON.parse`. Text after the closing bracket is refused.
 *
 * @throws HearthError `bad-input` when the array never ends or an element is too long
 */
export async function* readJsonElements(
  name: string,
  pieces: AsyncIterable<string>,
  options: LimitOptions = {},
): AsyncGenerator<JsonElement> {
  const maxLength = options.maxLength ?? MAX_LINE_LENGTH
  const scan: Scan = {
    depth: 0,
    inString: false,
    escaped: false,
    line: 1,
    startLine: 0,
    element: '',
    closed: false,
  }
  for await (const piece of pieces) {
    yield* elementsOf(scan, piece)
    if (scan.element.length > maxLength) throw tooLong(name, scan.startLine, maxLength)
    if (scan.closed && scan.element.trim() !== '')
      throw broken(name, scan, 'goes on after its end')
  }
  if (!scan.closed) throw broken(name, scan, 'never ends')
}

/** Feeds one piece; the unfinished element stays in `scan`. */
function* elementsOf(scan: Scan, piece: string): Generator<JsonElement> {
  let from = 0
  for (let at = 0; at < piece.length; at++) {
    const boundary = step(scan, piece.charCodeAt(at))
    if (boundary === 'inside') continue
    const text = (scan.element + piece.slice(from, at)).trim()
    if (boundary === 'end' && text !== '') yield { line: scan.startLine, text }
    scan.element = ''
    scan.startLine = 0
    from = at + 1
  }
  scan.element += piece.slice(from)
}

/** One character on: does an element begin after it, end before it, or neither? */
function step(scan: Scan, code: number): 'begin' | 'end' | 'inside' {
  if (code === NEWLINE) scan.line++
  if (scan.closed || code <= SPACE) return 'inside'
  if (scan.inString) return stepInString(scan, code)
  if (code === OPEN_BRACKET || code === OPEN_BRACE) {
    scan.depth++
    if (scan.depth === 1) return 'begin'
  } else if (code === CLOSE_BRACKET || code === CLOSE_BRACE) {
    scan.depth--
    scan.closed = scan.depth === 0
    if (scan.closed) return 'end'
  } else if (code === COMMA && scan.depth === 1) return 'end'
  scan.inString = code === QUOTE
  scan.startLine ||= scan.line
  return 'inside'
}

function stepInString(scan: Scan, code: number): 'inside' {
  if (scan.escaped) scan.escaped = false
  else if (code === BACKSLASH) scan.escaped = true
  else if (code === QUOTE) scan.inString = false
  return 'inside'
}

function broken(name: string, scan: Scan, what: string): HearthError {
  return new HearthError(
    'bad-input',
    `broken JSON: ${name}, the array ${what} (line ${scan.line}).`,
  )
}

const NEWLINE = 10
const SPACE = 32
const QUOTE = 34
const COMMA = 44
const OPEN_BRACKET = 91
const BACKSLASH = 92
const CLOSE_BRACKET = 93
const OPEN_BRACE = 123
const CLOSE_BRACE = 125
