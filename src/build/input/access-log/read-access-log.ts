/** The logs of a web server → interactions: which visitor opened which item's page. */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { HearthError } from '../../../errors.ts'
import type { Interactions } from '../../dataset/dataset.ts'
import { type CleaningReport, createCleaningLog } from '../cleaning-log.ts'
import type { PageMatcher } from '../pages/page-matcher.ts'
import { readLineBlocks } from '../read-text.ts'
import { readSourceText } from '../sources/source-text.ts'
import { type LogFormat, logFormatOf, RECOGNISED_BY } from './log-formats.ts'
import { createLogSessions, type LogCounts } from './log-sessions.ts'

interface LogFile {
  readonly path: string
  readonly format: LogFormat
}

/** A log, or the logs of a folder (rotated ones, packed or not). */
export interface AccessLog {
  readonly path: string
  readonly files: readonly LogFile[]
}

/** @returns undefined where the file, or every file of the folder, is something else */
export async function findAccessLog(path: string): Promise<AccessLog | undefined> {
  const names = await readdir(path).catch(() => undefined) // a file: read as one
  const paths = names?.sort().map((name) => join(path, name)) ?? [path]
  const files: LogFile[] = []
  for (const one of paths) {
    const format = logFormatOf(await firstLines(one))
    if (format) files.push({ path: one, format })
  }
  return files.length > 0 ? { path, files } : undefined
}

/** Of the first piece alone: a table may be one line of gigabytes. */
async function firstLines(path: string): Promise<string[]> {
  try {
    for await (const text of readSourceText(path, [])) {
      return text.split(/\r?\n/, RECOGNISED_BY)
    }
  } catch (error) {
    // a folder, or no text: whoever reads it next names what is wrong
    if (!(error instanceof HearthError)) throw error
  }
  return []
}

const DAY_MS = 86_400_000

interface ReadLogOptions {
  readonly pages: PageMatcher
  /** Items of the catalogue. */
  readonly itemCount: number
  /** Unix ms: later times (a day's grace) are faults. */
  readonly now: number
}

/**
 * @returns every view of an item's page by a person, once a session, in the order of the log
 * @throws HearthError `bad-input` where no item has an address to match pages with
 */
export async function readAccessLog(
  { path, files }: AccessLog,
  { pages, itemCount, now }: ReadLogOptions,
): Promise<{ interactions: Interactions; report: CleaningReport }> {
  if (pages.size === 0) throw noAddresses(path)
  const log = createCleaningLog(path)
  const hasAgents = files.some(({ format }) => format.name !== 'common')
  const sessions = createLogSessions({ find: pages.find, itemCount, hasAgents })
  let lines = 0
  for (const { path: file, format } of files) {
    for await (const block of readLineBlocks(file, readSourceText(file, []))) {
      block.lines.forEach((line, i) => {
        const request = format.read(line)
        if (request === 'no request') return
        lines++
        if (request === undefined || request.method === '') {
          log.warn('lines that hold no request: skipped', block.first + i)
        } else if (!(request.time <= now + DAY_MS)) {
          log.warn('lines without a time, or of the future: skipped', block.first + i)
        } else sessions.add(request)
      })
    }
  }
  const { counts, ...events } = sessions.finish()
  const understood = describeSessions(files, counts)
  return {
    interactions: {
      ...events,
      weights: new Float32Array(events.rows.length).fill(1),
      hasRatings: false,
    },
    report: { ...log.report(lines, events.rows.length), understood },
  }
}

/** Letters of a path that are shown. */
const PATH_LENGTH = 60

/** What was made of the log, with every line accounted for. */
function describeSessions(files: readonly LogFile[], counts: LogCounts): string[] {
  const names = [...new Set(files.map(({ format }) => format.name))].join(', ')
  const logs = files.length === 1 ? 'access log' : `${files.length} access logs`
  const others = counts.topOthers.map(
    ([path, count]) => `${path.slice(0, PATH_LENGTH)} ${number(count)}`,
  )
  const shown = others.length === 0 ? '' : ` (${others.join(', ')})`
  const scrapers =
    counts.scrapers === 0
      ? ''
      : ` (${visitors(counts.scrapers)} by what they asked for)`
  return [
    `${logs} in ${names} format: user ← address and agent, hashed with a salt that is ` +
      'thrown away; item ← page; time',
    `${number(counts.requests)} requests: ${number(counts.itemViews)} of items' pages, ` +
      `${number(counts.otherPages)} of pages of no item${shown}`,
    `left out: ${number(counts.bots)} of bots${scrapers}, ${number(counts.files)} of ` +
      `files, ${number(counts.failed)} errors and redirects, ` +
      `${number(counts.otherMethods)} that only send or ask (POST, HEAD)`,
    `${number(counts.sessions)} ${counts.sessions === 1 ? 'session' : 'sessions'}; ${visitors(counts.users)} opened an item; ` +
      `${number(counts.repeats)} repeats within a session count once`,
  ]
}

function visitors(count: number): string {
  return `${number(count)} ${count === 1 ? 'visitor' : 'visitors'}`
}

function number(value: number): string {
  return value.toLocaleString('en-US')
}

function noAddresses(path: string): HearthError {
  return new HearthError(
    'bad-input',
    `cannot match pages: ${path} is an access log, and no item has an address. Give ` +
      '--url COLUMN or a template, --url "/products/{id}".',
  )
}
