/** The closing report of a build, as text. */

import { topK } from '../math/top-k.ts'
import { BLOCK_NAMES, type BlockName, type Manifest } from '../pack/pack.ts'
import type { PackSource, SparseRows } from '../pack/pack-source.ts'
import type { Build } from './build-catalogue.ts'
import type { Interactions } from './dataset/dataset.ts'
import {
  type CleaningReport,
  formatLeftOut,
  formatWarning,
} from './input/cleaning-log.ts'

// How much of a catalogue ever comes up: the check for "everyone sees the same things".

interface SampleCoverage {
  readonly users: number
  /** Share of the items in at least one sampled user's list, 0–1. */
  readonly share: number
}

/** Users sampled, and the length of the list each would be shown. */
const SAMPLED_USERS = 500
const LIST_LENGTH = 20

/**
 * Scores items for a sample of users, evenly spread, by the item-item matrix:
 * score(item) = Σ over the user's items of row[item]. Items the user has are left out, and
 * so are items that no row scores.
 */
export function sampleCoverage(cf: SparseRows, events: Interactions): SampleCoverage {
  const step = Math.max(1, Math.floor(events.userCount / SAMPLED_USERS))
  const histories = sampleHistories(events, step)
  const shown = new Set<number>()
  const scores = new Float32Array(cf.columns)
  const seen = new Uint8Array(cf.columns)
  for (const history of histories) {
    scores.fill(0)
    seen.fill(0)
    for (const row of history) {
      seen[row] = 1
      for (let e = cf.indptr[row]!; e < cf.indptr[row + 1]!; e++) {
        scores[cf.indices[e]!]! += cf.values[e]!
      }
    }
    for (const row of topK(scores, LIST_LENGTH, seen)) {
      if (scores[row]! > 0) shown.add(row)
    }
  }
  return { users: histories.length, share: shown.size / cf.columns }
}

function sampleHistories({ users, rows }: Interactions, step: number): Set<number>[] {
  const histories: Set<number>[] = []
  users.forEach((user, i) => {
    if (user % step !== 0) return
    const place = user / step
    if (place >= SAMPLED_USERS) return
    histories[place] ??= new Set()
    histories[place].add(rows[i]!)
  })
  return histories
}

/** Bytes an item may take in the files scoring needs. */
const BYTES_PER_ITEM_BUDGET = 280

/** Below this, what every pack holds once (user tower, text projection) weighs most. */
const FEW_ITEMS = 1000

interface ReportOptions {
  readonly out: string
  readonly peakMemoryBytes: number
}

export function formatBuild(
  build: Build,
  { out, peakMemoryBytes }: ReportOptions,
): string {
  const { manifest, cleaning, stages, changes } = build
  const seconds = stages.reduce((sum, stage) => sum + stage.seconds, 0)
  return [
    `Built ${manifest.name} in ${out}`,
    ...changes.map((line) => `  ${line}`),
    '',
    ...formatCounts(manifest),
    '',
    ...formatComponents(manifest),
    '',
    ...formatSizes(manifest),
    ...formatModel(build),
    '',
    ...formatCoverage(build),
    '',
    ...stages.map((stage) => columns(stage.stage, `${stage.seconds.toFixed(1)} s`)),
    ...formatTextSpeed(build),
    columns('all', `${seconds.toFixed(1)} s`),
    columns('peak memory', `${Math.round(peakMemoryBytes / 2 ** 20)} MB`),
    ...cleaning.flatMap(formatCleaning),
    '',
  ].join('\n')
}

function formatCounts({ items, provenance }: Manifest): string[] {
  return [
    columns('items', count(items)),
    columns('interactions', count(provenance.interactions)),
    columns('users', count(provenance.users)),
  ]
}

function formatComponents({ blocks, fusion, provenance }: Manifest): string[] {
  // the block is always there; without anybody's choices it holds nothing
  const isCounted = provenance.interactions > 0 || provenance.popularity !== undefined
  const isOn = (name: BlockName) =>
    blocks[name] !== undefined && (name !== 'popularity' || isCounted)
  const off = BLOCK_NAMES.filter((name) => !isOn(name))
  return [
    `components on: ${BLOCK_NAMES.filter(isOn).join(', ')}`,
    `components off: ${off.length === 0 ? 'none' : off.join(', ')}`,
    `fusion: ${fusion.source}`,
    ...provenance.notes.map((note) => `  ${note}`),
  ]
}

