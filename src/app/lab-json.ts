/** JSON of the Lab: fetched with one clear error, and checked value by value. */
import { HearthError, messageOf } from '../errors.ts'

/** Answers that a host without the file gives for it. */
const HTML = /^\s*</

/**
 * @param ask the page's fetch
 * @throws HearthError `bad-input` for no answer, no such file, or what is no JSON
 */
export async function fetchJson(path: string, ask: typeof fetch): Promise<unknown> {
  const text = await ask(path).then(
    (response) => {
      if (!response.ok) throw unusable(path, `status ${response.status}`)
      return response.text()
    },
    (error: unknown) => {
      throw unusable(path, messageOf(error), error)
    },
  )
  try {
    return JSON.parse(text)
  } catch (error) {
    throw unusable(path, HTML.test(text) ? 'a web page' : 'what is no JSON', error)
  }
}

function unusable(path: string, got: string, cause?: unknown) {
  const what = `cannot read ${path}: got ${got}, expected the JSON of hearth evaluate.`
  return new HearthError('bad-input', what, { cause })
}

/** @throws HearthError `bad-input` unless `value` is an object and no list */
export function objectAt(value: unknown, where: string): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>
  }
  throw wrong(where, value, 'an object')
}

/** @throws HearthError `bad-input` unless it is an object; each value goes through `of` */
export function mapAt<V>(
  value: unknown,
  where: string,
  of: (value: unknown, where: string) => V,
): Map<string, V> {
  const entries = Object.entries(objectAt(value, where))
  return new Map(entries.map(([key, each]) => [key, of(each, `${where}.${key}`)]))
}

/** @throws HearthError `bad-input` unless `value` is a list */
export function listAt(value: unknown, where: string): unknown[] {
  if (Array.isArray(value)) return value
  throw wrong(where, value, 'a list')
}

/** @throws HearthError `bad-input` unless `value` is a finite number */
export function numberAt(value: unknown, where: string): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value
  throw wrong(where, value, 'a number')
}

/** @throws HearthError `bad-input` unless `value` is text */
export function textAt(value: unknown, where: string): string {
  if (typeof value === 'string') return value
  throw wrong(where, value, 'text')
}

/** @throws HearthError `bad-input` unless `value` is one of `choices` */
export function choiceAt<C extends string>(
  value: unknown,
  where: string,
  choices: readonly C[],
): C {
  const choice = choices.find((each) => each === value)
  if (choice !== undefined) return choice
  throw wrong(where, value, `one of ${choices.join(', ')}`)
}

function wrong(where: string, value: unknown, expected: string) {
  const got = value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 40)
  return new HearthError(
    'bad-input',
    `wrong shape at ${where}: got ${got}, expected ${expected}.`,
  )
}
