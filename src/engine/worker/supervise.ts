/**
 * Keeps one worker alive: notices when it died or hangs, starts a fresh one, and makes
 * the calls again that the dead one left unanswered. State is not carried over: the new
 * worker rebuilds it from the profile.
 */
import { HearthError, messageOf } from '../../errors.ts'
import { type Connection, connect, type Methods, type Port } from './rpc.ts'

/** The part of Worker that is used here. */
export interface WorkerLike extends Port {
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void
  addEventListener(type: 'error', listener: (event: ErrorEvent) => void): void
  terminate(): void
}

export interface SuperviseOptions<T extends Methods<T>> {
  readonly spawn: () => WorkerLike
  /** Brings a fresh worker to where the last one was. Called once a worker, first. */
  readonly begin: (connection: Connection<T>, restarts: number) => Promise<void>
  readonly onNotice: (value: unknown) => void
  /** Calls `check` every so often; returns how to stop that. */
  readonly every: (check: () => void) => () => void
  /** Milliseconds, monotonic. */
  readonly now: () => number
  readonly ping: (connection: Connection<T>) => Promise<void>
}

export interface Supervisor<T extends Methods<T>> {
  call<M extends keyof T & string>(
    method: M,
    ...args: Parameters<T[M]>
  ): ReturnType<T[M]>
  /** Starts afresh on purpose, e.g. after a pack that could not be read. */
  restart(reason: string): void
  close(): void
}

/** A call this old, in ms, makes the supervisor ask whether the worker still answers. */
const SUSPECT_MS = 5_000
/** A ping unanswered for this long, in ms, means a dead worker. */
const DEAD_MS = 10_000
/** Restarts without one answered call in between, or for one call, before it gives up. */
const MAX_RESTARTS = 3

export function supervise<T extends Methods<T>>(
  options: SuperviseOptions<T>,
): Supervisor<T> {
  const { spawn, begin, onNotice, now, ping } = options
  let worker: WorkerLike
  let connection: Connection<T>
  let pingedAt: number | undefined
  let restarts = 0
  let failures = 0
  let closed = false

  function start() {
    pingedAt = undefined
    worker = spawn()
    connection = connect<T>(worker, { onNotice, now })
    const mine = connection
    worker.addEventListener('error', (event) => {
      event.preventDefault?.()
      if (mine === connection)
        restart(`the worker failed: ${event.message ?? 'no message'}.`)
    })
    // callers learn of a failed begin by their own calls, which wait for it in the worker
    begin(mine, restarts).catch(() => {})
  }

  function restart(reason: string) {
    if (closed) return
    worker.terminate()
    const old = connection
    restarts++
    failures++
    if (failures <= MAX_RESTARTS) start()
    old.stop(reason)
  }

  function watch() {
    const since = connection.pendingSince()
    if (since === undefined || now() - since < SUSPECT_MS) return
    if (pingedAt !== undefined) {
      if (now() - pingedAt > DEAD_MS) restart('the worker no longer answers.')
      return
    }
    pingedAt = now()
    ping(connection).then(
      () => {
        pingedAt = undefined
      },
      () => {}, // stopped: a fresh worker is already there
    )
  }

  async function attempt(
    method: keyof T & string,
    args: unknown[],
    retries: number,
  ): Promise<unknown> {
    const used = connection
    try {
      const value = await used.call(method, args as Parameters<T[typeof method]>)
      failures = 0
      return value
    } catch (error) {
      const isStopped = error instanceof HearthError && error.code === 'stopped'
      if (!isStopped || closed || used === connection || retries === 0) throw error
      return attempt(method, args, retries - 1) // on the fresh worker
    }
  }

  const call = (method: keyof T & string, ...args: unknown[]) =>
    attempt(method, args, MAX_RESTARTS)

  start()
  const stopWatching = options.every(watch)
  return {
    call: call as unknown as Supervisor<T>['call'],
    restart: (reason) => {
      failures = 0
      restart(messageOf(reason))
    },
    close: () => {
      closed = true
      stopWatching()
      worker.terminate()
      connection.stop('Hearth was closed on this page.')
    },
  }
}
