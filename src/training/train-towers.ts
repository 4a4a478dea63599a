/**
 * Trains the two ReLU towers, in Node, on tfjs WASM (one thread).
 *
 *   u = ReLU(W₁·x_u + b₁)   x_u = [mean item vector, mean content] of the shown history
 *   i = ReLU(W₂·x_i + b₂)   x_i = [content, entities, id] (tower-model.ts)
 *   p(i | u) = softmax over all items of u·i + bias_i   (of a large catalogue a sample)
 *
 * Each step shows a random part of each user's history and asks for the rest, so that one
 * tower serves one event and hundreds. Only the item vectors, their biases and the user
 * tower ship.
 */
import type { EntityBlock } from '../catalogue/pack.ts'
import { assertLength, HearthError } from '../errors.ts'
import type { DenseLayer } from '../math/dense-layer.ts'
import { createRandom } from '../math/random.ts'
import { startBackend } from '../towers/tf-backend.ts'
import { keyOf } from './checkpoint.ts'
import type { OnProgress, Positives } from './dataset.ts'
import { countsOf } from './positives.ts'
import { createAdam } from './tower-adam.ts'
import { createContentMap } from './tower-dense.ts'
import { createTowerModel, decaysOf, parametersOf } from './tower-model.ts'
import { resolveTowerOptions, type TowerOptions } from './tower-options.ts'
import { goOn, type KeptIn, keep } from './tower-progress.ts'
import { itemVectors, type TowerTraining, trainStep, userTables } from './tower-step.ts'
import { createCases, recallOf } from './tower-validation.ts'

export interface TowerInput {
  /** [rows, dim], unit rows (or zero), as the pack will hold them. */
  readonly content?: { readonly vectors: Float32Array; readonly dim: number }
  readonly knowledge?: EntityBlock
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
  await startBackend({ rung: 'wasm' })
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
function wholeInput({ content, knowledge, positives, validation }: TowerInput) {
  const { indptr, rows } = positives
  return [
    ...[indptr, rows, validation.indptr, validation.rows],
    ...(content ? [content.vectors] : []),
    ...(knowledge ? [knowledge.indptr, knowledge.indices] : []),
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
function checkInput({ content, knowledge, positives, validation }: TowerInput) {
  const rows = positives.rowCount
  if (validation.rowCount !== rows) {
    throw invalid('validation rowCount', validation.rowCount, `${rows}`)
  }
  if (content) assertLength('content vectors', content.vectors, rows * content.dim)
  if (knowledge) assertLength('knowledge indptr', knowledge.indptr, rows + 1)
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
