/** What a config file holds → a config, or one line for each thing that is wrong with it. */
import { closest, distance } from 'fastest-levenshtein'
import * as v from 'valibot'
import { HearthError } from '../../errors.ts'
import { assertRules } from '../../pack/rules.ts'
import type { HearthConfig } from './define-config.ts'

const text = v.pipe(v.string(), v.nonEmpty())
const texts = v.array(text)
const textOrTexts = v.union([text, v.pipe(texts, v.minLength(1))])
const flag = v.boolean()
const wholeFrom = (min: number, max: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max))
const number = v.pipe(v.number(), v.finite())

function textFields<const Names extends readonly string[]>(names: Names) {
  const fields = names.map((name) => [name, v.optional(text)])
  return v.strictObject(
    Object.fromEntries(fields) as Record<
      Names[number],
      v.OptionalSchema<typeof text, undefined>
    >,
  )
}

const ITEM_FIELDS = [
  ...['id', 'title', 'authors', 'year', 'categories', 'description', 'url', 'image'],
  ...['language', 'series', 'position', 'price', 'currency', 'available', 'published'],
  'group',
] as const
const INTERACTION_FIELDS = [
  ...['user', 'session', 'item', 'rating', 'weight', 'quantity', 'event', 'time'],
] as const

/** Names and types; ranges are checked where the pack's are. */
const RULES = v.strictObject({
  filter: v.optional(text),
  hide: v.optional(texts),
  pin: v.optional(texts),
  bury: v.optional(text),
  boost: v.optional(v.array(v.strictObject({ filter: text, by: number }))),
  onlyInStock: v.optional(flag),
  notOlderThanDays: v.optional(number),
  maxPerAuthor: v.optional(number),
  maxPerCategory: v.optional(number),
  onePerGroup: v.optional(flag),
})

const CONFIG = v.strictObject({
  items: v.optional(textOrTexts),
  interactions: v.optional(textOrTexts),
  out: v.optional(text),
  name: v.optional(text),
  licence: v.optional(text),
  attribution: v.optional(text),
  url: v.optional(text),
  columns: v.optional(textFields(ITEM_FIELDS)),
  interactionColumns: v.optional(textFields(INTERACTION_FIELDS)),
  table: v.optional(text),
  soldOut: v.optional(v.picklist(['drop', 'mark'])),
  attributes: v.optional(
    v.strictObject({ keep: v.optional(texts), drop: v.optional(texts) }),
  ),
  rules: v.optional(RULES),
  text: v.optional(flag),
  encoder: v.optional(text),
  base: v.optional(text),
  allPages: v.optional(flag),
  bytes: v.optional(wholeFrom(8, 1024)),
  seed: v.optional(wholeFrom(0, 2 ** 32 - 1)),
  threads: v.optional(wholeFrom(0, 64)),
})

/** Faults listed: one is mended at a time. */
const FAULTS_SHOWN = 5
/** Letters that may differ from the name that was meant, a share of its length. */
const MAX_DISTANCE = 0.4
/** Two letters changed over, at any length. */
const MIN_DISTANCE = 2

/**
 * @param path of the file, for the error
 * @throws HearthError `bad-argument` naming each key that is unknown or has a wrong value
 */
export function checkConfig(path: string, value: unknown): HearthConfig {
  // to the library a list is an object
  const checked = v.safeParse(
    CONFIG,
    Array.isArray(value) ? JSON.stringify(value) : value,
  )
  if (checked.success) return withRules(path, value as HearthConfig)
  const faults = checked.issues.slice(0, FAULTS_SHOWN).map((issue) => faultOf(issue))
  const more =
    checked.issues.length > FAULTS_SHOWN
      ? `; and ${checked.issues.length - FAULTS_SHOWN} more`
      : ''
  throw new HearthError('bad-argument', `${path}: ${faults.join('; ')}${more}.`)
}

/** Their ranges are the pack's. */
function withRules(path: string, config: HearthConfig): HearthConfig {
  try {
    assertRules(config.rules ?? {})
  } catch (error) {
    if (!(error instanceof HearthError)) throw error
    throw new HearthError(error.code, `${path}: ${error.message}`, { cause: error })
  }
  return config
}

type Issue = v.InferIssue<typeof CONFIG>

function faultOf(issue: Issue): string {
  const path = (issue.path ?? []).map(({ key }) => String(key))
  const name = path.join('.')
  if (issue.type === 'strict_object' && issue.expected === 'never') {
    return unknownKey(path)
  }
  if (name === '') return `got ${shown(issue.input)}, expected an object of options`
  if (issue.input === undefined) return `${name} is missing`
  return `${name} is ${shown(issue.input)}, expected ${expectedOf(issue)}`
}

/** Keys of the object at a path; a number is the place in a list. */
function keysAt(path: readonly string[]): readonly string[] {
  const [first] = path
  if (path.length === 0) return Object.keys(CONFIG.entries)
  if (first === 'columns') return ITEM_FIELDS
  if (first === 'interactionColumns') return INTERACTION_FIELDS
  if (first === 'attributes') return ['keep', 'drop']
  if (path.includes('boost')) return ['filter', 'by']
  return Object.keys(RULES.entries)
}

function unknownKey(path: readonly string[]): string {
  const known = keysAt(path.slice(0, -1))
  const key = path.at(-1) ?? ''
  const near = closest(key, known as string[])
  const letters = Math.max(MIN_DISTANCE, MAX_DISTANCE * near.length)
  const isNear = distance(key, near) <= letters
  const hint = isNear ? `did you mean ${near}?` : `expected one of ${known.join(', ')}`
  return `unknown key ${path.join('.')} (${hint})`
}

function expectedOf({ type, requirement, expected }: Issue): string {
  switch (type) {
    case 'string':
    case 'non_empty':
      return 'a text'
    case 'boolean':
      return 'true or false'
    case 'integer':
      return 'a whole number'
    case 'number':
    case 'finite':
      return 'a number'
    case 'min_value':
      return `at least ${requirement}`
    case 'max_value':
      return `at most ${requirement}`
    case 'array':
      return 'a list of texts'
    case 'union':
    case 'min_length':
      return 'a text or a list of texts'
    case 'picklist':
      return expected?.replace(/[()]/g, '').replaceAll(' | ', ' or ') ?? 'another value'
    default:
      return 'an object'
  }
}

const SHOWN_LENGTH = 40

function shown(value: unknown): string {
  if (typeof value === 'function') return 'a function'
  const json = JSON.stringify(value) ?? String(value)
  return json.length > SHOWN_LENGTH ? `${json.slice(0, SHOWN_LENGTH)}…` : json
}
