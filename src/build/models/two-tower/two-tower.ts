/**
 * Trains the two ReLU towers, in Node, on tfjs WASM (one thread).
 *
 *   u = ReLU(W₁·x_u + b₁)   x_u = [mean item vector, mean content] of the shown history
 *   i = ReLU(W₂·x_i + b₂)   x_i = [content, attributes, id] (tower-model.ts)
 *   p(i | u) = softmax over all items of u·i + bias_i   (of a large catalogue a sample)
 *
 * Each step shows a random part of each user's history and asks for the rest, so that one
 * tower serves one event and hundreds. Only the item vectors, their biases and the user
 * tower ship.
 */

import { assertLength, HearthError } from '../../../errors.ts'
import type { DenseLayer } from '../../../math/dense-layer.ts'
import { createRandom, type Random } from '../../../math/random.ts'
import { topK } from '../../../math/top-k.ts'
import type { AttributeBlock } from '../../../pack/pack.ts'
import type { PackSource } from '../../../pack/pack-source.ts'
import { startBackend } from '../../../towers/tf-backend.ts'
import {
  type CheckpointFile,
  keyOf,
  readCheckpoint,
  writeCheckpoint,
} from '../../checkpoint.ts'
import type { OnProgress, Positives } from '../../dataset/dataset.ts'
import { countsOf } from '../../dataset/positives.ts'
import type { HoldOut } from '../../splits/hold-out.ts'
import { type AdamState, copyInto, createAdam } from './adam.ts'
import { poolInputs, type VectorTable } from './batch.ts'
import { createContentMap, type DenseInput, scoreUsers } from './dense-step.ts'
import { createTowerModel, decaysOf, parametersOf } from './parameters.ts'
import { resolveTowerOptions, type TowerOptions } from './settings.ts'
import { itemVectors, type TowerTraining, trainStep, userTables } from './step.ts'

// What an epoch of the towers' training begins with, kept and put back.

export interface KeptIn {
  readonly file: CheckpointFile
  /** Of the data and the settings. */
  readonly key: string
}

/** Best: the towers of the best epoch so far. */
export interface Progress<Best> {
  readonly epoch: number
  readonly bestEpoch: number
  readonly best: Best
}

interface EpochState<Best> extends Progress<Best> {
  readonly random: Uint32Array
  /** In the order of the last epoch. */
  readonly users: Uint32Array
  readonly parameters: readonly Float32Array[]
  readonly adam: AdamState
}

export function keep<Best>(
  { model, adam, random }: TowerTraining,
  progress: Progress<Best> & { readonly users: Uint32Array },
  { file, key }: KeptIn,
): Promise<void> {
  const learnt = { parameters: parametersOf(model), adam: adam.state() }
  const state: EpochState<Best> = { ...progress, ...learnt, random: random.state() }
  return writeCheckpoint(file, key, state)
}

/**
 * Puts all back as it was kept.
 *
 * @param users overwritten: their order
 * @returns undefined if nothing was kept
 * @throws HearthError `bad-input`, see `readCheckpoint`
 */
