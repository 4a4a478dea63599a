/** What the kernel of `kernel/bert.ts` offers; addresses are bytes in its memory. */
import { HearthError } from '../errors.ts'

export interface BertExports {
  readonly memory: WebAssembly.Memory
  sign(levels: number, count: number): void
  embed(
    x: number,
    ids: number,
    levels: number,
    steps: number,
    places: number,
    tokens: number,
    columns: number,
  ): void
  quantise(
    x: number,
    steps: number,
    q: number,
    scales: number,
    tokens: number,
    columns: number,
  ): void
  multiply(
    q: number,
    scales: number,
    levels: number,
    rows: number,
    bias: number,
    out: number,
    tokens: number,
    inputs: number,
    outputs: number,
  ): void
  attend(
    q: number,
    k: number,
    v: number,
    out: number,
    scores: number,
    real: number,
    columns: number,
    width: number,
  ): void
  normalise(
    x: number,
    added: number,
    weight: number,
    bias: number,
    tokens: number,
    columns: number,
    epsilon: number,
  ): void
  gelu(x: number, count: number): void
}

const FUNCTIONS = [
  'attend',
  'embed',
  'gelu',
  'multiply',
  'normalise',
  'quantise',
  'sign',
]

/**
 * @throws HearthError `no-device` if the module is another one
 * @throws WebAssembly.LinkError, WebAssembly.RuntimeError as the engine does
 */
export async function bertExports(module: WebAssembly.Module): Promise<BertExports> {
  const { exports } = await WebAssembly.instantiate(module)
  const isWhole = FUNCTIONS.every((name) => typeof exports[name] === 'function')
  const { memory } = exports as Partial<BertExports>
  if (isWhole && memory?.buffer) return exports as unknown as BertExports
  throw new HearthError(
    'no-device',
    `not the encoder’s kernel: got exports ${Object.keys(exports)}, expected memory, ` +
      `${FUNCTIONS}.`,
  )
}
