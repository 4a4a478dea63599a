/** Why the browser would not store: the kind of refusal, and one plain sentence. */
import { HearthError, messageOf } from '../errors.ts'

type RefusalKind =
  | 'missing' // the browser has no IndexedDB
  | 'denied' // it has, but not for this page
  | 'full'
  | 'blocked' // another tab holds an older schema open
  | 'slow' // the open request never answers
  | 'newer' // the stored schema is from a later Hearth
  | 'faulty' // a schema that Hearth did not make: it can be mended
  | 'broken' // anything else: corrupt, unreadable, connection lost twice

const REASONS: Readonly<Record<RefusalKind, string>> = {
  missing:
    'This browser has no storage for pages, so your choices are kept until you close this page.',
  denied:
    'This browser refuses storage, so your choices are kept until you close this page.',
  full: 'The storage of this device is full, so new choices are kept until you close this page.',
  blocked:
    'Another tab holds an older profile open, so new choices are kept until you close this page.',
  slow: "This browser's storage does not answer, so new choices are kept until you close this page.",
  newer:
    'The stored profile belongs to a newer version of this page, so new choices are kept until you reload it.',
  faulty:
    "This browser's storage is damaged, so new choices are kept until you close this page.",
  broken:
    "This browser's storage is broken, so new choices are kept until you close this page.",
}

export class StorageRefusal extends HearthError {
  readonly kind: RefusalKind
  /** One plain sentence for the visitor. */
  readonly reason: string

  constructor(kind: RefusalKind, cause?: unknown) {
    const detail = cause === undefined ? kind : `${kind}, ${messageOf(cause)}`
    super('storage', `cannot use IndexedDB: ${detail}. ${REASONS[kind]}`, { cause })
    this.kind = kind
    this.reason = REASONS[kind]
  }
}

const KIND_OF_NAME: Readonly<Record<string, RefusalKind>> = {
  SecurityError: 'denied',
  NotAllowedError: 'denied',
  // Firefox in some private windows: "A mutation operation was attempted on a database
  // that did not allow mutations." https://bugzilla.mozilla.org/show_bug.cgi?id=781982
  InvalidStateError: 'denied',
  QuotaExceededError: 'full',
  VersionError: 'newer',
  NotFoundError: 'faulty', // a store or an index is missing
  DataError: 'faulty', // keys that are none of the log's
  ConstraintError: 'faulty', // its numbers have run out
  AbortError: 'faulty', // an upgrade that could not be made
}

/** What a failed open, transaction or request means. */
export function refusalOf(error: unknown): StorageRefusal {
  if (error instanceof StorageRefusal) return error
  const name = error instanceof Error || isNamed(error) ? error.name : ''
  return new StorageRefusal(KIND_OF_NAME[name] ?? 'broken', error)
}

/** A DOMException is no Error in every runtime. */
function isNamed(error: unknown): error is { readonly name: string } {
  return typeof error === 'object' && error !== null && 'name' in error
}
