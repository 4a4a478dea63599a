/**
 * Typed text → the content block's space. The encoder is loaded on the first text and
 * never before; a failure is a state, not a crash, and lists are made without it.
 */

import { HearthError, messageOf } from '../errors.ts'
import type { Pack } from '../pack/pack.ts'
import type { Encoder } from '../text/encoder/encoder.ts'
import { projectQuery } from '../text/search/semantic-search.ts'
import type { Backend } from '../towers/tower-device.ts'
import type { DeviceState, EncoderCheck } from './hearth.ts'

/** What opening an encoder reports beside the encoder itself. */
export interface OpenedEncoder {
  readonly encoder: Encoder
  readonly backend: Backend
  readonly tried: readonly string[]
  readonly selfCheck: number
  /** Its name, and its bytes as they were sent. */
  readonly model?: NonNullable<DeviceState['model']>
  /** One short text on a cold GPU, ms; elsewhere nothing is timed before it is used. */
  readonly probeMs?: number
  /** One short text once the device is warm, ms. */
  readonly warm?: Promise<number>
  /** Why it was ended for being idle, if it was: the next text opens another. */
  readonly ended?: Promise<string>
  /** Compares every golden text. */
  readonly checkAll?: () => Promise<EncoderCheck>
}

/** Opens the fallback from `from` down. */
export type OpenEncoder = (
  onProgress: (share: number) => void,
  from: 'webgpu' | 'wasm',
) => Promise<OpenedEncoder>

export interface TextReader {
  state(): DeviceState
  /**
   * @returns [content dim] of unit length, or zeros for an empty text
   * @throws HearthError `no-encoder` if this pack or this browser cannot read text
   */
  read(text: string): Promise<Float32Array>
  /** Opens the encoder for a text that will come. Never rejects: that text does. */
  prepare(): Promise<void>
  /** The vector if this text was read before. */
  peek(text: string): Float32Array | undefined
  /**
   * Compares every golden text and adds the result to the state; loads the encoder if need be.
   * @throws HearthError `no-encoder` as `read`
   */
  check(): Promise<EncoderCheck>
  /** Ends the encoder, if one is open. */
  close(): Promise<void>
}

/** Texts kept read; a visitor's searches, so a handful. */
const KEPT_TEXTS = 64

export function createTextReader(
  pack: Pack,
  open: OpenEncoder,
  onState: () => void,
): TextReader {
  const vectors = new Map<string, Float32Array>()
  let state: DeviceState = canRead(pack)
    ? { state: 'idle', tried: [] }
    : { state: 'off', tried: ['this catalogue was built without text'] }
  let opening: Promise<OpenedEncoder> | undefined
  let inUse: OpenedEncoder | undefined
  /** The best backend to try: a GPU that was lost once is not believed again. */
  let from: 'webgpu' | 'wasm' = 'webgpu'

  function change(next: DeviceState) {
    state = next
    onState()
  }

  async function load(): Promise<OpenedEncoder> {
    const before = from === 'webgpu' ? [] : state.tried
    const loading = (progress: number) =>
      change({ state: 'loading', tried: before, progress })
    loading(0)
    try {
      const opened = await open(loading, from)
      await checkFingerprint(pack, opened.encoder)
      const { backend, selfCheck, probeMs, model } = opened
      const tried = [...before, ...opened.tried]
      const known = {
        ...(probeMs === undefined ? {} : { probeMs }),
        ...(model ? { model } : {}),
      }
      change({ state: 'ready', backend: backend, tried, selfCheck, ...known })
      follow(opened)
      return opened
    } catch (error) {
      opening = undefined // the next text may try again
      change({ state: 'failed', tried: [messageOf(error)] })
      throw error
    }
  }

  /** Follows what an encoder reports later, for as long as it is the one in use. */
  function follow(opened: OpenedEncoder) {
    inUse = opened
    void opened.warm?.then((probeMs) => {
      if (inUse === opened) change({ ...state, probeMs })
    })
    void opened.ended?.then((why) => {
      if (inUse !== opened) return
      inUse = undefined
      opening = undefined
      const { tried, ...figures } = state
      change({
        ...figures,
        state: 'idle',
        tried: [...tried, `${opened.backend}: ${why}`],
      })
    })
  }

  function contentOf() {
    if (pack.content && state.state !== 'off') return pack.content
    throw new HearthError('no-encoder', 'this catalogue was built without text.')
  }

  return {
    state: () => state,
    peek: (text) => vectors.get(text),
    prepare: async () => {
      // what failed once is tried again by a text alone, not by every key
      if (state.state === 'off' || state.state === 'failed') return
      opening ??= load()
      await opening.catch(() => {}) // the state has the reason, and so has the text
    },
    close: async () => {
      const opened = await opening?.catch(() => undefined) // it never opened
      await opened?.encoder.dispose()
    },
    check: async () => {
      contentOf()
      opening ??= load()
      const opened = await opening
      if (!opened.checkAll) return { lowest: opened.selfCheck, texts: 0 }
      const check = await opened.checkAll()
      const { lowest, texts } = check
      if (inUse === opened) change({ ...state, selfCheck: lowest, checkedTexts: texts })
      return check
    },
    read: async (text) => {
      const known = vectors.get(text)
      if (known) return known
      const vector = projectQuery(contentOf(), await encodeOne(text))
      if (vectors.size >= KEPT_TEXTS) vectors.delete(vectors.keys().next().value!)
      vectors.set(text, vector)
      return vector
    },
  }

  async function encodeOne(text: string): Promise<Float32Array> {
    opening ??= load()
    const mine = opening
    const { encoder, backend } = await mine
    try {
      return await encoder.encode([text])
    } catch (error) {
      if (opening === mine) giveUp(encoder, `${backend}: ${messageOf(error)}`)
      if (backend !== 'webgpu') throw error
      from = 'wasm'
      return encodeOne(text) // a lost GPU: the same text, one backend down
    }
  }

  /** A dead encoder: the next text starts a fresh one. */
  function giveUp(encoder: Encoder, why: string) {
    opening = undefined
    inUse = undefined
    change({ state: 'failed', tried: [why] })
    encoder.dispose().catch(() => {}) // a dead one cannot be disposed of
  }
}

function canRead(pack: Pack) {
  return pack.content !== undefined && pack.manifest.encoder !== undefined
}

async function checkFingerprint(pack: Pack, encoder: Encoder) {
  const expected = pack.manifest.encoder?.fingerprint
  if (encoder.fingerprint === expected) return
  await encoder.dispose() // or every text would leave another worker behind
  throw new HearthError(
    'no-encoder',
    `wrong encoder for this catalogue: got ${encoder.fingerprint.slice(0, 12)}, expected ${expected?.slice(0, 12)}. Rebuild the pack with the encoder that is served.`,
  )
}
