/**
 * Does a typed refusal keep out what it refuses, with what was wanted still there? 200 texts in
 * eight languages (`refusals-set.ts`), half of them kept aside from tuning.
 *
 *   npx tsx bench/refusals.ts [--pack folder] [--aside] [--show]
 *
 * Two figures a language. Parsed: exactly the refused words were taken for refused. Kept out:
 * none of the first six has the refused topic (a category that holds its words, or its words
 * in the title), there are six, and where something was wanted at least three are of it.
 * Without `--aside` the half for tuning is read.
 */
import { parseArgs } from 'node:util'
import { createHearth, type RecommendedItem } from '../src/index.node.ts'
import { clausesOf } from '../src/text/understand/clauses.ts'
import { REFUSALS, type RefusalCase } from './refusals-set.ts'

const { values } = parseArgs({
  options: {
    pack: { type: 'string', default: 'public/catalogues/books' },
    aside: { type: 'boolean', default: false },
    show: { type: 'boolean', default: false },
  },
})
const FIRST = 6
const MIN_WANTED = 3

const holds = ({ title, genres = [] }: RecommendedItem, topic: string) => {
  const word = topic.replace(/s$/, '').toLowerCase()
  const whole = new RegExp(`(?<!\\p{L})${word}s?(?!\\p{L})`, 'iu')
  return [title, ...genres].some((text) => whole.test(text))
}

function isRight(items: readonly RecommendedItem[], { refused, wanted }: RefusalCase) {
  const first = items.slice(0, FIRST)
  if (first.length < FIRST || first.some((item) => holds(item, refused))) return false
  if (!wanted) return true
  return first.filter((item) => holds(item, wanted)).length >= MIN_WANTED
}

const hearth = await createHearth({
  ...{ pack: values.pack, now: () => Date.UTC(2026, 0, 1), seed: 1 },
})
const rows = new Map<string, { cases: number; parsed: number; right: number }>()
for (const each of REFUSALS.filter(({ isKeptAside }) => isKeptAside === values.aside)) {
  const { text, language, typed } = each
  const { refused } = clausesOf(text)
  const isParsed =
    refused.length === 1 && refused[0]!.toLowerCase() === typed.toLowerCase()
  const { items } = await hearth.search(text, { count: FIRST })
  const isKept = isRight(items, each)
  const row = rows.get(language) ?? { cases: 0, parsed: 0, right: 0 }
  row.cases++
  row.parsed += Number(isParsed)
  row.right += Number(isKept)
  rows.set(language, row)
  if (values.show && !(isParsed && isKept)) {
    console.log(`${text} → ${refused.join(' ; ')}`)
    for (const item of items)
      console.log(`    ${item.title} (${item.genres?.join(', ')})`)
  }
}
await hearth.close()
const share = (part: number, of: number) =>
  `${((100 * part) / of).toFixed(0)} %`.padStart(6)
console.log(`${values.aside ? 'kept aside' : 'for tuning'}  cases parsed kept out`)
let [cases, parsed, right] = [0, 0, 0]
for (const [language, row] of rows) {
  console.log(
    `${language.padEnd(11)} ${String(row.cases).padStart(5)} ${share(row.parsed, row.cases)} ${share(row.right, row.cases)}`,
  )
  cases += row.cases
  parsed += row.parsed
  right += row.right
}
console.log(
  `${'all'.padEnd(11)} ${String(cases).padStart(5)} ${share(parsed, cases)} ${share(right, cases)}`,
)
