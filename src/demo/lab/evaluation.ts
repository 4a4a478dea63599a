/**
 * What `hearth-recommender evaluate --json` wrote, checked and in the order the Lab shows it.
 *
 * The browser does not import the offline modules, not even their types: this is the
 * reader's own account of the format, and `lab-evaluation.test.ts` holds it to the
 * writer's type.
 */
import { HearthError, messageOf } from '../../errors.ts'

// JSON of the Lab: fetched with one clear error, and checked value by value.

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
  const what = `cannot read ${path}: got ${got}, expected the JSON of hearth-recommender evaluate.`
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
function mapAt<V>(
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

/** `recall@20`, `recall@20:low` … → value; what could not be measured is left out. */
export type Figures = Readonly<Partial<Record<string, number>>>
export type Rows = ReadonlyMap<string, Figures>

const ROW_KINDS = ['component', 'fusion', 'baseline', 'ablation'] as const
export type RowKind = (typeof ROW_KINDS)[number]

export interface CountFigures {
  /** Events known of a visitor: `0`, `1` … or `all`. */
  readonly k: string
  readonly rows: Rows
  /** Row → fusion less that row, the same visitors. */
  readonly differences: Rows
  readonly calibration?: Calibration
}

export interface Calibration {
  readonly visitors: number
  /** Expected calibration error, 0–1. */
  readonly ece: number
  /** Binary cross-entropy, and that of the one share that was chosen, of every item. */
  readonly bce: number
  readonly baseBce: number
  readonly bins: readonly CalibrationBin[]
}

export interface CalibrationBin {
  readonly to: number
  readonly count: number
  readonly predicted: number
  readonly observed: number
}

export interface Ratings {
  readonly events: number
  readonly rmse: number
  readonly biasRmse: number
  /** rmse − biasRmse, and its 95 % interval. */
  readonly difference: Readonly<Record<'mean' | 'low' | 'high', number>>
  readonly byRating: readonly RatingBin[]
}

export interface RatingBin {
  readonly rating: number
  readonly count: number
  readonly mean: number
  /** 10th and 90th percentile. */
  readonly low: number
  readonly high: number
}

export interface Evaluation {
  readonly name: string
  readonly protocol: string
  readonly split: string
  readonly items: number
  readonly visitors: number
  readonly seed: number
  readonly recall: 'of-list' | 'of-all'
  /** Rising, `all` last; at least one. */
  readonly counts: readonly CountFigures[]
  /** What each row is, in the order of the tables. */
  readonly kinds: ReadonlyMap<string, RowKind>
  /** Block of the pack → bytes an item. */
  readonly bytes: ReadonlyMap<string, number>
  /** Chosen on validation: `cf`, `ease` … → `λ 64, K 200`. */
  readonly settings: ReadonlyMap<string, string>
  readonly ratings?: Ratings
  readonly notes: readonly string[]
}

/** @throws HearthError `bad-input`: another version, no figures, or a wrong shape */
export function parseEvaluation(value: unknown): Evaluation {
  const { meta: given, ...byCount } = objectAt(value, 'the evaluation')
  const meta = objectAt(given, 'meta')
  if (meta.version !== 1) {
    throw new HearthError(
      'bad-input',
      `unknown version of an evaluation: got ${meta.version}, expected 1.`,
    )
  }
  return {
    name: textAt(meta.name, 'meta.name'),
    protocol: textAt(meta.protocol, 'meta.protocol'),
    split: textAt(meta.split, 'meta.split'),
    items: numberAt(meta.items, 'meta.items'),
    visitors: numberAt(meta.visitors, 'meta.visitors'),
    seed: numberAt(meta.seed, 'meta.seed'),
    recall: choiceAt(meta.recall, 'meta.recall', ['of-list', 'of-all']),
    counts: countsOf(byCount, meta),
    kinds: mapAt(meta.rows, 'meta.rows', (kind, at) => choiceAt(kind, at, ROW_KINDS)),
    bytes: mapAt(meta.bytesPerItem, 'meta.bytesPerItem', numberAt),
    settings: mapAt(meta.settings, 'meta.settings', settingsLine),
    ...(meta.ratings === undefined ? {} : { ratings: ratingsOf(meta.ratings) }),
    notes: listAt(meta.notes, 'meta.notes').map((note) => textAt(note, 'meta.notes')),
  }
}

function countsOf(
  byCount: Record<string, unknown>,
  meta: Record<string, unknown>,
): CountFigures[] {
  const rows = mapAt(byCount, 'the evaluation', rowsAt)
  const differences = mapAt(meta.differences, 'meta.differences', rowsAt)
  const calibration = mapAt(
    measuredOnly(meta.calibration),
    'meta.calibration',
    calibrationAt,
  )
  if (rows.size === 0) {
    throw new HearthError(
      'bad-input',
      'an evaluation without figures: got only meta, expected numbers of events.',
    )
  }
  const rising = [...rows.keys()]
    .map((k) => ({ k, events: eventsOf(k) }))
    .sort((a, b) => a.events - b.events)
  return rising.map(({ k }) => {
    const believed = calibration.get(k)
    return {
      k,
      rows: rows.get(k)!,
      differences: differences.get(k) ?? new Map(),
      ...(believed ? { calibration: believed } : {}),
    }
  })
}

/** Runs of before there were probabilities compared a score, which is none: they are passed over. */
function measuredOnly(calibration: unknown): unknown {
  const byCount = Object.entries(objectAt(calibration, 'meta.calibration'))
  return Object.fromEntries(
    byCount.filter(([k, value]) => 'bce' in objectAt(value, `meta.calibration.${k}`)),
  )
}

/** @throws HearthError `bad-input` for a key that is neither a number nor `all` */
function eventsOf(k: string): number {
  if (k === 'all') return Number.POSITIVE_INFINITY
  if (/^\d+$/.test(k)) return Number(k)
  throw new HearthError(
    'bad-input',
    `unknown number of events: got ${k}, expected digits or all.`,
  )
}

const rowsAt = (value: unknown, where: string): Rows => mapAt(value, where, figuresAt)

/** JSON has no NaN: it is written as null, and there is nothing to show for it. */
function figuresAt(value: unknown, where: string): Figures {
  const measured = Object.entries(objectAt(value, where)).filter(([, v]) => v !== null)
  return Object.fromEntries(
    measured.map(([name, figure]) => [name, numberAt(figure, `${where}.${name}`)]),
  )
}

function calibrationAt(value: unknown, where: string): Calibration {
  const { bins, ...figures } = objectAt(value, where)
  const keys = ['to', 'count', 'predicted', 'observed'] as const
  return {
    ...numbersAt(figures, where, ['visitors', 'ece', 'bce', 'baseBce'] as const),
    bins: listAt(bins, `${where}.bins`).map((bin) =>
      numbersAt(bin, `${where}.bins`, keys),
    ),
  }
}

function ratingsOf(value: unknown): Ratings {
  const { byRating, difference, ...figures } = objectAt(value, 'meta.ratings')
  const keys = ['rating', 'count', 'mean', 'low', 'high'] as const
  return {
    ...numbersAt(figures, 'meta.ratings', ['events', 'rmse', 'biasRmse'] as const),
    difference: numbersAt(difference, 'meta.ratings.difference', ENDS),
    byRating: listAt(byRating, 'meta.ratings.byRating').map((bin) =>
      numbersAt(bin, 'meta.ratings.byRating', keys),
    ),
  }
}

const ENDS = ['mean', 'low', 'high'] as const

function numbersAt<K extends string>(
  value: unknown,
  where: string,
  keys: readonly K[],
): Record<K, number> {
  const given = objectAt(value, where)
  const entries = keys.map((key) => [key, numberAt(given[key], `${where}.${key}`)])
  return Object.fromEntries(entries) as Record<K, number>
}

function settingsLine(value: unknown, where: string): string {
  const pairs = Object.entries(objectAt(value, where)).map(([name, setting]) => {
    const isNumber = typeof setting === 'number'
    return `${name} ${isNumber ? Number(setting.toPrecision(4)) : setting}`
  })
  return pairs.join(', ')
}
