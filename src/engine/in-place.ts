/** A Hearth over an engine in this thread: in Node, and on a page where no worker is wanted. */

import { HearthError } from '../errors.ts'
import {
  assembleHearth,
  type Call,
  createNotices,
  type Engine,
  type EngineNotice,
  forwardCalls,
} from './calls.ts'
import type { Hearth } from './hearth.ts'
// the type alone: a page with a worker does not load the engine
import type { OpeningEngine } from './open-engine.ts'

/** A Hearth, and whether its pack can be used at all. */
export interface OpenedHearth {
  readonly hearth: Hearth
  /** Resolves once the manifest is read and checked. @throws HearthError `bad-pack` */
  opened(): Promise<unknown>
}

/** @returns the Hearth once its manifest is there; closes it if there is none */
export async function whenOpened({ hearth, opened }: OpenedHearth): Promise<Hearth> {
  try {
    await opened()
    return hearth
  } catch (error) {
    await hearth.close()
    throw error
  }
}

/** @param open called at once, and again by `retry` */
export function openInPlace(
  open: (notify: (notice: EngineNotice) => void) => Promise<OpeningEngine>,
  now?: () => number,
): OpenedHearth {
  const { on, notify } = createNotices()
  let isClosed = false
  const start = () => {
    const opening = open((notice) => {
      if (!isClosed) notify(notice)
    })
    opening.then(({ manifest }) => manifest).catch(() => {}) // each call has the reason
    return opening
  }
  let opening = start()
  const end = async () => {
    const engine = await opening.then((open) => open.engine).catch(() => undefined)
    await engine?.close()
  }
  const call: Call = (async (method: keyof Engine | 'first', args: never[]) => {
    if (isClosed) throw new HearthError('stopped', 'Hearth was closed.')
    const open = await opening
    if (method === 'first') return open.first()
    return ((await open.engine)[method] as (...args: never[]) => unknown)(...args)
  }) as Call
  const hearth = assembleHearth(
    {
      ...forwardCalls(call),
      close: async () => {
        if (isClosed) return
        isClosed = true
        await end()
      },
    },
    {
      on,
      now,
      retry: () => {
        void end()
        opening = start()
      },
    },
  )
  return { hearth, opened: async () => (await opening).manifest }
}
