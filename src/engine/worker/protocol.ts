/** What each worker offers at its port. Plain data only; see rpc.ts for the envelope. */
import type { Manifest } from '../../pack/pack.ts'
import type { Storage } from '../../store/profile-store.ts'
import type { Backend, TowerDevice } from '../../towers/tower-device.ts'
import type { Calls } from '../calls.ts'
import type { EncoderCheck } from '../hearth.ts'

// Where the encoder of a pack lies: beside the pack, or Hearth's own beside the scripts.

export interface ModelPlace {
  /** Absolute URL of the model's folder, with a slash at its end. */
  readonly modelUrl: string
  /** Its manifest's name there. Default `hearth.json`. */
  readonly manifestFile?: string
  /** The pack's: no other model is taken. */
  readonly fingerprint?: string
}

export function modelPlaceOf(
  { encoder }: Pick<Manifest, 'encoder'>,
  { packUrl, assetsUrl }: Pick<EngineConfig, 'packUrl' | 'assetsUrl'>,
): ModelPlace {
  const fingerprint = encoder && { fingerprint: encoder.fingerprint }
  if (encoder?.model) {
    return { modelUrl: packUrl, manifestFile: encoder.model.name, ...fingerprint }
  }
  return {
    modelUrl: new URL('models/hearth-encoder/', assetsUrl).href,
    ...fingerprint,
  }
}

export interface EngineConfig {
  /** Absolute URL of the pack's folder, with a slash at its end. */
  readonly packUrl: string
  /** Absolute URL under which `models/` and `runtime/` lie. */
  readonly assetsUrl: string
  /** Forces a backend of the encoder and the towers. Default: probed. */
  readonly backend?: Backend
  readonly storage: Storage
  /** Whether onnxruntime is served under `runtime/`, for text on WebGPU. Default true. */
  readonly runtime?: boolean
  /** Times the worker was restarted before this one. */
  readonly restarts: number
}

/** Every method of an engine, and what a worker needs besides. */
export interface EngineService extends Calls {
  /**
   * Begins to load; every other call waits for what it needs.
   * @param config.left JSON of acts that earlier pages left without an answer, oldest first:
   *   the call resolves once they are settled, and lists wait for that
   */
  start(config: EngineConfig & { readonly left?: readonly string[] }): Promise<void>
  /** Resolves once the manifest is read and checked. @throws HearthError `bad-pack` */
  opened(): Promise<void>
  /** Answers at once: the worker is alive. */
  ping(): Promise<void>
}

export interface EncoderService {
  /**
   * `probeMs`: one short text's time, on WebGPU alone; `wireBytes`: all files as sent;
   * `note`: what runs it, and why nothing better.
   */
  start(
    config: ModelPlace & {
      readonly backend: 'webgpu' | 'wasm'
      /** Absent where no onnxruntime is served. */
      readonly runtimeUrl?: string
    },
  ): Promise<{
    dim: number
    fingerprint: string
    selfCheck: number
    model: { name: string; wireBytes: number }
    note: string
    probeMs?: number
  }>
  encode(texts: readonly string[]): Promise<Float32Array>
  /** Encodes all golden texts. */
  checkAll(): Promise<EncoderCheck>
}

/** What the encoder's worker reports without being asked. */
export type EncoderNotice =
  | { readonly progress: number }
  /** Of a typical short text, once the worker is warm. */
  | { readonly warmMs: number }
  /** Golden texts compared so far. */
  | { readonly checked: number }

export interface TowerService {
  start(config: {
    readonly backend: 'webgpu' | 'wasm'
    readonly runtimeUrl: string
    readonly allowSoftware: boolean
  }): Promise<void>
  forward: TowerDevice['forward']
  tune: TowerDevice['tune']
}