function formatSizes({
  blocks,
  items,
  first,
  shards,
  columns: own = [],
}: Manifest): string[] {
  const perItem = (bytes: number) => `${(bytes / items).toFixed(1)} B/item`
  const present = BLOCK_NAMES.flatMap((name) => {
    const file = blocks[name]
    return file ? [{ name, bytes: file.sizeBytes }] : []
  })
  const total = present.reduce((sum, { bytes }) => sum + bytes, 0)
  const metadata = shards.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
  return [
    ...present.map(({ name, bytes }) => columns(name, count(bytes), perItem(bytes))),
    `${columns('score-time files', count(total), perItem(total))}  ` +
      `(${verdictOf(total, items)})`,
    columns('first screen', count(first.sizeBytes), 'B'),
    columns('metadata', count(metadata), perItem(metadata)),
    ...own.map(({ name, type, file }) =>
      columns(
        `  ${shortened(name)} (${type})`,
        count(file.sizeBytes),
        perItem(file.sizeBytes),
      ),
    ),
  ]
}

/** So that a column's type and figures stay in their places. */
const MAX_NAME_LENGTH = 20

const shortened = (name: string) =>
  name.length > MAX_NAME_LENGTH ? `${name.slice(0, MAX_NAME_LENGTH - 1)}…` : name

/** The encoder's files, where the pack brings them: for those who search. */
function formatModel({ model }: Build): string[] {
  if (!model) return []
  const { manifest, manifestBytes } = model
  const bytes = manifest.files.reduce(
    (sum, { wireBytes }) => sum + wireBytes,
    manifestBytes.length,
  )
  return [columns(`text encoder ${manifest.name}`, count(bytes), 'B')]
}

function formatTextSpeed({ stages, usage }: Build): string[] {
  const seconds = stages.find(({ stage }) => stage === 'reading texts')?.seconds
  if (!usage || !seconds) return []
  const rate = (units: number) => `${count(Math.round(units / seconds))}`
  const { texts, tokens } = usage
  return [
    columns('texts a second', rate(texts)),
    columns('tokens a second', rate(tokens)),
  ]
}

function verdictOf(bytes: number, items: number): string {
  const budget = `the budget of ${BYTES_PER_ITEM_BUDGET}`
  if (bytes / items <= BYTES_PER_ITEM_BUDGET) return `within ${budget}`
  if (items < FEW_ITEMS)
    return `${budget} is for larger catalogues: the model weighs most`
  return `OVER ${budget}`
}

function formatCoverage({ source, dataset }: Build): string[] {
  const { items, content, cf, sequence, attributes } = source
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`
  const shareOf = (block: { readonly indptr: Uint32Array }) =>
    percent(filledRows(block.indptr) / items.length)
  const lines = ['share of items with']
  if (content)
    lines.push(columns('  a text vector', percent(textRows(content) / items.length)))
  if (cf) lines.push(columns('  a CF row', shareOf(cf)))
  if (sequence) lines.push(columns('  a sequence row', shareOf(sequence)))
  lines.push(columns('  known attributes', shareOf(attributes)))
  if (cf?.kind === 'item-item' && dataset.interactions) {
    const { share, users } = sampleCoverage(cf, dataset.interactions)
    lines.push(
      `${columns('  a place in a top 20', percent(share))}  (CF, ${users} users)`,
    )
  }
  return lines
}

function filledRows(indptr: Uint32Array): number {
  let filled = 0
  for (let row = 0; row + 1 < indptr.length; row++) {
    if (indptr[row + 1]! > indptr[row]!) filled++
  }
  return filled
}

function textRows({ dim, vectors }: NonNullable<PackSource['content']>): number {
  let filled = 0
  for (let at = 0; at < vectors.length; at += dim) {
    if (vectors.subarray(at, at + dim).some((value) => value !== 0)) filled++
  }
  return filled
}

export function formatCleaning(report: CleaningReport): string[] {
  const { file, rowsKept, rowsRead, warnings, notes = [], understood = [] } = report
  const leftOut = formatLeftOut(report.leftOut)
  return [
    '',
    `${file}: ${count(rowsKept)} of ${count(rowsRead)} ${report.unit ?? 'row'}s kept`,
    ...(leftOut === undefined ? [] : [`  ${leftOut}`]),
    ...[...understood, ...notes].map((line) => `  ${line}`),
    ...warnings.map((warning) => `  ${formatWarning(warning)}`),
  ]
}

const LABEL_WIDTH = 32

function columns(label: string, first: string, second?: string): string {
  const left = `${label.padEnd(LABEL_WIDTH)}${first.padStart(12)}`
  return second === undefined ? left : `${left}  ${second.padStart(12)}`
}

function count(value: number): string {
  return value.toLocaleString('en-US')
}
