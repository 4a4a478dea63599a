/**
 * The user tower as this visitor's log has moved it. Picks use the pack's own tower until
 * there is something to learn; then a device is opened once, in the background, and the
 * tuned layers replace it. The layers are a function of the log alone, so an event that
 * is removed is unlearned by tuning again without it.
 */

import { messageOf } from '../errors.ts'
import type { Taste } from '../feedback/taste.ts'
import type { DenseLayer } from '../math/dense-layer.ts'
import { createRandom } from '../math/random.ts'
import type { Pack } from '../pack/pack.ts'
import { userInput } from '../scoring/tower-input.ts'
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

interface TowerLearner {
  state(): DeviceState
  /** The layers to score with now. */
  layers(): readonly DenseLayer[]
  /** Learns from the log as it is now; one run at a time, the newest log wins. */
  learn(): Promise<void>
  /** Forgets what was learned: the pack's own layers again. */
  reset(): void
  /** Ends the device, if one is open. */
  close(): Promise<void>
}

const SNAPSHOT = 'towers'
/** Fewer events than this teach nothing that the pack's towers do not know. */
const MIN_EVENTS = 2
/** The tuning's negatives are drawn from this seed, so that replay gives the same tower. */
const TUNE_SEED = 7

export async function createTowerLearner(
  pack: Pack,
  parts: {
    store: ProfileStore
    log: VisitorLog
    open: OpenTowers
    /** Called when the layers or the state changed. */
    onChange: (what: 'layers' | 'state') => void
  },
): Promise<TowerLearner> {
  const { store, log, open, onChange } = parts
  const own = pack.tower?.user ?? []
  const fingerprint = pack.manifest.fingerprint
  let layers: readonly DenseLayer[] = own
  let learnedVersion = 0
  let resets = 0
  let state: DeviceState = pack.tower
    ? { state: 'idle', tried: [] }
    : { state: 'off', tried: ['this catalogue was built without towers'] }
  let opened: OpenedTowers | undefined
  let running: Promise<void> | undefined

  const snapshot = await store.readSnapshot(SNAPSHOT)
  const isCurrent =
    snapshot?.fingerprint === fingerprint && snapshot.lastSeq === log.lastSeq()
  if (pack.tower && isCurrent && areLayers(snapshot.value, own)) {
    layers = snapshot.value
    learnedVersion = log.version()
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

  async function tuneOnce() {
    const { history, eventCount } = sinceReset()
    const version = log.version()
    const lastSeq = log.lastSeq()
    const resetsBefore = resets
    const [{ tuneUserTower }, { device }] = await Promise.all([
      import('./seldom.ts'),
      opened ?? openFrom('webgpu'),
    ])
    const run = (on: TowerDevice) =>
      tuneUserTower({
        device: on,
        pack,
        history,
        eventCount,
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
    if (!tuned) return reset()
    layers = tuned.layers
    learnedVersion = version
    await store.writeSnapshot(SNAPSHOT, { lastSeq, fingerprint, value: tuned.layers })
    onChange('layers')
  }

  /** What the visitor went back from is not learned again. */
  function sinceReset(): Pick<Taste, 'history' | 'eventCount'> {
    const taste = log.taste()
    const since = log.events().findLast(({ kind }) => kind === 'reset')?.at
    if (since === undefined) return taste
    const history = taste.history.filter(({ at }) => at > since)
    return { history, eventCount: history.length }
  }

  async function learnUntilCurrent() {
    while (learnedVersion !== log.version()) {
      const version = log.version()
      if (sinceReset().eventCount < MIN_EVENTS) return reset()
      await tuneOnce()
      if (log.version() === version) return
    }
  }

  function reset() {
    resets++
    if (layers === own) return
    layers = own
    learnedVersion = 0
    onChange('layers')
  }

  return {
    state: () => state,
    layers: () => layers,
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
        other.bias instanceof Float32Array &&
        other.bias.length === layer.bias.length
      )
    })
  )
}
