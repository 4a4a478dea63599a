/** What was watched, heard and played, by time: Netflix, Spotify and Steam. Many rows make one entry. */

import { type DayOrder, dayOrderOf, timeOf } from '../dates.ts'
import type { HistoryEntry } from '../entry.ts'
import type { Row } from '../table.ts'
import {
  type Draft,
  type ExportFile,
  entryOf,
  idsOf,
  positiveOf,
  type Service,
} from './service.ts'

/** A longer stay means no more, and an event holds no more than a day, seconds. */
const MAX_SECONDS = 86_400

// Netflix

/** A part of a title that is the season of a show. */
const SEASON =
  /^(?:(?:season|series|staffel|saison|temporada|stagione|seizoen|säsong|sæson|sesong|kausi|sezon|sezona|évad|part|parte|teil|partie|volume|chapter|book|collection)\b.*\d|(?:limited|mini)[ -]?series|miniserie|die miniserie)/iu

/** `Show: Season 1: Episode` → the show; undefined for a film. */
function showOf(
  title: string,
  shared: ReadonlyMap<string, number>,
): string | undefined {
  const pieces = title.split(': ')
  const season = pieces.findIndex((piece, i) => i > 0 && SEASON.test(piece.trim()))
  if (season > 0 && season < pieces.length - 1)
    return pieces.slice(0, season).join(': ')
  // a show whose seasons have names: the title has two colons, and begins as others do
  const isShared = pieces.length > 2 && (shared.get(pieces[0]!) ?? 0) > 1
  return isShared ? pieces[0] : undefined
}

interface Viewed {
  readonly title: string
  readonly isShow: boolean
  readonly line: number
  /** Titles of its episodes, or the film's. */
  readonly titles: Set<string>
  seconds: number
  at: number | undefined
}

interface View {
  readonly title: string
  readonly at: number | undefined
  readonly seconds: number
  readonly line: number
}

/** Views of one film or show together. */
function gather(views: readonly View[]): Viewed[] {
  const shared = new Map<string, number>()
  for (const title of new Set(views.map((view) => view.title))) {
    const first = title.split(': ')[0]!
    shared.set(first, (shared.get(first) ?? 0) + 1)
  }
  const byTitle = new Map<string, Viewed>()
  for (const { title, at, seconds, line } of views) {
    const show = showOf(title, shared)
    const name = show ?? title
    const known = byTitle.get(name) ?? {
      ...{ title: name, isShow: show !== undefined, line, titles: new Set<string>() },
      ...{ seconds: 0, at: undefined },
    }
    byTitle.set(name, known)
    known.titles.add(title)
    known.seconds += seconds
    if (at !== undefined) known.at = Math.max(known.at ?? 0, at)
  }
  return [...byTitle.values()]
}

/** Seconds after which a film counts as watched to its end, where that is all that is known. */
const FILM_SECONDS = 40 * 60

/** A show is finished from two episodes on: one is a trial. */
function viewedDraft(
  { title, isShow, titles, seconds, at }: Viewed,
  isTimed: boolean,
): Draft {
  const isFinished = isShow ? titles.size > 1 : !isTimed || seconds >= FILM_SECONDS
  const kind = isFinished
    ? ({ kind: 'finished' } as const)
    : isTimed
      ? ({ kind: 'used', seconds: Math.min(MAX_SECONDS, seconds) } as const)
      : ({ kind: 'opened' } as const)
  return { ...kind, title, ...(at === undefined ? {} : { at }) }
}

const TITLES = ['Title', 'Titel', 'Titre', 'Título', 'Titolo']
const DATES = ['Date', 'Datum', 'Fecha', 'Data']

function readNetflix({ rows, skips }: ExportFile): readonly HistoryEntry[] {
  const order: DayOrder = dayOrderOf(rows.map((row) => row.cell(...DATES)))
  const views = rows.map((row) => ({
    ...{ title: row.cell(...TITLES), seconds: 0, line: row.line },
    at: timeOf(row.cell(...DATES), order),
  }))
  return gather(views).flatMap(
    (viewed) => entryOf(viewed, viewedDraft(viewed, false), skips) ?? [],
  )
}

/** Shorter views are previews and wrong choices, seconds. */
const MIN_SECONDS = 120

