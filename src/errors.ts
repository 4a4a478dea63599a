/**
 * Every error Hearth throws on purpose.
 *
 * Message grammar: `what is wrong: got X, expected Y. What to do.`
 * Callers branch on `code`, never on the message; `code` survives the worker
 * boundary, the class does not.
 */
export type ErrorCode =
  | 'bad-argument' // the caller broke a documented precondition
  | 'bad-input' // an owner's file (catalogue, interactions, folder) cannot be used
  | 'bad-pack' // a pack file is missing, damaged, altered or of another version
  | 'bad-profile' // a profile file to import is foreign or broken
  | 'other-catalogue' // a profile file names another catalogue: it can be imported in part
  | 'no-device' // this backend of the device fallback cannot start or gave wrong answers
  | 'no-encoder' // the text encoder cannot be loaded or gave wrong answers
  | 'storage' // IndexedDB refused: denied, blocked, full or broken
  | 'stopped' // the worker at the other end has died or was ended
  | 'internal' // a bug in Hearth

export class HearthError extends Error {
  readonly code: ErrorCode

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'HearthError'
    this.code = code
  }
}

/** Throws `bad-argument` unless `vector` holds exactly `length` numbers. */
export function assertLength(name: string, vector: ArrayLike<number>, length: number) {
  if (vector.length === length) return
  throw new HearthError(
    'bad-argument',
    `wrong length for ${name}: got ${vector.length}, expected ${length}.`,
  )
}

/** The message of anything thrown, for a state line or a wrapped message. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
