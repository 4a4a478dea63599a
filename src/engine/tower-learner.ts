/**
 * The user tower as this visitor's log has moved it. Picks use the pack's own tower until
 * there is something to learn; then a device is opened once, in the background, and the
 * tuned layers replace it where they win on the log itself (`scoring/tuning.ts`). They come into
 * use with the visitor's next act: a list that stands, or is there again after a reload, does
 * not move because something was learned meanwhile. The layers
 * are a function of the log alone, so an event that is removed is unlearned by tuning again
 * without it; views alone tune nothing (`scoring/tower-lessons.ts`).
 */

import { messageOf } from '../errors.ts'
import type { LoggedEvent } from '../feedback/event.ts'
import type { DenseLayer } from '../math/dense-layer.ts'
import { createRandom } from '../math/random.ts'
import type { Pack } from '../pack/pack.ts'
import { userInput } from '../scoring/tower-input.ts'
import { towerLessons } from '../scoring/tower-lessons.ts'
import { canTune, tuneUserTower } from '../scoring/tuning.ts'
import type { ProfileStore } from '../store/profile-store.ts'
import type { Backend, TowerDevice } from '../towers/tower-device.ts'
import type { DeviceState } from './hearth.ts'
import type { VisitorLog } from './visitor-log.ts'

export interface OpenedTowers {
  readonly device: TowerDevice
  readonly tried: readonly string[]
  readonly selfCheck: number
  readonly probeMs: number
}

/** Opens the fallback from `from` down. */
export type OpenTowers = (from: Backend) => Promise<OpenedTowers>

export interface TowerLearner {
  state(): DeviceState
  /** The layers to score with now. */
  layers(): readonly DenseLayer[]
  /** Lists may move now: what was learned last is scored with from here on. */
  adopt(): void
  /** Learns from the log as it is now; one run at a time, the newest log wins. */
  learn(): Promise<void>
  /** Forgets what was learned: the pack's own layers again. */
  reset(): void
  /** Ends the device, if one is open. */
  close(): Promise<void>
}

const SNAPSHOT = 'towers'
/** In place of layers: the pack's own did as well. */
const AS_SHIPPED = 'as-shipped'
/** A page opened this long after the last tuning is another session: it begins with it, ms. */
const SAME_SESSION_MS = 30 * 60_000

/** What a snapshot holds; layers alone, or `AS_SHIPPED`, in one of an older version. */
interface KeptLayers {
  /** What the lists shown last were scored with. */
  readonly used: unknown
  /** What was learned since. */
  readonly next: unknown
  /** When, Unix ms. */
  readonly at: number
}
/** The tuning's negatives are drawn from this seed, so that replay gives the same tower. */
const TUNE_SEED = 7

export interface LearnerParts {
  readonly store: ProfileStore
  readonly log: VisitorLog
  readonly indexOf: (id: string) => number | undefined
  readonly open: OpenTowers
  /** Unix ms. */
  readonly now: () => number
  /** Called when layers were learned or forgotten, or the state changed. */
  readonly onChange: (what: 'layers' | 'state') => void
}

