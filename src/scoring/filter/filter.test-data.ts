/** A tiny shop, with every kind of column, for the tests of filters. */
import type { AttributeColumn } from '../../pack/attribute-column.ts'
import type { ItemRecord } from '../../pack/item.ts'
import { checkFilter, columnsOf } from './check-filter.ts'
import { compileFilter, type FilteredCatalogue } from './compile-filter.ts'
import { dayOf } from './fields.ts'
import type { Filter } from './filter.ts'
import { parseFilter } from './parse-filter.ts'
import { filterText } from './print-filter.ts'

export const RECORDS: readonly ItemRecord[] = [
  {
    id: '1',
    title: 'Café table',
    authors: ['Ørsted', 'Möbel & Co'],
    genres: ['Tables', 'Furniture'],
    price: 120,
    currency: 'EUR',
    available: true,
    year: 2024,
    published: '2026-05-30',
  },
  {
    id: '2',
    title: "Runner's shoe",
    authors: ['Fleet'],
    genres: ['Shoes'],
    price: 49.5,
    available: false,
    published: '2020-02-29',
    language: 'en',
  },
  { id: '3', title: 'Gift card', genres: ['Shoes', 'Gifts'], price: 20 },
  { id: '4', title: 'Untold', authors: ['fleet'], year: 1999, group: 'g' },
]

export const COLUMNS: readonly AttributeColumn[] = [
  { name: 'Material', type: 'category', values: ['oak', 'Wool', undefined, 'wool'] },
  { name: 'sizes', type: 'list', values: [undefined, ['S', 'M'], ['L'], []] },
  { name: 'weight', type: 'number', values: [12.5, 0.4, undefined, Number.NaN] },
  { name: 'handmade', type: 'flag', values: [true, false, undefined, true] },
  {
    name: 'next delivery',
    type: 'date',
    values: ['2026-06-02T10:00:00Z', undefined, '2026-07-01', 'soon'],
  },
  { name: 'and', type: 'text', values: ['x', undefined, undefined, undefined] },
]

export const TODAY = dayOf('2026-06-01')!

export const CATALOGUE: FilteredCatalogue = {
  itemCount: RECORDS.length,
  record: (index) => RECORDS[index]!,
  column: (name) => COLUMNS.find((column) => column.name === name)!.values,
  today: TODAY,
}

/** @returns the ids of the records that pass */
export function passing(filter: Filter): string[] {
  const text = filterText(filter)
  const node = checkFilter(parseFilter({ text }), COLUMNS, { text })
  for (const name of columnsOf(node)) CATALOGUE.column(name)
  const mask = compileFilter(node, CATALOGUE)
  return RECORDS.filter((_, index) => mask[index] === 1).map(({ id }) => id)
}
