/**
 * The two ReLU towers, trained in Node on tfjs WASM (one thread).
 *
 *   u = ReLU(W₁·x_u + b₁)   x_u = [mean item vector, mean content] of the shown history
 *   i = ReLU(W₂·x_i + b₂)   x_i = [content, attributes, id] (parameters.ts)
 *   p(i | u) = softmax over all items of u·i + bias_i   (of a large catalogue a sample)
 *
 * Each step shows a random part of each user's history and asks for the rest, so that one
 * tower serves one event and hundreds. Only the item vectors, their biases and the user
 * tower ship.
 */

import { assertLength, HearthError } from '../../../errors.ts'
import { createRandom, type Random } from '../../../math/random.ts'
import { topK } from '../../../math/top-k.ts'
import type { AttributeBlock } from '../../../pack/pack.ts'
import type { PackSource } from '../../../pack/pack-source.ts'
import { decodeTower, encodeTower } from '../../../pack/tower-block.ts'
import { startBackend } from '../../../towers/tf-backend.ts'
import {
  type CheckpointFile,
  keyOf,
  readCheckpoint,
  writeCheckpoint,
} from '../../checkpoint.ts'
import type { OnProgress, Positives } from '../../dataset/dataset.ts'
import { countsOf } from '../../dataset/positives.ts'
import { type Model, resolveSettings, scoreBy } from '../model.ts'
import { type AdamState, copyInto, createAdam } from './adam.ts'
import { poolInputs, type VectorTable } from './batch.ts'
import { createContentMap, type DenseInput, scoreUsers } from './dense-step.ts'
import { createTowerModel, decaysOf, parametersOf } from './parameters.ts'
import { type TowerSettings, towerDefaults, towerRanges } from './settings.ts'
import { itemVectors, type TowerTraining, trainStep, userTables } from './step.ts'
import { startFrom, type TowerStart } from './warm-start.ts'

export const twoTowerModel = {
  defaults: towerDefaults,
  ranges: towerRanges,
  fit,
  write: encodeTower,
  read: decodeTower,
  score: scoreBy('tower'),
} satisfies Model<TowerInput, TowerSettings, FittedTowers>

export interface TowerInput {
  /** [items, dim], unit rows (or zero), as the pack will hold them. */
  readonly content?:
    | { readonly vectors: Float32Array; readonly dim: number }
    | undefined
  readonly attributes?: AttributeBlock
  /** Users to learn from; those with fewer than two positives are passed over. */
  readonly positives: Positives
  /** Other users, for early stopping; if none has two positives, all epochs are run. */
  readonly validation: Positives
  /** Any finite number. Default 1. */
  readonly seed?: number
  /** Written after each epoch, resumed from at the start, removed at the end. */
  readonly checkpoint?: CheckpointFile | undefined
  /** Towers of nearly the same data to begin from. Default: untrained ones. */
  readonly start?: TowerStart | undefined
  readonly onProgress?: OnProgress
}

export interface FittedTowers {
  /** Every item vector is ≥ 0. */
  readonly block: NonNullable<PackSource['tower']>
  /** All that was learned, as `parametersOf` lists it: where a later training may begin. */
  readonly parameters: readonly Float32Array[]
  readonly report: {
    /** Epochs run; the towers are those of the best one. */
    readonly epochs: number
    /** Recall@20 on the validation users, mean over 1, 5 and all known events. */
    readonly validationRecall: number
  }
}

/**
 * @returns undefined with fewer than `minUsers` users who have two positives
 * @throws HearthError `bad-argument` if shapes disagree
 */
async function fit(
  input: TowerInput,
  changes?: Partial<TowerSettings>,
): Promise<FittedTowers | undefined> {
  const settings = resolveSettings(twoTowerModel, changes)
  checkShapes(input)
  const users = usersWithTwo(input.positives)
  if (users.length < settings.minUsers) return undefined
  const { positives, content, seed = 1, checkpoint } = input
  const stepsAnEpoch = Math.ceil(users.length / settings.batch)
  const maxEpochs = Math.min(
    settings.maxEpochs,
    Math.ceil(settings.maxSteps / stepsAnEpoch),
  )
  await startBackend({ backend: 'wasm' })
  const random = createRandom(seed)
  const features = { ...input, rows: positives.rowCount }
  const likedBy = countsOf(positives)
  const isMet = Uint8Array.from(likedBy, (count) => Math.min(1, count))
  const model = createTowerModel(features, positives, { ...settings, random })
  if (input.start) startFrom(model, input.start)
  const contentMap = content && createContentMap(content.vectors, content.dim)
  const adam = createAdam(parametersOf(model), decaysOf(model, settings.idDecay))
  const learnt = { model, adam, contentMap }
  const state = { ...learnt, features, positives, likedBy, isMet, random, settings }
  const saved = checkpoint && {
    file: checkpoint,
    key: keyOf(...wholeInput(input), { seed, settings, maxEpochs }),
  }
  try {
    return await runEpochs(state, users, { input, maxEpochs, checkpoint: saved })
  } finally {
    contentMap?.dispose()
  }
}

/** All that the towers come from. */
function wholeInput({ content, attributes, positives, validation }: TowerInput) {
  const { indptr, rows } = positives
  return [
    ...[indptr, rows, validation.indptr, validation.rows],
    ...(content ? [content.vectors] : []),
    ...(attributes ? [attributes.indptr, attributes.indices] : []),
  ]
}

