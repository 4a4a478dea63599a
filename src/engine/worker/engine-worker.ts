/** Worker entry: opens the engine of one pack and answers the page's calls. */

import { type Call, type Engine, type EngineNotice, forwardCalls } from '../calls.ts'
import type { OpeningEngine } from '../open-engine.ts'
import type { EngineService } from './protocol.ts'
import { type Port, serve } from './rpc.ts'
import { openWebEngine } from './web-engine.ts'

let begin: (opening: OpeningEngine) => void
const started = new Promise<OpeningEngine>((resolve) => {
  begin = resolve
})
const call = (async (method: keyof Engine, args: never[]) => {
  const engine = await (await started).engine
  return (engine[method] as (...args: never[]) => unknown)(...args)
}) as Call

async function settle(engine: Promise<Engine>, acts: readonly string[]) {
  const { settleActs } = await import('../seldom.ts')
  await settleActs(await engine, acts)
}

const notify: (notice: EngineNotice) => void = serve<EngineService>(
  {
    ...forwardCalls(call),
    start: async ({ left = [], ...config }) => {
      const opening = openWebEngine(config, notify)
      const engine = opening.engine
      const settled = left.length > 0 ? settle(engine, left) : undefined
      // whether that succeeds or not, and before the first list
      const after = settled?.then(
        () => engine,
        () => engine,
      )
      after?.catch(() => {}) // each call has the reason
      begin(after ? { ...opening, engine: after } : opening)
      await settled
    },
    opened: async () => void (await (await started).manifest),
    first: async () => (await started).first(),
    ping: async () => {},
  },
  self as unknown as Port,
)
