/** The page of the bench: one worker an encoder, called from outside through `window.bench`. */
import { type Connection, connect } from '../../src/engine/worker/rpc.ts'
import type { TimedEncoder } from './timed-worker.ts'

export type Which = 'hearth' | 'minilm'

declare global {
  interface Window {
    bench: Readonly<Record<Which, Connection<TimedEncoder>>>
  }
}

window.bench = {
  hearth: connect(
    new Worker(new URL('./hearth-worker.ts', import.meta.url), { type: 'module' }),
  ),
  minilm: connect(
    new Worker(new URL('./minilm-worker.ts', import.meta.url), { type: 'module' }),
  ),
}
