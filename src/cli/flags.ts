/** The words of a command line, checked against what a command takes. */
import type { ArgsDef } from 'citty'
import { HearthError } from '../errors.ts'

/** The command as an owner types it, and npm knows it. */
export const PROGRAM = 'hearth-recommender'

/** Other names of options, former ones too: understood, but not shown. */
const FORMER_NAMES: Readonly<Record<string, string>> = {
  parts: 'components',
  categories: 'genres',
}

/** Options that may be given again: `--keep A --keep B` is `--keep A,B`. */
const REPEATABLE = ['keep', 'drop']

/** The parser takes the last of an option that is repeated, so that all must be one. */
function joinRepeated(words: readonly string[]): string[] {
  const joined = [...words]
  for (const name of REPEATABLE) {
    const flag = `--${name}`
    const values: string[] = []
    for (let i = joined.indexOf(flag); i >= 0; i = joined.indexOf(flag)) {
      if (joined[i + 1] === undefined || joined[i + 1]!.startsWith('--')) break
      values.push(joined.splice(i, 2)[1]!)
    }
    const glued = joined.filter((word) => word.startsWith(`${flag}=`))
    values.push(...glued.map((word) => word.slice(flag.length + 1)))
    const rest = joined.filter((word) => !glued.includes(word))
    joined.splice(0, joined.length, ...rest)
    if (values.length > 0) joined.push(`${flag}=${values.join(',')}`)
  }
  return joined
}

/** The words with today's names of a command's options, repeated ones joined. */
export function withCurrentNames(words: readonly string[], defs: ArgsDef): string[] {
  return joinRepeated(words).map((word) => {
    const [, name = '', rest = ''] = /^--([\w-]+)(=.*)?$/s.exec(word) ?? []
    const current = Object.hasOwn(FORMER_NAMES, name) ? FORMER_NAMES[name] : undefined
    return current !== undefined && current in defs ? `--${current}${rest}` : word
  })
}

/** The one place that takes as many words as there are: sources of items. */
const TAKES_MANY = 'items'

/**
 * Refuses what the parser would let pass: options the command does not have, options
 * without their value, and words too many.
 *
 * @throws HearthError `bad-argument`
 */
export function checkWords(command: string, words: readonly string[], defs: ArgsDef) {
  const hint = `See ${PROGRAM} ${command} --help.`
  const places = Object.entries(defs).filter(([, { type }]) => type === 'positional')
  const takesMany = places.some(([name]) => name === TAKES_MANY)
  const room = takesMany ? Number.POSITIVE_INFINITY : places.length
  let loose = 0
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!
    if (!word.startsWith('-') || word === '-') {
      if (++loose > room) throw badArgument(`one word too many: got ${word}. ${hint}`)
      continue
    }
    const [name, value] = splitFlag(word)
    const takesValue = flagTakesValue(name, defs)
    if (takesValue === undefined)
      throw badArgument(`unknown option: got ${word}. ${hint}`)
    if (!takesValue && value !== undefined)
      throw badArgument(`--${name} takes no value: got ${value}. ${hint}`)
    if (!takesValue || value !== undefined) continue
    const next = words[++i]
    if (next === undefined || next.startsWith('--')) {
      throw badArgument(`no value for --${name}: got ${next ?? 'nothing'}. ${hint}`)
    }
  }
}

function splitFlag(word: string): [string, string | undefined] {
  const at = word.indexOf('=')
  const name = (at < 0 ? word : word.slice(0, at)).replace(/^--/, '')
  return [name, at < 0 ? undefined : word.slice(at + 1)]
}

/** Undefined for an option the command does not have. */
function flagTakesValue(name: string, defs: ArgsDef): boolean | undefined {
  const def = defs[name]
  if (def && def.type !== 'positional') return def.type !== 'boolean'
  const isNegated = name.startsWith('no-') && defs[name.slice(3)]?.type === 'boolean'
  return isNegated ? false : undefined
}

interface NumberRange {
  readonly min: number
  readonly max: number
}

/** @throws HearthError `bad-argument` unless a given text is a whole number in range */
export function wholeNumber(
  name: string,
  text: string | undefined,
  { min, max }: NumberRange,
): number | undefined {
  if (text === undefined) return undefined
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN
  if (value >= min && value <= max) return value
  throw badArgument(
    `bad --${name}: got ${text}, expected a whole number from ${min} to ${max}.`,
  )
}

function badArgument(message: string): HearthError {
  return new HearthError('bad-argument', message)
}
