/** The worker's side of the bench: an encoder, started, timed and weighed where it runs. */
import { type Port, serve } from '../../src/engine/worker/rpc.ts'

export interface Places {
  /** Absolute URL of the model's folder, with a slash at its end. */
  readonly modelUrl: string
  readonly runtimeUrl: string
}

export interface TimedEncoder {
  /** @returns ms from the call to the first vector */
  start(places: Places): Promise<number>
  vectorOf(text: string): Promise<number[]>
  /** Encodes the texts one by one, over and over. @returns ms of each call */
  time(texts: readonly string[], calls: number): Promise<number[]>
  /** Bytes of all WebAssembly memories. */
  wasmBytes(): Promise<number>
}

type Encode = (texts: readonly string[]) => Promise<Float32Array>

/** Every memory made in this worker, to be summed. */
const memories: WebAssembly.Memory[] = []
WebAssembly.Memory = class extends WebAssembly.Memory {
  constructor(descriptor: WebAssembly.MemoryDescriptor) {
    super(descriptor)
    memories.push(this)
  }
}

const instantiate = WebAssembly.instantiate as (
  module: WebAssembly.Module,
  imports?: WebAssembly.Imports,
) => Promise<WebAssembly.Instance>
/** A module may also export its own, as the encoder's kernel does. */
WebAssembly.instantiate = (async (
  module: WebAssembly.Module,
  imports?: WebAssembly.Imports,
) => {
  const made = await instantiate(module, imports)
  const { memory } = (made.exports ?? {}) as { memory?: WebAssembly.Memory }
  if (memory && !memories.includes(memory)) memories.push(memory)
  return made
}) as typeof WebAssembly.instantiate

export function serveTimed(open: (places: Places) => Promise<Encode>) {
  let encode: Encode | undefined
  const ask = (texts: readonly string[]) => {
    if (encode === undefined) throw new Error('not started')
    return encode(texts)
  }
  serve<TimedEncoder>(
    {
      start: async (places) => {
        const start = performance.now()
        encode = await open(places)
        await ask(['a first short text'])
        return performance.now() - start
      },
      vectorOf: async (text) => [...(await ask([text]))],
      time: async (texts, calls) => {
        const took: number[] = []
        for (let i = 0; i < calls; i++) {
          const start = performance.now()
          await ask([texts[i % texts.length]!])
          took.push(performance.now() - start)
        }
        return took
      },
      wasmBytes: async () =>
        memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0),
    },
    self as unknown as Port,
  )
}