export async function goOn<Best>(
  { model, adam, random }: TowerTraining,
  users: Uint32Array,
  { file, key }: KeptIn,
): Promise<Progress<Best> | undefined> {
  const state = await readCheckpoint<EpochState<Best>>(file, key)
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

export interface TowerInput {
  /** [rows, dim], unit rows (or zero), as the pack will hold them. */
  readonly content?: { readonly vectors: Float32Array; readonly dim: number }
  readonly attributes?: AttributeBlock
  /** Users to learn from; those with fewer than two positives are passed over. */
  readonly positives: Positives
  /** Other users, for early stopping; if none has two positives, all epochs are run. */
  readonly validation: Positives
}

export interface TrainedTowers {
  readonly dim: number
  /** [rows, dim], every value ≥ 0 */
  readonly items: Float32Array
  /** [rows] */
  readonly bias: Float32Array
  readonly user: DenseLayer[]
  /** Epochs run; the towers are those of the best one. */
  readonly epochs: number
  /** Recall@20 on the validation users, mean over 1, 5 and all known events. */
  readonly validationRecall: number
}

/**
 * The same input and seed give the same towers.
 * @throws HearthError `bad-argument` if shapes disagree or no user has two positives
 */
export async function trainTowers(
  input: TowerInput,
  options: TowerOptions,
): Promise<TrainedTowers> {
  const { dim, seed, onProgress, recipe, checkpoint, ...most } =
    resolveTowerOptions(options)
  const users = checkInput(input)
  const stepsAnEpoch = Math.ceil(users.length / recipe.batch)
  const maxEpochs = Math.min(most.maxEpochs, Math.ceil(most.maxSteps / stepsAnEpoch))
  const { positives, content } = input
  await startBackend({ backend: 'wasm' })
  const random = createRandom(seed)
  const features = { ...input, rows: positives.rowCount }
  const size = { dim, hidden: recipe.hidden, echo: recipe.echo, random }
  const likedBy = countsOf(positives)
  const isMet = Uint8Array.from(likedBy, (count) => Math.min(1, count))
  const model = createTowerModel(features, positives, size)
  const contentMap = content && createContentMap(content.vectors, content.dim)
  const adam = createAdam(parametersOf(model), decaysOf(model, recipe.idDecay))
  const learnt = { model, adam, contentMap }
  const state = { ...learnt, features, positives, likedBy, isMet, random, recipe }
  const kept = checkpoint && {
    file: checkpoint,
    key: keyOf(...wholeInput(input), { dim, seed, recipe, maxEpochs }),
  }
  try {
    return await runEpochs(state, users, { input, maxEpochs, onProgress, kept })
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
  readonly onProgress: OnProgress
  readonly kept: KeptIn | undefined
}

async function runEpochs(
  training: TowerTraining,
  users: Uint32Array,
  { input, maxEpochs, onProgress, kept }: Run,
): Promise<TrainedTowers> {
  const { random, recipe } = training
  const cases = createCases(input.validation, random)
  let { epoch, bestEpoch, best } =
    (kept && (await goOn<Snapshot>(training, users, kept))) ??
    (await begin(training, cases))
  while (epoch < maxEpochs && epoch - bestEpoch < recipe.patience) {
    random.shuffleInto(users)
    for (let start = 0; start < users.length; start += recipe.batch) {
      await trainStep(training, users.subarray(start, start + recipe.batch))
    }
    epoch++
    onProgress('towers', epoch / maxEpochs)
    const now = await snapshot(training, cases)
    if (cases.length === 0 || now.validationRecall > best.validationRecall) {
      best = now
      bestEpoch = epoch
    }
    if (kept) await keep(training, { epoch, bestEpoch, best, users }, kept)
  }
  await kept?.file.remove()
  onProgress('towers', 1)
  return { ...best, epochs: epoch }
}

async function begin(training: TowerTraining, cases: ReturnType<typeof createCases>) {
  return { epoch: 0, bestEpoch: 0, best: await snapshot(training, cases) }
}

type Snapshot = Omit<TrainedTowers, 'epochs'>

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
  }
}

/** @returns the users with two positives or more */
function checkInput({ content, attributes, positives, validation }: TowerInput) {
  const rows = positives.rowCount
  if (validation.rowCount !== rows) {
    throw invalid('validation rowCount', validation.rowCount, `${rows}`)
  }
  if (content) assertLength('content vectors', content.vectors, rows * content.dim)
  if (attributes) assertLength('attributes indptr', attributes.indptr, rows + 1)
  const { indptr, userCount } = positives
  const users = Uint32Array.from({ length: userCount }, (_, user) => user).filter(
    (user) => indptr[user + 1] - indptr[user] >= 2,
  )
  if (users.length === 0) {
    throw invalid('positives', 'no user with two positives', 'at least one')
  }
  return users
}

function invalid(name: string, got: unknown, expected: string) {
  return new HearthError(
    'bad-argument',
    `invalid ${name}: got ${got}, expected ${expected}.`,
  )
}

// Towers as a pack holds them, learned from users of whom some are set aside.

export interface LearnTowersOptions {
  readonly content?:
    | { readonly dim: number; readonly vectors: Float32Array }
    | undefined
  readonly seed?: number
  /** See TowerOptions. */
  readonly checkpoint?: CheckpointFile
  readonly onProgress?: OnProgress
}

export interface LearnedTowers {
  readonly block: NonNullable<PackSource['tower']>
  readonly report: { readonly epochs: number; readonly validationRecall: number }
}

/** Users with two positives or more below which towers learn nothing worth their bytes. */
export const MIN_TOWER_USERS = 50

/** @returns undefined if there are too few users to learn from */
export async function learnTowers(
  attributes: PackSource['attributes'],
  { train, aside }: Pick<HoldOut, 'train' | 'aside'>,
  { content, seed = 1, checkpoint, onProgress }: LearnTowersOptions,
): Promise<LearnedTowers | undefined> {
  if (usersWithTwo(train) < MIN_TOWER_USERS) return undefined
  const input = {
    ...(content ? { content } : {}),
    attributes: attributes,
    positives: train,
    validation: aside,
  }
  const towers = await trainTowers(input, {
    ...{ seed, checkpoint },
    ...(onProgress ? { onProgress } : {}),
  })
  const { dim, items, bias, user, epochs, validationRecall } = towers
  return { block: { dim, items, bias, user }, report: { epochs, validationRecall } }
}

function usersWithTwo({ indptr, userCount }: Positives): number {
  let count = 0
  for (let user = 0; user < userCount; user++) {
    if (indptr[user + 1] - indptr[user] >= 2) count++
  }
  return count
}
