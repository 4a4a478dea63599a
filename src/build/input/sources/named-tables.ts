/** Tables of one file, by name, of which one is read. */

export interface NamedTable {
  readonly name: string
  readonly columns: readonly string[]
  /** How many, counted up to a bound. */
  readonly rows: number
}

/** Which of a file's tables is read. @throws HearthError `bad-input` where none can be */
export interface ChooseTable {
  (path: string, tables: readonly NamedTable[]): NamedTable
  /** The table that the owner named. */
  readonly named?: string
}

/** Other tables that the note names. */
const OTHERS_SHOWN = 5

/** `the rows are those of table Track; not read: Album, Artist (another: --table NAME)` */
export function noteOnChoice(
  kind: 'table' | 'sheet',
  chosen: NamedTable,
  tables: readonly NamedTable[],
): string {
  const others = tables
    .filter((table) => table !== chosen)
    .sort((a, b) => b.rows - a.rows)
    .map(({ name }) => name)
  const more = others.length > OTHERS_SHOWN ? ', …' : ''
  const rest =
    others.length === 0
      ? ''
      : `; not read: ${others.slice(0, OTHERS_SHOWN).join(', ')}${more} ` +
        '(another: --table NAME)'
  return `the rows are those of ${kind} ${chosen.name}${rest}`
}
