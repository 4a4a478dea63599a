/**
 * Which ONNX file of a folder is the model. transformers.js names a precision, and the
 * precision names the file.
 */
import { HearthError } from '../../errors.ts'

/** Best for a browser first: small, and able to run on every backend. */
const PRECISIONS = [
  ['q8', '_quantized'],
  ['int8', '_int8'],
  ['uint8', '_uint8'],
  ['q4', '_q4'],
  ['fp32', ''],
  ['fp16', '_fp16'],
] as const

export type Precision = (typeof PRECISIONS)[number][0]

/** Every ONNX file that can be opened, the one to prefer first. */
export const onnxFiles: readonly string[] = PRECISIONS.map(
  ([, ending]) => `onnx/model${ending}.onnx`,
)

/**
 * @param names of a folder's files, one of them in `onnxFiles`
 * @returns the precision to ask transformers.js for; of several files that of the first
 * @throws HearthError `no-encoder` if there is none
 */
export function dtypeOf(names: readonly string[]): Precision {
  const at = onnxFiles.findIndex((file) => names.includes(file))
  if (at >= 0) return PRECISIONS[at]![0]
  throw new HearthError(
    'no-encoder',
    `no model: got ${names.join(', ') || 'no files'}, expected one of ` +
      `${onnxFiles.join(', ')}. Export it to ONNX, weights in the file itself.`,
  )
}
