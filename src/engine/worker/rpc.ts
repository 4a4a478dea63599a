/**
 * Calls over a port: plain data, one reply a request, notices without being asked.
 * The same few lines carry the engine, the encoder and the towers.
 */
import { type ErrorCode, HearthError, messageOf } from '../../errors.ts'

/** The part of Worker, MessagePort and a worker's own `self` that is used here. */
export interface Port {
  postMessage(message: unknown, transfer?: Transferable[]): void
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void
  start?(): void
}

interface Request {
  readonly type: 'call'
  readonly id: number
  readonly method: string
  readonly args: readonly unknown[]
}

type Reply =
  | { type: 'reply'; id: number; ok: true; value: unknown }
  | { type: 'reply'; id: number; ok: false; code: ErrorCode; message: string }

interface Notice {
  readonly type: 'notice'
  readonly value: unknown
}

/** The methods one side offers the other; each returns a promise. */
// biome-ignore lint/suspicious/noExplicitAny: parameters are contravariant; `unknown` would accept no method
export type Methods<T> = { [M in keyof T]: (...args: any[]) => Promise<unknown> }

export interface Connection<T extends Methods<T>> {
  /** @param transfer buffers the caller loses */
  call<M extends keyof T & string>(
    method: M,
    args: Parameters<T[M]>,
    transfer?: Transferable[],
  ): ReturnType<T[M]>
  /** Rejects every pending call with `stopped` and every later one too. */
  stop(reason: string): void
  /** Pending calls, oldest first: when each was made (ms of `now`). */
  pendingSince(): number | undefined
}

interface ConnectOptions {
  readonly onNotice?: (value: unknown) => void
  /** Clock for `pendingSince`, ms. Default: performance.now. */
  readonly now?: () => number
}

/** The calling end of `port`. */
export function connect<T extends Methods<T>>(
  port: Port,
  { onNotice, now = () => performance.now() }: ConnectOptions = {},
): Connection<T> {
  const pending = new Map<number, { at: number; settle: (reply: Reply) => void }>()
  let lastId = 0
  let stopped: string | undefined

  port.addEventListener('message', ({ data }: MessageEvent<Reply | Notice>) => {
    if (data?.type === 'notice') onNotice?.(data.value)
    if (data?.type !== 'reply') return
    const call = pending.get(data.id)
    pending.delete(data.id)
    call?.settle(data)
  })
  port.start?.()

  function call(
    method: string,
    args: readonly unknown[],
    transfer: Transferable[] = [],
  ) {
    if (stopped !== undefined) {
      return Promise.reject(new HearthError('stopped', stopped))
    }
    const id = ++lastId
    return new Promise<unknown>((resolve, reject) => {
      pending.set(id, {
        at: now(),
        settle: (reply) => {
          if (reply.ok) resolve(reply.value)
          else reject(new HearthError(reply.code, reply.message))
        },
      })
      try {
        port.postMessage({ type: 'call', id, method, args } satisfies Request, transfer)
      } catch (error) {
        pending.delete(id) // it never left: e.g. an argument that cannot be cloned
        reject(error)
      }
    })
  }

  return {
    call: call as unknown as Connection<T>['call'],
    pendingSince: () => pending.values().next().value?.at,
    stop: (reason) => {
      stopped = reason
      for (const [id, { settle }] of pending) {
        settle({ type: 'reply', id, ok: false, code: 'stopped', message: reason })
      }
      pending.clear()
    },
  }
}

/**
 * Answers calls arriving on `port` from `target`. Runs inside the worker.
 * @returns a function that sends a notice
 */
export function serve<T extends Methods<T>>(target: T, port: Port) {
  port.addEventListener('message', async ({ data }: MessageEvent<Request>) => {
    if (data?.type === 'call') port.postMessage(await answer(target, data))
  })
  port.start?.()
  return (value: unknown) =>
    port.postMessage({ type: 'notice', value } satisfies Notice)
}

async function answer<T extends Methods<T>>(
  target: T,
  { id, method, args }: Request,
): Promise<Reply> {
  try {
    if (!Object.hasOwn(target, method)) {
      throw new HearthError('bad-argument', `unknown method: got ${method}.`)
    }
    const value = await target[method as keyof T](...args)
    return { type: 'reply', id, ok: true, value }
  } catch (error) {
    // structured clone drops an error's class and fields, so the code goes by itself
    const code = error instanceof HearthError ? error.code : 'internal'
    return { type: 'reply', id, ok: false, code, message: messageOf(error) }
  }
}
