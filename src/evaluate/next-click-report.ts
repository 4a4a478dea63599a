/** The JSON of an ordered folder as tables for a person. */

// What `evaluate --json` writes of ordered folders.
// {
// "all":     { "sequence": { "hit@20": .54, "mrr@20": .20, "hit@20:worst": .53, … }, … },
// "new":     answers that the visitor had not seen, ranked among such items
// "returns": answers seen before, ranked among the items seen
// "meta":    { … }
// }
// `new` and `returns` are there where answers may come again (sessions). Under a list each
// key is a component of the score or `fusion`. Of each figure: the expectation over a random
// order of tied rows, its 95 % interval (`:low`, `:high`) and the worst order (`:worst`).

/** `recall@…`, `hit@…` (the same: one answer a case), `ndcg@…`, `mrr@…` and `cases`. */
export type FiguresJson = Readonly<Record<string, number>>

export type NextClickRows = Readonly<
  Partial<Record<'all' | 'new' | 'returns', Readonly<Record<string, FiguresJson>>>>
>

interface NextClickMeta {
  readonly version: 1
  readonly name: string
  readonly protocol: string
  readonly items: number
  /** Cases tested, and the visitors (users, sessions) they are of. */
  readonly cases: number
  readonly visitors: number
  readonly seed: number
  readonly bytesPerItem: Readonly<Record<string, number>>
  /** Chosen on validation. */
  readonly settings: Readonly<Record<string, Readonly<Record<string, number>>>>
  /** Weights of the components by bucket of events, as fitted. */
  readonly fusion: readonly Readonly<Record<string, number>>[]
  readonly notes: readonly string[]
}

export type NextClickJson = NextClickRows & { readonly meta: NextClickMeta }

const LIST_HEADS = {
  all: 'all answers',
  new: 'unseen ones, among unseen items',
  returns: 'returns, among items seen',
} as const
const NAME_WIDTH = 11

export function formatNextClicks(json: NextClickJson): string {
  const { meta } = json
  const total = Object.values(meta.bytesPerItem).reduce((sum, b) => sum + b, 0)
  const blocks = Object.entries(meta.bytesPerItem).map(
    ([block, bytes]) => `${block} ${bytes.toFixed(1)}`,
  )
  const lists = (Object.keys(LIST_HEADS) as (keyof typeof LIST_HEADS)[]).flatMap(
    (list) => {
      const rows = json[list]
      return rows ? listLines(LIST_HEADS[list], rows) : []
    },
  )
  const settings = Object.entries(meta.settings).map(
    ([name, values]) =>
      `${name}: ${Object.entries(values)
        .map(([key, value]) => `${key} ${value}`)
        .join(', ')}`,
  )
  return [
    `${meta.name}: ${meta.items} items, ${meta.cases} cases of ${meta.visitors} visitors, seed ${meta.seed}`,
    meta.protocol,
    `${total.toFixed(1)} bytes an item (${blocks.join(', ')})`,
    ...lists,
    '',
    ...settings,
    ...meta.notes,
  ].join('\n')
}

function listLines(head: string, rows: Readonly<Record<string, FiguresJson>>) {
  const [first] = Object.values(rows)
  if (!first) return []
  const names = Object.keys(first).filter((name) => `${name}:worst` in first)
  const columns = names.map((name) => name.padEnd(24))
  return [
    '',
    `${head} (${first.cases} cases), with the 95 % interval and [the worst order of ties]`,
    ['component'.padEnd(NAME_WIDTH), ...columns].join('  '),
    ...Object.entries(rows).map(([row, figures]) =>
      [row.padEnd(NAME_WIDTH), ...names.map((name) => cell(figures, name))].join('  '),
    ),
  ]
}

function cell(figures: FiguresJson, name: string): string {
  const short = (value = 0) => value.toFixed(3).replace(/^0/, '')
  const range = `(${short(figures[`${name}:low`])}–${short(figures[`${name}:high`])})`
  return `${(figures[name] ?? 0).toFixed(4)} ${range} [${short(figures[`${name}:worst`])}]`
}
