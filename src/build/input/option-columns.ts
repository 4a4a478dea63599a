/**
 * What a product is offered in, where an export has the name beside the values: `Option1
 * Name` = Size and `Option1 Value` = M, or `options: [{name: 'Size', values: ['S', 'M']}]`.
 */
import { listOf, textOf } from './cell.ts'
import { columnKey } from './columns.ts'

/** Of one row. */
export interface Option {
  /** Absent in further rows of a product, which then go by the first one's place. */
  readonly name: string | undefined
  readonly values: readonly string[]
}

/** Where a name and its values are. */
interface OptionPair {
  readonly name: number
  readonly value: number
}

const NAME = /^(option|attribute|variantoption)(\d+)name$/

/** `Option1 Name` and `Option1 Value`, `Attribute 1 name` and `Attribute 1 value(s)`. */
export function findOptionPairs(columns: readonly string[]): readonly OptionPair[] {
  const keys = columns.map(columnKey)
  return keys.flatMap((key, name) => {
    const match = NAME.exec(key)
    if (!match) return []
    const start = `${match[1]}${match[2]}value`
    const value = keys.findIndex((other) => other === start || other === `${start}s`)
    return value < 0 ? [] : [{ name, value }]
  })
}

/** One a pair, in their order. */
export function optionsOf(
  pairs: readonly OptionPair[],
  cells: readonly unknown[],
): Option[] {
  return pairs.map(({ name, value }) => ({
    name: textOf(cells[name]),
    values: listOf(cells[value]),
  }))
}

/** A list of named values, as shops' interfaces give them; undefined for anything else. */
export function optionsIn(cell: unknown): Option[] | undefined {
  if (!Array.isArray(cell) || cell.length === 0) return undefined
  const options = cell.map((one: unknown) => {
    if (typeof one !== 'object' || one === null) return undefined
    const { name, values, options } = one as Readonly<Record<string, unknown>>
    const list = values ?? options
    return typeof name === 'string' && Array.isArray(list)
      ? { name, values: listOf(list) }
      : undefined
  })
  return options.every((option) => option !== undefined) ? options : undefined
}

/** Shopify's name for a product that comes in one form only. */
const NO_OPTION = 'title'

/**
 * Name as first written → [products] the values of each, doubles out; undefined for a
 * product without.
 *
 * @param products [products][rows of the product] its options
 */
export function gatherOptions(
  products: readonly (readonly (readonly Option[])[])[],
): Map<string, (readonly string[] | undefined)[]> {
  const shown = new Map<string, string>()
  const found = new Map<string, (readonly string[] | undefined)[]>()
  const add = (product: number, written: string, values: readonly string[]) => {
    const key = written.toLowerCase()
    if (key === NO_OPTION || values.length === 0) return
    if (!shown.has(key)) shown.set(key, written)
    const name = shown.get(key)!
    const lists = found.get(name) ?? new Array(products.length).fill(undefined)
    lists[product] = [...new Set([...(lists[product] ?? []), ...values])]
    found.set(name, lists)
  }
  products.forEach((rows, product) => {
    const places = Math.max(0, ...rows.map(({ length }) => length))
    for (let place = 0; place < places; place++) {
      const first = rows.find((row) => row[place]?.name !== undefined)?.[place]?.name
      for (const row of rows) {
        const option = row[place]
        const name = option?.name ?? first
        if (option && name !== undefined) add(product, name, option.values)
      }
    }
  })
  return found
}
