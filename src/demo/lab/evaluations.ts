/** `lab/index.json`: which evaluations this site publishes, and how each came to be. */
import { HearthError } from '../../errors.ts'
import { listAt, objectAt, textAt } from './evaluation.ts'

export interface LabRun {
  /** In the page's address. */
  readonly id: string
  /** The catalogue's. */
  readonly name: string
  /** Beside the index: what `hearth-recommender evaluate --json` wrote. */
  readonly file: string
  /** What was run for it. */
  readonly command: string
  /** When, as 2026-11-22. */
  readonly date: string
}

export interface LabIndex {
  readonly version: 1
  readonly runs: readonly LabRun[]
}

/** A name and no path: nothing but the index's own folder is ever asked. */
const FILE_NAME = /^[\w-]+\.json$/

/** @throws HearthError `bad-input` */
export function parseIndex(value: unknown): LabIndex {
  const { version, runs } = objectAt(value, 'the index')
  if (version !== 1) {
    throw new HearthError(
      'bad-input',
      `unknown version of the Lab's index: got ${version}, expected 1.`,
    )
  }
  return { version, runs: listAt(runs, 'runs').map(parseRun) }
}

function parseRun(value: unknown, place: number): LabRun {
  const where = `runs[${place}]`
  const run = objectAt(value, where)
  const file = textAt(run.file, `${where}.file`)
  if (!FILE_NAME.test(file)) {
    throw new HearthError(
      'bad-input',
      `bad ${where}.file: got ${file}, expected a name like books.json.`,
    )
  }
  return {
    id: textAt(run.id, `${where}.id`),
    name: textAt(run.name, `${where}.name`),
    file,
    command: textAt(run.command, `${where}.command`),
    date: textAt(run.date, `${where}.date`),
  }
}
