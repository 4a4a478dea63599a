/** What cleaning changed or left out: counts, with the first line numbers of each. */

interface Warning {
  /** A sentence without a full stop: what is wrong, and what was done about it. */
  readonly what: string
  readonly count: number
  /** The first few lines it was seen on, in file order; none where it is not of lines. */
  readonly lines: readonly number[]
  /** Of a folder: the first few files, with the line where it is not the first. */
  readonly files?: readonly string[]
}

/** Rows left out because of what they are, not for a fault. */
export interface LeftOut {
  readonly drafts: number
  readonly soldOut: number
  /** Sizes and colours: rows of a kind of their own, merged into their product. */
  readonly variations: number
  /** Further rows of a product, merged into its first. */
  readonly merged: number
}

export interface CleaningReport {
  readonly file: string
  readonly rowsRead: number
  readonly rowsKept: number
  /** What a row is; default a row. */
  readonly unit?: 'page'
  /** Absent for a table that has none of it. */
  readonly leftOut?: LeftOut
  /** What was decided for the owner: a sentence each, without a full stop. */
  readonly notes?: readonly string[]
  /** In the order first met. */
  readonly warnings: readonly Warning[]
  /** Of interactions: which column was read as what, and what was not read. */
  readonly understood?: readonly string[]
}

/** Records one fault on one line; of a folder, in one file of it. */
export type Warn = (what: string, line: number, file?: string) => void

export interface CleaningLog {
  readonly warn: Warn
  report(rowsRead: number, rowsKept: number): CleaningReport
}

/** Line numbers kept for each warning. */
const LINES_SHOWN = 5

export function createCleaningLog(file: string): CleaningLog {
  const faults = new Map<string, { count: number; lines: number[]; files?: string[] }>()
  return {
    warn(what, line, inFile) {
      const fault = faults.get(what) ?? { count: 0, lines: [] }
      fault.count++
      if (fault.lines.length < LINES_SHOWN) {
        fault.lines.push(line)
        if (inFile !== undefined) {
          fault.files = [...(fault.files ?? []), placeIn(inFile, line)]
        }
      }
      faults.set(what, fault)
    },
    report: (rowsRead, rowsKept) => ({
      file,
      rowsRead,
      rowsKept,
      warnings: [...faults].map(([what, fault]) => ({ what, ...fault })),
    }),
  }
}

/** `1 draft, 1 out of stock, 1 variation left out`; undefined where nothing was. */
export function formatLeftOut(leftOut: LeftOut | undefined): string | undefined {
  const { drafts = 0, soldOut = 0, variations = 0, merged = 0 } = leftOut ?? {}
  const counted = (count: number, one: string, many: string) =>
    count === 0 ? [] : [`${count} ${count === 1 ? one : many}`]
  const out = [
    ...counted(drafts, 'draft', 'drafts'),
    ...counted(soldOut, 'out of stock', 'out of stock'),
    ...counted(variations, 'variation', 'variations'),
  ]
  const rows = counted(merged, 'row', 'rows').map(
    (n) => `${n} merged into ${merged === 1 ? 'its product' : 'their products'}`,
  )
  const parts = [...(out.length > 0 ? [`${out.join(', ')} left out`] : []), ...rows]
  return parts.length === 0 ? undefined : parts.join('; ')
}

function placeIn(file: string, line: number): string {
  return line > 1 ? `${file}, line ${line}` : file
}

/** `12 × rows without a title: skipped (lines 3, 9, 11, …)`, or `(a.html, line 3; …)` */
export function formatWarning({ what, count, lines, files }: Warning): string {
  const more = count > lines.length ? ', …' : ''
  if (files) return `${count} × ${what} (${files.join('; ')}${more})`
  if (lines.length === 0) return `${count} × ${what}`
  const where = `${count === 1 ? 'line' : 'lines'} ${lines.join(', ')}${more}`
  return `${count} × ${what} (${where})`
}
