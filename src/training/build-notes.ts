/** What an owner should know of a build, as plain sentences. */
import type { LearnedParts } from './learn-parts.ts'
import type { PositivesReport } from './positives.ts'
import type { ContentProjection } from './project-content.ts'

export interface BuildOutcome {
  readonly content: ContentProjection | undefined
  readonly learned: LearnedParts | undefined
  /** Absent without interactions. */
  readonly cleaned?: PositivesReport
}

/** Which parts are off and why, and what was taken for a like. */
export function notesOf({ content, learned, cleaned }: BuildOutcome): string[] {
  const notes: string[] = []
  if (!content) notes.push('Content is off: no text encoder was given.')
  if (cleaned) notes.push(...likesOf(cleaned))
  if (!learned) {
    notes.push(
      'CF, sequence, towers, popularity and predicted ratings are off: there are no positive interactions.',
      'Fusion is the default: there is nothing to fit it on.',
    )
    return notes
  }
  return [...notes, ...learned.notes]
}

/** Items without a positive interaction. */
export function coldOf(counts: Uint32Array): number {
  return counts.reduce((cold, count) => cold + (count === 0 ? 1 : 0), 0)
}

function likesOf({ threshold, belowThreshold, ...report }: PositivesReport) {
  const { botUsers, botEvents, duplicates } = report
  const notes: string[] = []
  if (threshold !== undefined) {
    const from = Number(threshold.toPrecision(3))
    notes.push(`Ratings from ${from} up are likes; ${belowThreshold} are below.`)
  }
  if (botUsers > 0) {
    const users = botUsers === 1 ? '1 user' : `${botUsers} users`
    const left = `${botEvents} likes of ${users} were left out`
    notes.push(`${left}: more than one person gives.`)
  }
  if (duplicates > 0) {
    notes.push(`${duplicates} repeats of a user's like of an item count once.`)
  }
  return notes
}