interface Run {
  readonly input: TowerInput
  readonly maxEpochs: number
  readonly checkpoint: Checkpoint | undefined
}

async function runEpochs(
  training: TowerTraining,
  users: Uint32Array,
  { input, maxEpochs, checkpoint }: Run,
): Promise<FittedTowers> {
  const { random, settings } = training
  const { validation, onProgress } = input
  const cases = createCases(validation, random)
  let { epoch, bestEpoch, best } =
    (checkpoint && (await resume(training, users, checkpoint))) ??
    (await begin(training, cases))
  while (epoch < maxEpochs && epoch - bestEpoch < settings.patience) {
    random.shuffleInto(users)
    for (let start = 0; start < users.length; start += settings.batch) {
      await trainStep(training, users.subarray(start, start + settings.batch))
    }
    epoch++
    onProgress?.('towers', epoch / maxEpochs)
    const now = await snapshot(training, cases)
    if (cases.length === 0 || now.validationRecall > best.validationRecall) {
      best = now
      bestEpoch = epoch
    }
    if (checkpoint) {
      await saveEpoch(training, { epoch, bestEpoch, best, users }, checkpoint)
    }
  }
  await checkpoint?.file.remove()
  onProgress?.('towers', 1)
  const { validationRecall, parameters, ...block } = best
  return { block, parameters, report: { epochs: epoch, validationRecall } }
}

async function begin(training: TowerTraining, cases: ReturnType<typeof createCases>) {
  return { epoch: 0, bestEpoch: 0, best: await snapshot(training, cases) }
}

type Snapshot = FittedTowers['block'] &
  Pick<FittedTowers['report'], 'validationRecall'> &
  Pick<FittedTowers, 'parameters'>

/** The towers as they are now, copied, and how good they are. */
async function snapshot(
  training: TowerTraining,
  cases: ReturnType<typeof createCases>,
): Promise<Snapshot> {
  const { model, features } = training
  const { dim, itemBias, user } = model
  const items = await itemVectors(training)
  const tables = userTables(features, items, dim)
  return {
    dim,
    items,
    bias: itemBias.slice(),
    user: user.map(({ weights, bias }) => ({
      weights: weights.slice(),
      bias: bias.slice(),
    })),
    validationRecall: await recallOf({ user, items, itemBias }, cases, tables),
    parameters: parametersOf(model).map((array) => array.slice()),
  }
}

function checkShapes({ content, attributes, positives, validation }: TowerInput) {
  const rows = positives.rowCount
  if (validation.rowCount !== rows) {
    throw new HearthError(
      'bad-argument',
      `invalid validation rowCount: got ${validation.rowCount}, expected ${rows}.`,
    )
  }
  if (content) assertLength('content vectors', content.vectors, rows * content.dim)
  if (attributes) assertLength('attributes indptr', attributes.indptr, rows + 1)
}

/** The users with two positives or more. */
function usersWithTwo({ indptr, userCount }: Positives): Uint32Array {
  return Uint32Array.from({ length: userCount }, (_, user) => user).filter(
    (user) => indptr[user + 1] - indptr[user] >= 2,
  )
}

// Training that can be stopped: what an epoch begins with, saved and restored.

interface Checkpoint {
  readonly file: CheckpointFile
  /** Of the data and the settings. */
  readonly key: string
}

interface Progress {
  readonly epoch: number
  readonly bestEpoch: number
  /** The towers of the best epoch so far. */
  readonly best: Snapshot
}

interface EpochState extends Progress {
  readonly random: Uint32Array
  /** In the order of the last epoch. */
  readonly users: Uint32Array
  readonly parameters: readonly Float32Array[]
  readonly adam: AdamState
}

function saveEpoch(
  { model, adam, random }: TowerTraining,
  progress: Progress & { readonly users: Uint32Array },
  { file, key }: Checkpoint,
): Promise<void> {
  const learnt = { parameters: parametersOf(model), adam: adam.state() }
  const state: EpochState = { ...progress, ...learnt, random: random.state() }
  return writeCheckpoint(file, key, state)
}

/**
 * Restores everything as it was saved.
 *
 * @param users overwritten: their order
 * @returns undefined if nothing was saved
 * @throws HearthError `bad-input`, see `readCheckpoint`
 */
async function resume(
  { model, adam, random }: TowerTraining,
  users: Uint32Array,
  { file, key }: Checkpoint,
): Promise<Progress | undefined> {
  const state = await readCheckpoint<EpochState>(file, key)
  if (!state) return undefined
  copyInto(parametersOf(model), state.parameters)
  adam.restore(state.adam)
  random.restore(state.random)
  users.set(state.users)
  return state
}

// How well towers serve users they were not trained on, by number of known events.

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
function createCases({ indptr, rows, userCount }: Positives, random: Random) {
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
type ScoredTowers = Pick<DenseInput, 'user' | 'items' | 'itemBias'>

/**
 * Recall@20, hits / min(20, targets), mean over the cases; known rows are not ranked.
 * @returns 0 without cases
 */
async function recallOf(
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
  const inputItems = new Uint32Array(inputPtr[cases.length])
  cases.forEach(({ known }, c) => {
    inputItems.set(known, inputPtr[c])
  })
  return { batch: cases.length, inputPtr, inputItems }
}
