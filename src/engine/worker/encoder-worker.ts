/** Worker entry: one text encoder on one backend; a backend that fails ends its worker. */
import { HearthError, messageOf } from '../../errors.ts'
import { createBrowserEncoder } from '../../text/encoder/browser-encoder.ts'
import type { ModelEncoder } from '../../text/encoder/encoder.ts'
import { readableOnly } from '../../text/encoder/readable-script.ts'
import { lowestCosine, minCosineOf, selfCheck } from '../../text/encoder/self-check.ts'
import { warmUp } from '../../text/encoder/warm-up.ts'
import type { EncoderNotice, EncoderService } from './protocol.ts'
import { type Port, serve } from './rpc.ts'

let encoder: ModelEncoder | undefined
let isWarm = false

const send = serve<EncoderService>(
  {
    start: async ({ backend, modelUrl, runtimeUrl, ...place }) => {
      const { encoder: opened, note } = await createBrowserEncoder({
        ...{ modelBase: modelUrl, backend, ...place },
        ...(runtimeUrl === undefined ? {} : { runtimeBase: runtimeUrl }),
        fetch: (input, init) => fetch(input, init),
        onProgress: (progress) => notify({ progress }),
      })
      const minCosine = minCosineOf(opened.files)
      const check = await selfCheck(opened, opened.golden, minCosine)
      // only a GPU may be too slow to use; the rest is timed when nobody waits
      const timed = backend === 'webgpu' ? { probeMs: await timeOneText(opened) } : {}
      encoder = opened
      const { dim, fingerprint, name, wireBytes } = opened
      return {
        ...{ dim, fingerprint, selfCheck: check, model: { name, wireBytes } },
        note,
        ...timed,
      }
    },
    encode: async (texts) => {
      const { encode, unreadScriptOf } = started()
      const vectors = await encode(readableOnly(texts, unreadScriptOf))
      if (!isWarm) setTimeout(warm, 0)
      isWarm = true
      return vectors
    },
    checkAll: async () => {
      const { golden } = started()
      const lowest = await lowestCosine(started(), golden, (checked) =>
        notify({ checked }),
      )
      return { lowest, texts: golden.length }
    },
  },
  self as unknown as Port,
)

function notify(notice: EncoderNotice) {
  send(notice)
}

function started(): ModelEncoder {
  if (encoder) return encoder
  throw new HearthError('no-encoder', 'the encoder was not started.')
}

async function timeOneText(opened: ModelEncoder): Promise<number> {
  const start = performance.now()
  try {
    await opened.encode(['a short text to time'])
  } catch (cause) {
    throw new HearthError('no-device', messageOf(cause), { cause })
  }
  return performance.now() - start
}

function warm() {
  const pause = () => new Promise<void>((resolve) => setTimeout(resolve, 0))
  warmUp(started().encode, { clock: () => performance.now(), pause }).then(
    (warmMs) => notify({ warmMs }),
    () => {}, // the next text meets the device that was lost
  )
}
