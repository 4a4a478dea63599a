/** A file of several tables (a database, a workbook) → the one that is meant. */
import { HearthError } from '../../errors.ts'
import { findColumns } from './columns.ts'
import { INTERACTION_COLUMNS, isOwnId } from './interaction-columns.ts'
import { findItemColumns } from './item-columns.ts'
import type { ChooseTable, NamedTable } from './sources/named-tables.ts'

/** Names shown in an error. */
const TABLES_SHOWN = 20
/** Tables of people, and their columns: what names a customer is no item's title. */
const PEOPLE = /^(auth_)?(users?|customers?|employees?|members?|accounts?)$/i
const OF_PEOPLE =
  /^(first_?name|last_?name|e?mail|email_?address|password|password_?hash|birth_?date|phone)$/i

/**
 * Chooses the table that the owner names, or else the one that `worth` gives most.
 *
 * @param worth of a table for what is read; undefined: it holds none of it
 * @param what such a table holds, for the error
 * @throws HearthError `bad-input` when the named table is not there, or none can be meant
 */
function chooseBy(
  worth: (table: NamedTable) => number | undefined,
  { named, what }: { readonly named: string | undefined; readonly what: string },
): ChooseTable {
  const choose = (path: string, tables: readonly NamedTable[]) => {
    if (named !== undefined) return namedTable(path, tables, named)
    if (tables.length === 1) return tables[0]!
    const ranked = tables
      .map((table) => ({ table, worth: worth(table) }))
      .filter((one) => one.worth !== undefined)
      .sort((a, b) => b.worth! - a.worth!)
    if (ranked[0]) return ranked[0].table
    throw new HearthError(
      'bad-input',
      `no table of ${what} in ${path}: got ${listed(tables)}. Name one with --table NAME.`,
    )
  }
  return Object.assign(choose, named === undefined ? {} : { named })
}

/** @param named by the owner, with --table */
export function chooseItemTable(named?: string): ChooseTable {
  return chooseBy(worthAsItems, { named, what: 'items (with a title column)' })
}

export function chooseInteractionTable(named?: string): ChooseTable {
  const what = 'interactions (with a user and an item column)'
  return chooseBy(worthAsInteractions, { named, what })
}

/** Fields found, and as a lesser matter rows: a table of tags is longer than its items. */
function worthAsItems(table: NamedTable): number | undefined {
  const ofPeople = table.columns.filter((name) => OF_PEOPLE.test(name))
  if (PEOPLE.test(table.name) || ofPeople.length > 1) return undefined
  const isReview = isOfInteractions(table) && table.columns.some(isOwnId)
  const fields = isReview ? undefined : itemFields(table)
  return fields === undefined ? undefined : 2 * fields + Math.log10(1 + table.rows)
}

function itemFields({ name, columns }: NamedTable): number | undefined {
  try {
    return Object.keys(findItemColumns({ path: name, columns }).fields).length
  } catch (error) {
    if (error instanceof HearthError) return undefined // it has no title
    throw error
  }
}

function worthAsInteractions(table: NamedTable): number | undefined {
  return isOfInteractions(table) ? table.rows : undefined
}

function isOfInteractions({ name, columns }: NamedTable): boolean {
  const found = findColumns({ path: name, columns }, INTERACTION_COLUMNS)
  const user = found.user ?? found.session ?? found.order
  return (
    user !== undefined && found.item !== undefined && !isOwnId(columns[found.item]!)
  )
}

function namedTable(path: string, tables: readonly NamedTable[], name: string) {
  const found =
    tables.find((table) => table.name === name) ??
    tables.find((table) => table.name.toLowerCase() === name.toLowerCase())
  if (found) return found
  throw new HearthError(
    'bad-input',
    `no table "${name}" (--table) in ${path}: got ${listed(tables)}.`,
  )
}

function listed(tables: readonly NamedTable[]): string {
  const names = tables.slice(0, TABLES_SHOWN).map(({ name }) => name.slice(0, 40))
  return names.join(', ') + (tables.length > TABLES_SHOWN ? ', …' : '')
}
