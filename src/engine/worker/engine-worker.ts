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

const notify: (notice: EngineNotice) => void = serve<EngineService>(
  {
    ...forwardCalls(call),
    start: async (config) => begin(openWebEngine(config, notify)),
    opened: async () => void (await (await started).manifest),
    first: async () => (await started).first(),
    ping: async () => {},
  },
  self as unknown as Port,
)
