/**
 * The towers' learner and the reader of texts before there is anything to learn or to read:
 * their code comes with the first event, or the first text.
 */
import type { Pack } from '../pack/pack.ts'
import type { DeviceState } from './hearth.ts'
import { lazily } from './lazily.ts'
import type { OpenEncoder, TextReader } from './text-reader.ts'
import type { LearnerParts, TowerLearner } from './tower-learner.ts'

/** As `createTowerLearner`; at once where the log holds something to learn from. */
export async function learnerOnDemand(
  pack: Pack,
  parts: LearnerParts,
): Promise<TowerLearner> {
  let learner: TowerLearner | undefined
  const load = lazily(async () => {
    const { createTowerLearner } = await import('./seldom.ts')
    learner = await createTowerLearner(pack, parts)
    return learner
  })
  const hasLessons = () =>
    parts.log.events().some(({ kind }) => kind !== 'impression' && kind !== 'search')
  const idle = idleState(pack.tower !== undefined, 'towers')
  if (pack.tower && hasLessons()) await load().catch(() => {}) // asked for again by `learn`
  return {
    state: () => learner?.state() ?? idle,
    layers: () => learner?.layers() ?? pack.tower?.user ?? [],
    adopt: () => learner?.adopt(),
    reset: () => learner?.reset(),
    close: async () => learner?.close(),
    learn: async () => {
      if (!pack.tower || !(learner || hasLessons())) return
      const opened = await load().catch(() => {}) // the next event asks for it again
      await opened?.learn()
    },
  }
}

/** As `createTextReader`. */
export function readerOnDemand(
  pack: Pack,
  open: OpenEncoder,
  onState: () => void,
): TextReader {
  let reader: TextReader | undefined
  const load = lazily(async () => {
    const { createTextReader } = await import('./seldom.ts')
    reader = createTextReader(pack, open, onState)
    return reader
  })
  const canRead = pack.content !== undefined && pack.manifest.encoder !== undefined
  const idle = idleState(canRead, 'text')
  return {
    state: () => reader?.state() ?? idle,
    peek: (text) => reader?.peek(text),
    close: async () => reader?.close(),
    check: async () => (await load()).check(),
    read: async (text) => (await load()).read(text),
    prepare: async () => {
      const opened = await load().catch(() => {}) // asked for again by the text
      await opened?.prepare()
    },
  }
}

function idleState(isThere: boolean, what: string): DeviceState {
  return isThere
    ? { state: 'idle', tried: [] }
    : { state: 'off', tried: [`this catalogue was built without ${what}`] }
}
