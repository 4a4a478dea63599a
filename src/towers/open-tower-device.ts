/**
 * Chooses the backend of the towers: webgpu → wasm → js, the first that starts, agrees with
 * the reference and is not absurdly slow. Every backend tried leaves one plain line.
 */
import { HearthError, messageOf } from '../errors.ts'
import type { DenseLayer } from '../math/dense-layer.ts'
import { forwardReference } from './forward.ts'
import { type AdapterReport, refusalOf } from './gpu-adapter.ts'
import { tuneReference } from './reference.ts'
import {
  BACKENDS,
  type Backend,
  type TowerDevice,
  type TuneBatch,
  type TuneOptions,
} from './tower-device.ts'

// The self-check of a backend: a fixed problem of the real towers' size, solved by it and by
// the reference, so that a GPU that is fast and wrong is not taken for one that is fast.

/** Largest difference from the reference that a backend may show. */
export const GOLDEN_TOLERANCE = 1e-4

/** Widths of the golden tower: pooled vectors and content in, a hidden layer, the user out. */
const WIDTHS = [192, 128, 64] as const
const BATCH = 4
const CANDIDATES = 96
/** Steps large enough to show: the largest move is some hundred times the tolerance. */
const OPTIONS: TuneOptions = { rate: 1, steps: 2, eventCount: 40 }

export interface Golden {
  readonly layers: readonly DenseLayer[]
  readonly batch: TuneBatch
  readonly options: TuneOptions
  /** The reference's answers. */
  readonly outputs: Float32Array
  readonly tuned: { layers: DenseLayer[]; lossBefore: number; lossAfter: number }
}

export function createGolden(): Golden {
  const next = createNoise()
  const layers = WIDTHS.slice(1).map((out, l) => ({
    weights: fill(WIDTHS[l] * out, () => next() * Math.sqrt(6 / WIDTHS[l])),
    bias: fill(out, () => next() * 0.1),
  }))
  const targets = new Float32Array(BATCH * CANDIDATES)
  for (let b = 0; b < BATCH; b++) {
    targets[b * CANDIDATES + b] = 0.75
    targets[b * CANDIDATES + CANDIDATES - 1 - b] = 0.25
  }
  const batch = {
    inputs: fill(BATCH * WIDTHS[0], () => next()),
    batch: BATCH,
    items: fill(CANDIDATES * WIDTHS[2], () => Math.max(0, next()) * 0.3),
    bias: fill(CANDIDATES, () => next()),
    targets,
  }
  return {
    layers,
    batch,
    options: OPTIONS,
    outputs: forwardReference(layers, batch.inputs, BATCH),
    tuned: tuneReference(layers, batch, OPTIONS),
  }
}

/**
 * Largest absolute difference between the device's answers and the reference's, over a
 * forward pass and a tuning; NaN counts as Infinity.
 */
export async function differenceFrom(golden: Golden, device: TowerDevice) {
  const { layers, batch, options } = golden
  const outputs = await device.forward(layers, batch.inputs, batch.batch)
  const tuned = await device.tune(layers, batch, options)
  const losses = [tuned.lossBefore, tuned.lossAfter]
  const expected = [golden.tuned.lossBefore, golden.tuned.lossAfter]
  return tuned.layers.reduce(
    (most, { weights, bias }, l) =>
      Math.max(
        most,
        farthest(weights, golden.tuned.layers[l].weights),
        farthest(bias, golden.tuned.layers[l].bias),
      ),
    Math.max(farthest(outputs, golden.outputs), farthest(losses, expected)),
  )
}

function farthest(got: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (got.length !== expected.length) return Infinity
  let most = 0
  for (let n = 0; n < expected.length; n++) {
    const difference = Math.abs(got[n] - expected[n])
    if (!(difference <= most)) most = Number.isNaN(difference) ? Infinity : difference
  }
  return most
}

function fill(length: number, value: () => number) {
  return Float32Array.from({ length }, value)
}

/** Fixed numbers in [−1, 1): a linear congruential generator (Numerical Recipes, §7.1). */
function createNoise() {
  let state = 1
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 31 - 1
  }
}

/** The warm golden problem takes some ms on a healthy backend; beyond this the next is taken. */
const SLOW_MS = 500

export interface ProbeOptions {
  /** Begin with this backend, and take it even if it is a software adapter or slow. */
  readonly force?: Backend
  readonly start: (backend: Backend) => Promise<TowerDevice>
  readonly adapter: () => Promise<AdapterReport>
  /** Milliseconds, monotonic. */
  readonly now: () => number
}

export interface OpenedTowers {
  readonly device: TowerDevice
  /** One line a backend tried, the chosen one last. */
  readonly tried: string[]
  /** Largest difference from the reference. */
  readonly selfCheck: number
  /** The golden problem once warm: one forward pass and two tuning steps. */
  readonly probeMs: number
}

type Trial = Pick<OpenedTowers, 'device' | 'selfCheck' | 'probeMs'>

/** @throws HearthError `no-device` if not even the last backend works */
export async function openTowerDevice(options: ProbeOptions): Promise<OpenedTowers> {
  const golden = createGolden()
  const tried: string[] = []
  for (const backend of BACKENDS.slice(
    BACKENDS.indexOf(options.force ?? BACKENDS[0]),
  )) {
    try {
      const trial = await tryBackend(backend, golden, options)
      tried.push(`${backend}: ${lineOf(trial)}`)
      return { ...trial, tried }
    } catch (error) {
      tried.push(`${backend}: ${messageOf(error)}`)
    }
  }
  throw new HearthError(
    'no-device',
    `no backend works for the towers: ${tried.join(' ')}`,
  )
}

async function tryBackend(
  backend: Backend,
  golden: Golden,
  { force, start, adapter, now }: ProbeOptions,
): Promise<Trial> {
  const isForced = backend === force
  if (backend === 'webgpu') await checkAdapter(adapter, isForced)
  const device = await start(backend)
  try {
    const selfCheck = await differenceFrom(golden, device)
    if (!(selfCheck <= GOLDEN_TOLERANCE))
      throw refusal(`wrong answers, off by ${selfCheck}`)
    const before = now()
    await differenceFrom(golden, device)
    const probeMs = now() - before
    const isTooSlow = probeMs > SLOW_MS && !isForced && backend !== 'js'
    if (isTooSlow) throw refusal(`too slow, ${Math.round(probeMs)} ms for the probe`)
    return { device, selfCheck, probeMs }
  } catch (error) {
    await device.dispose().catch(() => {}) // the reason it was refused matters more
    throw error
  }
}

async function checkAdapter(adapter: ProbeOptions['adapter'], isForced: boolean) {
  const why = refusalOf(await adapter(), isForced)
  if (why !== undefined) throw refusal(why)
}

function refusal(why: string) {
  return new HearthError('no-device', why)
}

function lineOf({ selfCheck, probeMs }: Trial) {
  return `in use, off by ${selfCheck.toExponential(1)}, ${probeMs.toFixed(1)} ms`
}