export async function createTowerLearner(
  pack: Pack,
  parts: LearnerParts,
): Promise<TowerLearner> {
  const { store, log, indexOf, open, onChange, now } = parts
  const own = pack.tower?.user ?? []
  const fingerprint = pack.manifest.fingerprint
  let layers: readonly DenseLayer[] = own
  /** Learned, and not in use before the visitor's next act. */
  let next: readonly DenseLayer[] | undefined
  /** seq of the last event that was learned from; 0 for none. */
  let learnedTo = 0
  let resets = 0
  let state: DeviceState = pack.tower
    ? { state: 'idle', tried: [] }
    : { state: 'off', tried: ['this catalogue was built without towers'] }
  let opened: OpenedTowers | undefined
  let running: Promise<void> | undefined

  const snapshot = await store.readSnapshot(SNAPSHOT)
  const kept = snapshot?.fingerprint === fingerprint && keptIn(snapshot.value, own)
  if (pack.tower && kept && !isResetSince(log.events(), snapshot.lastSeq)) {
    const isCurrent = snapshot.lastSeq === lastLesson(log.events())
    const isSameSession = now() - kept.at < SAME_SESSION_MS
    // an act since then has brought into use what was learned before it
    layers = isCurrent && isSameSession ? kept.used : kept.next
    next = kept.next
    if (isCurrent) learnedTo = snapshot.lastSeq
  }

  function setState(next: DeviceState) {
    state = next
    onChange('state')
  }

  async function openFrom(backend: Backend): Promise<OpenedTowers> {
    const before = state.tried
    setState({ state: 'loading', tried: before })
    opened = await open(backend)
    const { device, selfCheck, probeMs } = opened
    const tried = [...before, ...opened.tried]
    setState({ state: 'ready', backend: device.backend, tried, selfCheck, probeMs })
    return opened
  }

  async function tuneOnce(lastSeq: number) {
    const resetsBefore = resets
    const lessons = towerLessons(log.counted(), indexOf, lastSeq)
    if (!canTune(lessons)) {
      reset()
      learnedTo = lastSeq
      return
    }
    const { device } = opened ?? (await openFrom('webgpu'))
    const run = (on: TowerDevice) =>
      tuneUserTower({
        device: on,
        pack,
        ...lessons,
        random: createRandom(TUNE_SEED),
        userInput: (history) => userInput(pack, history),
      })
    // a lost GPU shows as a failed call: the same work again, one backend down
    const tuned = await run(device).catch(async (error: unknown) => {
      setState({
        ...state,
        tried: [...state.tried, `${device.backend}: ${messageOf(error)}`],
      })
      opened = undefined // should no lower backend open, the next run starts over
      await device.dispose().catch(() => {}) // a dead device cannot be disposed of
      return run((await openFrom(device.backend === 'webgpu' ? 'wasm' : 'js')).device)
    })
    if (resets !== resetsBefore) return // it may hold an event that is gone by now
    next = tuned?.layers ?? own
    learnedTo = lastSeq
    const kept = (some: readonly DenseLayer[]) => (some === own ? AS_SHIPPED : some)
    const value: KeptLayers = { used: kept(layers), next: kept(next), at: now() }
    const hasMoved = tuned !== undefined
    if (state.hasMoved !== hasMoved) setState({ ...state, hasMoved })
    await store.writeSnapshot(SNAPSHOT, { lastSeq, fingerprint, value })
    if (tuned) onChange('layers')
  }

  async function learnUntilCurrent() {
    for (;;) {
      const lastSeq = lastLesson(log.events())
      if (lastSeq === learnedTo) return
      if (lastSeq === 0) return reset()
      await tuneOnce(lastSeq)
    }
  }

  function reset() {
    resets++
    learnedTo = 0
    const hadLearned = layers !== own || (next ?? own) !== own
    next = undefined
    if (!hadLearned) return
    layers = own
    onChange('layers')
  }

  return {
    state: () => state,
    layers: () => layers,
    adopt: () => {
      layers = next ?? layers
    },
    reset,
    close: async () => opened?.device.dispose(),
    learn: () => {
      if (!pack.tower) return Promise.resolve()
      running ??= learnUntilCurrent()
        .catch((error: unknown) =>
          setState({ state: 'failed', tried: [...state.tried, messageOf(error)] }),
        )
        .finally(() => {
          running = undefined
        })
      return running
    },
  }
}

/** seq of the last event that teaches the towers, 0 for none: what the visitor did with an item. */
function lastLesson(events: readonly LoggedEvent[]): number {
  const last = events.findLast(({ kind }) => kind !== 'impression' && kind !== 'search')
  return last?.seq ?? 0
}

function isResetSince(events: readonly LoggedEvent[], seq: number): boolean {
  return events.some((event) => event.kind === 'reset' && event.seq > seq)
}

/** @returns undefined for what holds no layers of these shapes */
function keptIn(value: unknown, own: readonly DenseLayer[]) {
  const isOld = value === AS_SHIPPED || Array.isArray(value)
  const kept: Partial<KeptLayers> = isOld ? { used: value, next: value } : Object(value)
  const layersOf = (some: unknown) => {
    if (some === AS_SHIPPED) return own
    return areLayers(some, own) ? some : undefined
  }
  const [used, next] = [layersOf(kept.used), layersOf(kept.next)]
  return used && next ? { used, next, at: Number(kept.at) || 0 } : undefined
}

/** Whether `value`, read from storage, has the shapes of `own`. */
function areLayers(value: unknown, own: readonly DenseLayer[]): value is DenseLayer[] {
  return (
    Array.isArray(value) &&
    value.length === own.length &&
    own.every((layer, i) => {
      const other = value[i] as Partial<DenseLayer> | undefined
      return (
        other?.weights instanceof Float32Array &&
        other.weights.length === layer.weights.length &&
        other.weights.every(Number.isFinite) &&
        other.bias instanceof Float32Array &&
        other.bias.length === layer.bias.length &&
        other.bias.every(Number.isFinite)
      )
    })
  )
}
