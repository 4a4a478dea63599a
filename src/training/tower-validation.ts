/** How well towers serve users they were not trained on, by number of known events. */

import type { Random } from '../math/random.ts'
import { topK } from '../math/top-k.ts'
import type { Positives } from './dataset.ts'
import { poolInputs, type VectorTable } from './tower-batch.ts'
import { type DenseInput, scoreUsers } from './tower-dense.ts'

/** The numbers of known events that are averaged: from the first click to all of them. */
const EVENT_COUNTS = [1, 5, Infinity]
const TARGET_SHARE = 0.2
const LIST_LENGTH = 20
/** Users scored at once: their scores for 10,000 items take 10 MB. */
const CHUNK = 256

interface Case {
  readonly known: Uint32Array
  readonly targets: Uint32Array
}

/** @returns one case for each user with two positives or more and each count of events */
export function createCases({ indptr, rows, userCount }: Positives, random: Random) {
  const cases: Case[] = []
  for (let user = 0; user < userCount; user++) {
    const liked = random.shuffleInto(rows.slice(indptr[user], indptr[user + 1]))
    if (liked.length < 2) continue
    const wanted = Math.max(1, Math.round(liked.length * TARGET_SHARE))
    const targets = liked.subarray(liked.length - wanted)
    const known = liked.subarray(0, liked.length - wanted)
    for (const count of EVENT_COUNTS) {
      cases.push({ known: known.subarray(0, count), targets })
    }
  }
  return cases
}

/** Towers as they would ship. */
export type ScoredTowers = Pick<DenseInput, 'user' | 'items' | 'itemBias'>

/**
 * Recall@20, hits / min(20, targets), mean over the cases; known rows are not ranked.
 * @returns 0 without cases
 */
export async function recallOf(
  towers: ScoredTowers,
  cases: readonly Case[],
  tables: readonly VectorTable[],
): Promise<number> {
  let sum = 0
  for (let start = 0; start < cases.length; start += CHUNK) {
    const chunk = cases.slice(start, start + CHUNK)
    const inputs = poolInputs(toRagged(chunk), tables)
    const scores = await scoreUsers({ ...towers, inputs, batch: chunk.length })
    const rows = towers.itemBias.length
    chunk.forEach((given, b) => {
      sum += recall(scores.subarray(b * rows, (b + 1) * rows), given)
    })
  }
  return cases.length === 0 ? 0 : sum / cases.length
}

function recall(scores: Float32Array, { known, targets }: Case): number {
  for (const row of known) scores[row] = -Infinity
  const wanted = new Set(targets)
  let hits = 0
  for (const row of topK(scores, LIST_LENGTH)) if (wanted.has(row)) hits++
  return hits / Math.min(LIST_LENGTH, targets.length)
}

function toRagged(cases: readonly Case[]) {
  const inputPtr = new Uint32Array(cases.length + 1)
  cases.forEach(({ known }, c) => {
    inputPtr[c + 1] = inputPtr[c] + known.length
  })
  const inputRows = new Uint32Array(inputPtr[cases.length])
  cases.forEach(({ known }, c) => {
    inputRows.set(known, inputPtr[c])
  })
  return { batch: cases.length, inputPtr, inputRows }
}
