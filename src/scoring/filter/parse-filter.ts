/** A filter's text → its tree. The grammar is in `docs/filters.md`. */
import {
  type FilterNode,
  type FilterSource,
  type FilterTest,
  filterError,
  type Literal,
  type Operator,
} from './filter.ts'

interface Token {
  /** `symbol` is an operator or a bracket; `name` stood in backticks and is no keyword. */
  readonly type: 'word' | 'name' | 'text' | 'number' | 'symbol' | 'end'
  /** Without its quotes. */
  readonly text: string
  /** As it was written. */
  readonly raw: string
  readonly at: number
}

/** A longer filter was made by a program that can use `in`. */
const MAX_LENGTH = 20_000
const MAX_DEPTH = 60

/** Groups: symbol, day, number, word; quoted values are read apart. */
const TOKEN =
  /([<>!]=|[=<>(),+]|-(?![\d.]))|(\d{4}-\d\d-\d\d(?![\p{L}\d]))|(-?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?(?![\p{L}\d_]))|((?:[\p{L}_][\p{L}\p{M}\p{N}_.]*)(?:-[\p{L}_][\p{L}\p{M}\p{N}_.]*)*)/iuy
const QUOTED = /(['"`])((?:\\[\s\S]|(?!\1)[^\\])*)\1/y

/**
 * @throws HearthError with `source.code`, `bad-argument` by default, for a text that is no
 *   filter: it names what was expected, and where
 */
export function parseFilter(source: FilterSource): FilterNode {
  const { text } = source
  const fail = (at: number, what: string): never => {
    throw filterError(source, at, what)
  }
  if (text.length > MAX_LENGTH) {
    fail(0, `got ${text.length} characters, expected at most ${MAX_LENGTH}`)
  }
  const tokens = tokensOf(text, fail)
  let place = 0
  const next = () => tokens[place]!
  const isWord = (word: string, ahead = 0) => {
    const token = tokens[place + ahead]
    return token?.type === 'word' && token.text.toLowerCase() === word
  }
  const takeWord = (word: string) => isWord(word) && ++place > 0
  const isSymbol = (symbol: string) =>
    next().type === 'symbol' && next().text === symbol
  const takeSymbol = (symbol: string) => isSymbol(symbol) && ++place > 0

  function expected(what: string): never {
    const { type, raw, at } = next()
    const before = tokens[place - 1]
    const got = type === 'end' ? '' : `got ${quoted(raw)}, `
    const after = before ? ` after ${quoted(before.raw)}` : ''
    return fail(at, `${got}expected ${what}${after}`)
  }

  function joined(
    word: 'and' | 'or',
    depth: number,
    one: (depth: number) => FilterNode,
  ) {
    const nodes = [one(depth)]
    while (takeWord(word)) nodes.push(one(depth))
    return nodes.length === 1 ? nodes[0]! : ({ type: word, nodes } as const)
  }
  const either = (depth: number): FilterNode => joined('or', depth, both)
  const both = (depth: number): FilterNode => joined('and', depth, negated)

  function negated(depth: number): FilterNode {
    if (depth > MAX_DEPTH) fail(next().at, `expected at most ${MAX_DEPTH} brackets`)
    if (takeWord('not')) return { type: 'not', node: negated(depth + 1) }
    if (!takeSymbol('(')) return test()
    const node = either(depth + 1)
    if (!takeSymbol(')')) expected('"and", "or" or ")"')
    return node
  }

  function test(): FilterNode {
    const { type, text: field, at } = next()
    const isName = type === 'name' || (type === 'word' && !isKeyword(field))
    if (!isName) expected('the name of an attribute')
    place++
    const make = (operator: Operator, values: readonly Literal[] = []): FilterTest => ({
      ...({ type: 'test' } as const),
      ...{ field, operator, values, at },
    })
    const symbol = next()
    if (symbol.type === 'symbol' && /^[<>=!]/.test(symbol.text)) {
      place++
      return make(symbol.text as Operator, [value()])
    }
    if (takeWord('exists')) return make('exists')
    if (takeWord('is')) {
      const isNot = takeWord('not')
      if (!takeWord('missing')) expected('"missing" or "not missing"')
      return make(isNot ? 'exists' : 'is missing')
    }
    const isNot = isWord('not') && isVerb(1) && takeWord('not')
    const verb = verbTest(make)
    if (!verb) return bare(make('holds'))
    return isNot ? { type: 'not', node: verb } : verb
  }

  /** A flag's bare name, with nothing after it that a comparison would begin with. */
  function bare(node: FilterTest): FilterTest {
    const isDone =
      next().type === 'end' || isWord('and') || isWord('or') || isSymbol(')')
    return isDone ? node : expected('an operator, as = or <, "and", "or" or the end')
  }

  const isVerb = (ahead: number) =>
    ['in', 'contains', 'between', 'starts'].some((word) => isWord(word, ahead))

  function verbTest(
    make: (operator: Operator, values: readonly Literal[]) => FilterTest,
  ) {
    if (takeWord('contains')) return make('contains', [value()])
    if (takeWord('starts')) {
      if (!takeWord('with')) expected('"with"')
      return make('starts with', [value()])
    }
    if (takeWord('between')) {
      const from = value()
      if (!takeWord('and')) expected('"and"')
      return make('between', [from, value()])
    }
    return takeWord('in') ? make('in', list()) : undefined
  }

  function list(): Literal[] {
    if (!takeSymbol('(')) expected('"("')
    const values = [value()]
    while (takeSymbol(',')) values.push(value())
    if (!takeSymbol(')')) expected('"," or ")"')
    return values
  }

  function value(): Literal {
    const { type, text: written, at } = next()
    if (type === 'text' || type === 'number') {
      place++
      return { type, text: written, at }
    }
    if (takeWord('true')) return { type: 'flag', value: true, at }
    if (takeWord('false')) return { type: 'flag', value: false, at }
    if (takeWord('today')) return { type: 'today', days: offset(), at }
    if (type !== 'word') return expected('a value')
    return expected(`a value: a text stands in quotes, as '${written}',`)
  }

  /** `- 30 days`, `+ 1 day`, or nothing. */
  function offset(): number {
    const isSigned = next().type === 'number' && next().text.startsWith('-')
    const sign = isSymbol('-') ? -1 : isSymbol('+') ? 1 : 0
    if (sign === 0 && !isSigned) return 0
    if (sign !== 0) place++
    const amount = Number(next().text)
    if (next().type !== 'number' || !Number.isInteger(amount))
      expected('a whole number')
    place++
    if (!takeWord('days') && !takeWord('day')) expected('"days"')
    return (sign || 1) * amount + 0
  }

  const node = either(0)
  if (next().type !== 'end') expected('"and", "or" or the end')
  return node
}

const KEYWORDS = new Set(
  'and or not in is contains starts between true false today'.split(' '),
)

/** Whether a name has to stand in backticks. */
export function isKeyword(word: string): boolean {
  return KEYWORDS.has(word.toLowerCase())
}

function tokensOf(text: string, fail: (at: number, what: string) => never): Token[] {
  const tokens: Token[] = []
  let at = 0
  for (;;) {
    at += /^\s*/.exec(text.slice(at))![0].length
    if (at === text.length) break
    const token = /['"`]/.test(text[at]!) ? quotedAt(text, at) : plainAt(text, at)
    if (!token && /['"`]/.test(text[at]!)) fail(at, `expected a closing ${text[at]}`)
    if (!token)
      fail(at, `got ${quoted(text[at]!)}, expected a name, a value or an operator`)
    tokens.push(token!)
    at += token!.raw.length
  }
  return [...tokens, { type: 'end', text: '', raw: '', at: text.length }]
}

function quotedAt(text: string, at: number): Token | undefined {
  QUOTED.lastIndex = at
  const match = QUOTED.exec(text)
  if (!match) return undefined
  const type = match[1] === '`' ? 'name' : 'text'
  return { type, text: match[2]!.replace(/\\([\s\S])/g, '$1'), raw: match[0], at }
}

function plainAt(text: string, at: number): Token | undefined {
  TOKEN.lastIndex = at
  const match = TOKEN.exec(text)
  if (!match) return undefined
  const [raw, symbol, day, number] = match
  const type = symbol ? 'symbol' : day ? 'text' : number ? 'number' : 'word'
  return { type, text: raw, raw, at }
}

const quoted = (raw: string) => (/["]/.test(raw) ? raw : `"${raw}"`)
