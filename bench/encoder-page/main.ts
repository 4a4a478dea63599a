/** The page of the bench: two workers, asked from outside through `window.bench`. */
import { connect } from '../../src/worker/rpc.ts'
import type { Places, TimedEncoder } from './timed-worker.ts'

export interface EncoderBench {
  startHearth(places: Places): Promise<number>
  startMiniLm(places: Places): Promise<number>
  /** Calls in turn: a block of each, `blocks` times. @returns ms of every call */
  race(request: RaceRequest): Promise<{ hearth: number[]; miniLm: number[] }>
  /** Vectors of one text by both, for their cosine. */
  vectors(text: string): Promise<{ hearth: number[]; miniLm: number[] }>
  /** Encodes `count` texts one by one. @returns the runtime's memory after, bytes */
  wear(texts: readonly string[], count: number): Promise<number>
}

export interface RaceRequest {
  readonly texts: readonly string[]
  readonly warmUp: number
  readonly blocks: number
  readonly calls: number
  /** Whether MiniLM runs too. */
  readonly isRace: boolean
}

declare global {
  interface Window {
    bench: EncoderBench
  }
}

const hearth = connect<TimedEncoder>(
  new Worker(new URL('./hearth-worker.ts', import.meta.url), { type: 'module' }),
)
const miniLm = connect<TimedEncoder>(
  new Worker(new URL('./minilm-worker.ts', import.meta.url), { type: 'module' }),
)

window.bench = {
  startHearth: (places) => hearth.call('start', [places]),
  startMiniLm: (places) => miniLm.call('start', [places]),
  async race({ texts, warmUp, blocks, calls, isRace }) {
    const runners = isRace ? [hearth, miniLm] : [hearth]
    const took: number[][] = runners.map(() => [])
    for (const runner of runners) await runner.call('time', [texts, warmUp])
    for (let block = 0; block < blocks; block++) {
      for (const [i, runner] of runners.entries()) {
        took[i]!.push(...(await runner.call('time', [texts, calls])))
      }
    }
    return { hearth: took[0]!, miniLm: took[1] ?? [] }
  },
  async vectors(text) {
    const [a, b] = await Promise.all(
      [hearth, miniLm].map((each) => each.call('encode', [[text]])),
    )
    return { hearth: [...a!], miniLm: [...b!] }
  },
  async wear(texts, count) {
    await hearth.call('time', [texts, count])
    return hearth.call('wasmBytes', [])
  },
}
