/** Where the encoder of a pack lies: beside the pack, or Hearth's own beside the scripts. */
import type { Manifest } from '../catalogue/pack.ts'
import type { EngineConfig } from './protocol.ts'

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
