/**
 * One pass over the catalogue: a visitor's taste → every row's score and its parts.
 *
 *   score = w1·z(Sim) + w2·z(u·i + bias) + w3·z(Cos) + w4·z(sequence)
 *         + w5·z(log popularity) + w6·kg + evidence
 *   evidence = w1·(α·e⁺ − β·e⁻) + w3·(γ·e⁺ − δ·e⁻)
 *
 * z standardises over the catalogue (sequence by a typical visitor's spread, see
 * sequence-part.ts), so α … δ are in standard deviations. w depends on the visitor's
 * number of events (fusion.ts). A part without input (an empty history, a
 * block the pack lacks) is zero everywhere, and so is every part of an absent weight.
 */
import type { FusedPart, Pack } from '../catalogue/pack.ts'
import { assertLength, HearthError } from '../errors.ts'
import { knowledgeScores } from '../knowledge/neighbours.ts'
import type { Scanner } from '../math/scanner.ts'
import { standardiseInto } from '../math/standardise.ts'
import { contentQuery, isUsable } from './content-query.ts'
import { evidencePart } from './evidence.ts'
import { foldedRows, foldInto } from './fold-in.ts'
import { weightsFor } from './fusion.ts'
import type { Part, ScoreRequest, Scores, ScoringPack } from './score.ts'
import { sequencePart } from './sequence-part.ts'
import { knowledgeRows } from './sequence-rows.ts'
import type { WeightedRow } from './user-input.ts'

/** Popularity's z never changes: computed once a pack. */
const popularityScores = new WeakMap<Pack, Float32Array>()

/** Hands the pack's int8 tables to the scanner. */
export function prepareScoring(pack: Pack, scanner: Scanner): ScoringPack {
  return {
    pack,
    ...(pack.tower ? { tower: scanner.hold(pack.tower.items) } : {}),
    ...(pack.content ? { content: scanner.hold(pack.content.vectors) } : {}),
    ...(pack.cf?.latent ? { latent: scanner.hold(pack.cf.latent.taken) } : {}),
  }
}

/**
 * Scores every row. The arrays returned are new and the caller's own.
 *
 * An empty taste scores by popularity alone. Numbers that are not finite never leave
 * here: a user vector or typed text that holds one is left out.
 *
 * @throws HearthError `bad-argument` if a vector has the wrong length or a row is not in
 *   the pack
 */
export function scoreAll(scoring: ScoringPack, request: ScoreRequest): Scores {
  const { pack } = scoring
  checkRequest(pack, request)
  const weights = weightsFor(request.fusion ?? pack.manifest.fusion, eventsOf(request))
  const folded = foldedRows(request.taste)
  const part = (name: FusedPart, fill: (out: Float32Array) => boolean) => {
    const out = new Float32Array(pack.rows)
    const isOn = weights[name] !== 0 && fill(out)
    return isOn ? standardiseInto(out, weights[name]) : out
  }
  const parts: Record<Part, Float32Array> = {
    cf: part('cf', (out) => fillCf(scoring, folded, out)),
    tower: part('tower', (out) => fillTower(scoring, request, out)),
    content: part('content', (out) => fillContent(scoring, request, out)),
    sequence: sequencePart(pack, request.taste, weights.sequence),
    popularity: popularityPart(pack, weights.popularity),
    knowledge: knowledgePart(pack, folded, weights.knowledge),
    evidence: evidencePart(pack, request.taste, weights),
  }
  return { rows: pack.rows, score: sumOf(parts, pack.rows), parts }
}

function fillCf(
  { pack, latent }: ScoringPack,
  folded: readonly WeightedRow[],
  out: Float32Array,
): boolean {
  if (!pack.cf || folded.length === 0) return false
  foldInto(pack.cf, folded, out, latent ? { taken: latent } : {})
  return true
}

function fillTower(
  { pack, tower }: ScoringPack,
  { taste, userVector }: ScoreRequest,
  out: Float32Array,
): boolean {
  if (!pack.tower || !tower || !isUsable(userVector)) return false
  if (taste.history.length === 0) return false
  tower.scanInto(userVector, out)
  const { bias } = pack.tower
  for (let row = 0; row < out.length; row++) out[row] += bias[row]
  return true
}

function fillContent(
  scoring: ScoringPack,
  request: ScoreRequest,
  out: Float32Array,
): boolean {
  const query = contentQuery(scoring.pack, request)
  if (!query || !scoring.content) return false
  scoring.content.scanInto(query, out)
  return true
}

function popularityPart(pack: Pack, weight: number): Float32Array {
  let scores = popularityScores.get(pack)
  if (!scores) {
    scores = standardiseInto(pack.popularity.slice(), 1)
    popularityScores.set(pack, scores)
  }
  const out = new Float32Array(pack.rows)
  if (weight !== 0)
    for (let row = 0; row < out.length; row++) out[row] = weight * scores[row]
  return out
}

function knowledgePart(pack: Pack, folded: readonly WeightedRow[], weight: number) {
  if (weight === 0 || folded.length === 0) return new Float32Array(pack.rows)
  const scores = knowledgeScores(pack.entities, knowledgeRows(pack, folded), pack.rows)
  for (let row = 0; row < scores.length; row++) scores[row] *= weight
  return scores
}

/** Written out: one pass over the rows for all parts, not one a part (`bench/click.ts`). */
function sumOf(
  {
    cf,
    tower,
    content,
    sequence,
    popularity,
    knowledge,
    evidence,
  }: Readonly<Record<Part, Float32Array>>,
  rows: number,
): Float32Array {
  const score = new Float32Array(rows)
  for (let row = 0; row < rows; row++) {
    score[row] =
      cf[row] +
      tower[row] +
      content[row] +
      sequence[row] +
      popularity[row] +
      knowledge[row] +
      evidence[row]
  }
  return score
}

/** A history that came without a count still counts as many events as it has entries. */
function eventsOf({ taste }: ScoreRequest): number {
  return Number.isFinite(taste.eventCount) ? taste.eventCount : taste.history.length
}

function checkRequest(pack: Pack, { taste, userVector, textQuery }: ScoreRequest) {
  if (userVector && pack.tower) {
    assertLength('userVector', userVector, pack.tower.items.dim)
  }
  if (textQuery && pack.content) {
    assertLength('textQuery', textQuery, pack.content.vectors.dim)
  }
  for (const { row } of taste.history) checkRow(pack, row)
  for (const row of taste.positive.keys()) checkRow(pack, row)
  for (const row of taste.negative.keys()) checkRow(pack, row)
}

function checkRow({ rows }: Pack, row: number) {
  if (Number.isInteger(row) && row >= 0 && row < rows) return
  throw new HearthError(
    'bad-argument',
    `unknown row: got ${row}, expected 0–${rows - 1}.`,
  )
}
