/**
 * What the elements of one page share about one engine: recording, and being told when
 * lists are out of date. Being seen changes nothing at once: a list must not move because
 * somebody scrolled past it.
 */

import type { Hearth } from '../engine/worker/open-hearth.ts'
import type { LoggedEvent, Signal, SignalKind } from '../feedback/event.ts'

export interface Session {
  readonly hearth: Hearth
  /** Appends to the log; the page's lists are told, unless all signals are quiet ones. */
  record(signals: readonly Signal[]): Promise<readonly LoggedEvent[]>
  /** Runs a change of the log (remove, import, erase) and tells the page's lists. */
  change<T>(work: () => Promise<T>): Promise<T>
  /** Called when the log has changed, here or in another tab. @returns the unsubscriber */
  onChange(listener: () => void): () => void
}

const QUIET: ReadonlySet<SignalKind> = new Set(['impression', 'dwell'])

/** The store's own notice of what this page wrote comes within this time, ms. */
const ECHO_MS = 250

const sessions = new WeakMap<Hearth, Session>()

/** The one session of `hearth` on this page. */
export function sessionOf(hearth: Hearth, now = () => performance.now()): Session {
  const known = sessions.get(hearth)
  if (known) return known
  const session = startSession(hearth, now)
  sessions.set(hearth, session)
  return session
}

function startSession(hearth: Hearth, now: () => number): Session {
  const listeners = new Set<() => void>()
  const tell = () => {
    for (const listener of [...listeners]) listener()
  }
  let writing = 0
  let echoUntil = 0
  hearth.subscribe(({ type }) => {
    const isEcho = writing > 0 || now() < echoUntil
    if (type === 'profile-changed' && !isEcho) tell()
  })

  async function write<T>(work: () => Promise<T>, isQuiet: boolean): Promise<T> {
    writing++
    try {
      return await work()
    } finally {
      writing--
      echoUntil = now() + ECHO_MS
      if (!isQuiet) tell()
    }
  }

  return {
    hearth,
    record: (signals) =>
      write(
        () => hearth.engine.record(signals),
        signals.every(({ kind }) => QUIET.has(kind)),
      ),
    change: (work) => write(work, false),
    onChange: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
