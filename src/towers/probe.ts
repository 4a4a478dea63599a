/**
 * Chooses the rung of the towers: webgpu → wasm → js, the first that starts, agrees with
 * the reference and is not absurdly slow. Every rung tried leaves one plain line.
 */
import { HearthError, messageOf } from '../errors.ts'
import {
  createGolden,
  differenceFrom,
  GOLDEN_TOLERANCE,
  type Golden,
} from './golden.ts'
import type { AdapterReport } from './gpu-adapter.ts'
import { RUNGS, type Rung, type TowerDevice } from './tower-device.ts'

/** The warm golden problem takes some ms on a healthy rung; beyond this, a lower one wins. */
const SLOW_MS = 500

export interface ProbeOptions {
  /** Start the ladder here, and take this rung even if it is software or slow. */
  readonly force?: Rung
  readonly start: (rung: Rung) => Promise<TowerDevice>
  readonly adapter: () => Promise<AdapterReport>
  /** Milliseconds, monotonic. */
  readonly now: () => number
}

export interface OpenedTowers {
  readonly device: TowerDevice
  /** One line a rung tried, the chosen one last. */
  readonly tried: string[]
  /** Largest difference from the reference. */
  readonly selfCheck: number
  /** The golden problem once warm: one forward pass and two tuning steps. */
  readonly probeMs: number
}

type Trial = Pick<OpenedTowers, 'device' | 'selfCheck' | 'probeMs'>

/** @throws HearthError `no-device` if not even the last rung works */
export async function openTowerDevice(options: ProbeOptions): Promise<OpenedTowers> {
  const golden = createGolden()
  const tried: string[] = []
  for (const rung of RUNGS.slice(RUNGS.indexOf(options.force ?? RUNGS[0]))) {
    try {
      const trial = await tryRung(rung, golden, options)
      tried.push(`${rung}: ${lineOf(trial)}`)
      return { ...trial, tried }
    } catch (error) {
      tried.push(`${rung}: ${messageOf(error)}`)
    }
  }
  throw new HearthError('no-device', `no rung works for the towers: ${tried.join(' ')}`)
}

async function tryRung(
  rung: Rung,
  golden: Golden,
  { force, start, adapter, now }: ProbeOptions,
): Promise<Trial> {
  const isForced = rung === force
  if (rung === 'webgpu') await checkAdapter(adapter, isForced)
  const device = await start(rung)
  try {
    const selfCheck = await differenceFrom(golden, device)
    if (!(selfCheck <= GOLDEN_TOLERANCE))
      throw refusal(`wrong answers, off by ${selfCheck}`)
    const before = now()
    await differenceFrom(golden, device)
    const probeMs = now() - before
    const isTooSlow = probeMs > SLOW_MS && !isForced && rung !== 'js'
    if (isTooSlow) throw refusal(`too slow, ${Math.round(probeMs)} ms for the probe`)
    return { device, selfCheck, probeMs }
  } catch (error) {
    await device.dispose().catch(() => {}) // the reason it was refused is the news
    throw error
  }
}

async function checkAdapter(adapter: ProbeOptions['adapter'], isForced: boolean) {
  const { usable, software, note } = await adapter()
  if (!usable) throw refusal(note)
  if (software && !isForced) throw refusal(`${note}, slower than wasm`)
}

function refusal(why: string) {
  return new HearthError('no-device', why)
}

function lineOf({ selfCheck, probeMs }: Trial) {
  return `in use, off by ${selfCheck.toExponential(1)}, ${probeMs.toFixed(1)} ms`
}