function readNetflixActivity({ rows, skips }: ExportFile): readonly HistoryEntry[] {
  const profile = mostFrequent(rows.map((row) => row.cell('Profile Name')))
  const views: View[] = []
  for (const row of rows) {
    const seconds = durationOf(row.cell('Duration'))
    const why = activitySkip(row, { profile, seconds })
    if (why) skips.add(why, row.line)
    else {
      const at = timeOf(row.cell('Start Time'))
      views.push({ title: row.cell('Title'), at, seconds, line: row.line })
    }
  }
  return gather(views).flatMap(
    (viewed) => entryOf(viewed, viewedDraft(viewed, true), skips) ?? [],
  )
}

function activitySkip(
  row: Row,
  { profile, seconds }: { profile: string; seconds: number },
) {
  if (row.cell('Profile Name') !== profile)
    return `of another profile than “${profile}”`
  if (row.cell('Supplemental Video Type')) return 'a trailer'
  return seconds < MIN_SECONDS ? 'watched for less than two minutes' : undefined
}

/** The profile with the most views: an account is often a whole family's. */
function mostFrequent(names: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? ''
}

/** `00:42:11` in seconds; 0 for what is no duration. */
function durationOf(text: string): number {
  const [, hours, minutes, seconds] = /^(\d+):(\d\d):(\d\d)$/.exec(text) ?? []
  return hours === undefined
    ? 0
    : Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)
}

// Spotify

/** Less is a track that was passed over, ms. */
const MIN_PLAYED_MS = 30_000

function readSpotify({ rows, skips }: ExportFile): readonly HistoryEntry[] {
  const byTrack = new Map<string, Draft & { seconds: number; line: number }>()
  for (const row of rows) {
    const ms = positiveOf(row.cell('msPlayed', 'ms_played')) ?? 0
    const title = row.cell('trackName', 'master_metadata_track_name')
    const maker = row.cell('artistName', 'master_metadata_album_artist_name')
    if (ms < MIN_PLAYED_MS || title === '') {
      skips.add('heard for less than half a minute, or no track', row.line)
      continue
    }
    const key = `${maker}\n${title}`
    const known = byTrack.get(key)
    const at = Math.max(known?.at ?? 0, timeOf(row.cell('endTime', 'ts')) ?? 0)
    byTrack.set(key, {
      ...{ kind: 'used', title, makers: [maker], line: known?.line ?? row.line },
      seconds: Math.min(MAX_SECONDS, (known?.seconds ?? 0) + ms / 1000),
      ...(at > 0 ? { at } : {}),
    })
  }
  return [...byTrack.values()].flatMap((draft) => entryOf(draft, draft, skips) ?? [])
}

// Steam

/** `playtime_forever` is in minutes; `hours_forever` and `hours` are written `1,234.5`. */
function playedSeconds(row: Row): number {
  const minutes = positiveOf(row.cell('playtime_forever', 'playtime')) ?? 0
  const hours = positiveOf(row.cell('hours_forever', 'hours').replaceAll(',', '')) ?? 0
  return Math.min(MAX_SECONDS, Math.round(minutes * 60 + hours * 3600))
}

function readSteam({ rows, skips }: ExportFile): readonly HistoryEntry[] {
  return rows.flatMap((row) => {
    const seconds = playedSeconds(row)
    if (seconds === 0) {
      skips.add('owned and never played', row.line)
      return []
    }
    const at = timeOf(row.cell('rtime_last_played', 'last_played'))
    const draft: Draft = {
      ...{ kind: 'used', seconds, title: row.cell('name', 'title') },
      ids: idsOf({ steam: row.cell('appid') }),
      ...(at ? { at } : {}),
    }
    return entryOf(row, draft, skips) ?? []
  })
}

export const VIEWING_SERVICES: readonly Service[] = [
  {
    name: 'Netflix',
    has: [['Profile Name', 'Start Time', 'Duration', 'Title']],
    read: readNetflixActivity,
  },
  {
    name: 'Netflix',
    has: TITLES.flatMap((title) => DATES.map((date) => [title, date])),
    isExact: true,
    read: readNetflix,
  },
  {
    name: 'Spotify',
    has: [
      ['trackName', 'artistName', 'msPlayed'],
      ['master_metadata_track_name', 'ms_played'],
    ],
    read: readSpotify,
  },
  {
    name: 'Steam',
    has: [
      ['appid', 'playtime_forever'],
      ['appid', 'hours_forever'],
      ['appid', 'hours'],
    ],
    read: readSteam,
  },
]
