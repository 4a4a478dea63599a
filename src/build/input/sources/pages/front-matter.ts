/** What stands before a Markdown page's text (YAML, TOML or JSON) → its values. */
import { parse as parseToml, TomlError } from 'smol-toml'
import { parseDocument as parseYaml } from 'yaml'
import { messageOf } from '../../../../errors.ts'
import { isThing } from './structured-data.ts'

export interface FrontMatter {
  /** In the file's order; keys as written. */
  readonly values: ReadonlyMap<string, unknown>
  /** The page's text after it. */
  readonly text: string
  /** Line of the file where that text begins, from 1. */
  readonly textLine: number
  /** What does not parse, and where. */
  readonly fault?: { readonly what: string; readonly line: number }
}

/** What opens front matter, and the line that closes it. */
const FENCES = [
  {
    opens: /^---[ \t]*(?:yaml)?[ \t]*\r?\n/,
    closes: /^(?:---|\.\.\.)[ \t]*\r?$/m,
    read: yaml,
  },
  { opens: /^\+\+\+[ \t]*\r?\n/, closes: /^\+\+\+[ \t]*\r?$/m, read: toml },
  { opens: /^---json[ \t]*\r?\n/, closes: /^---[ \t]*\r?$/m, read: json },
  { opens: /^---js[ \t]*\r?\n/, closes: /^---[ \t]*\r?$/m, read: script },
  { opens: /^---toml[ \t]*\r?\n/, closes: /^---[ \t]*\r?$/m, read: toml },
] as const

/** References to one value that YAML may hold: more are a bomb. */
const MAX_ALIASES = 100

export function readFrontMatter(text: string): FrontMatter {
  const start = text.length - text.trimStart().length
  const whole = text.slice(start)
  if (/^\{\s*\r?\n\s*"/.test(whole)) return readJsonHead(whole)
  for (const { opens, closes, read } of FENCES) {
    const open = opens.exec(whole)?.[0]
    if (open === undefined) continue
    const rest = whole.slice(open.length)
    const close = closes.exec(rest)
    // a page may begin with a ruled line
    if (!close) break
    const head = rest.slice(0, close.index)
    const after = rest.slice(close.index + close[0].length)
    return { ...read(head), text: after, textLine: linesIn(open) + linesIn(head) + 1 }
  }
  return { values: new Map(), text, textLine: 1 }
}

function linesIn(text: string): number {
  return text.split('\n').length - 1
}

type Read = Pick<FrontMatter, 'values' | 'fault'>

function yaml(text: string): Read {
  const document = parseYaml(text, { uniqueKeys: false, logLevel: 'silent' })
  const [error] = document.errors
  if (error) {
    const line = (error.linePos?.[0].line ?? 1) + 1
    return broken('YAML', line)
  }
  try {
    return valuesOf(document.toJS({ maxAliasCount: MAX_ALIASES }))
  } catch {
    return broken('YAML', 1) // too many aliases
  }
}

function toml(text: string): Read {
  try {
    return valuesOf(parseToml(text))
  } catch (error) {
    return broken('TOML', error instanceof TomlError ? error.line + 1 : 1)
  }
}

function json(text: string): Read {
  try {
    return valuesOf(JSON.parse(text))
  } catch (error) {
    const at = Number(/position (\d+)/.exec(messageOf(error))?.[1] ?? 0)
    return broken('JSON', linesIn(text.slice(0, at)) + 1)
  }
}

/** Eleventy's own: a program is not run; of its constants the plain ones are read. */
function script(text: string): Read {
  const plain =
    /^\s*(?:export\s+)?(?:(?:const|let|var)\s+)?(\w+)\s*[=:]\s*("[^"\\\n]*"|'[^'\\\n]*'|true|false|\d+)\s*[;,]?\s*$/gm
  const values = new Map<string, unknown>()
  for (const [, name = '', written = ''] of text.matchAll(plain)) {
    const json = written.startsWith("'")
      ? JSON.stringify(written.slice(1, -1))
      : written
    values.set(name, JSON.parse(json))
  }
  return { values }
}

function broken(kind: string, line: number): Read {
  const what = `front matter that is not ${kind}: left out`
  return { values: new Map(), fault: { what, line } }
}

function valuesOf(value: unknown): Read {
  return { values: new Map(isThing(value) ? Object.entries(value) : []) }
}

/** JSON without a fence: it ends at the brace that stands at the start of a line. */
function readJsonHead(text: string): FrontMatter {
  const end = /^\}[ \t]*\r?$/m.exec(text)
  if (!end) return { values: new Map(), text, textLine: 1 }
  const head = text.slice(0, end.index + 1)
  return { ...json(head), text: text.slice(head.length), textLine: linesIn(head) + 1 }
}
