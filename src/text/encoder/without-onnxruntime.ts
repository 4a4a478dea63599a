/**
 * What the package's pages have in place of `transformers-model.ts`: Hearth's own kernel
 * runs Hearth's own model, and onnxruntime would be 14 to 27 MB more.
 */
import { HearthError } from '../../errors.ts'
import type { TextModel } from './encoder.ts'

/** @throws HearthError `no-device` always */
export async function openTransformersModel(): Promise<TextModel> {
  throw new HearthError(
    'no-device',
    'this copy of Hearth is without onnxruntime, which WebGPU and models other than ' +
      "Hearth's own need.",
  )
}
