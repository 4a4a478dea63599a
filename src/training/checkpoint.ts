/**
 * Training that was stopped goes on: after each epoch all that the next one needs is kept,
 * under a key of what is trained and how, so that it is never gone on with from other data.
 */
import { createHash } from 'node:crypto'
import { deserialize, serialize } from 'node:v8'
import { HearthError } from '../errors.ts'

/** Where the state is kept: one at a time, the newest. */
export interface CheckpointFile {
  /** @returns undefined if nothing was kept */
  read(): Promise<Uint8Array | undefined>
  /** `bytes` makes them when they are wanted: not every epoch need be kept. */
  write(bytes: () => Uint8Array): Promise<void>
  /** Training is over: nothing is kept any more. */
  remove(): Promise<void>
}

/** SHA-256 of numbers and settings, in order. */
export function keyOf(...parts: readonly (NumberArray | object)[]): string {
  const hash = createHash('sha256')
  for (const part of parts) {
    hash.update(isNumbers(part) ? part : JSON.stringify(part))
    hash.update('\0')
  }
  return hash.digest('hex')
}

type NumberArray = Uint16Array | Uint32Array | Float32Array

function isNumbers(part: object): part is NumberArray {
  return ArrayBuffer.isView(part)
}

/**
 * @returns the state kept under this key; undefined if nothing was kept
 * @throws HearthError `bad-input` if what was kept is damaged, or of another training
 */
export async function readCheckpoint<T>(
  file: CheckpointFile,
  key: string,
): Promise<T | undefined> {
  const bytes = await file.read()
  if (!bytes) return undefined
  const kept = deserialised(bytes)
  if (kept?.key === key) return kept.state as T
  const what = kept ? 'of another training: other data, seed or settings' : 'damaged'
  throw new HearthError(
    'bad-input',
    `the checkpoint is ${what}. Remove it, or name another file.`,
  )
}

export function writeCheckpoint<T>(
  file: CheckpointFile,
  key: string,
  state: T,
): Promise<void> {
  return file.write(() => serialize({ key, state }))
}

function deserialised(bytes: Uint8Array): { key: unknown; state: unknown } | undefined {
  try {
    return deserialize(bytes)
  } catch {
    return undefined
  }
}
