/** Worker entry: one text encoder on one rung. A rung that fails takes its worker with it. */
import { createBrowserEncoder } from '../encoder/browser-encoder.ts'
import type { Encoder } from '../encoder/encoder.ts'
import { selfCheck } from '../encoder/self-check.ts'
import { HearthError } from '../errors.ts'
import type { EncoderService } from './protocol.ts'
import { type Port, serve } from './rpc.ts'

let encoder: Encoder | undefined

const notify = serve<EncoderService>(
  {
    start: async ({ rung, modelUrl, runtimeUrl }) => {
      const opened = await createBrowserEncoder({
        modelBase: modelUrl,
        runtimeBase: runtimeUrl,
        rung,
        fetch: (input, init) => fetch(input, init),
        onProgress: (share) => notify({ progress: share }),
      })
      const check = await selfCheck(opened, opened.golden)
      const start = performance.now()
      await opened.encode(['a short text to time'])
      encoder = opened
      const { dim, fingerprint } = opened
      return { dim, fingerprint, selfCheck: check, probeMs: performance.now() - start }
    },
    encode: async (texts) => {
      if (!encoder) throw new HearthError('no-encoder', 'the encoder was not started.')
      return encoder.encode(texts)
    },
  },
  self as unknown as Port,
)
