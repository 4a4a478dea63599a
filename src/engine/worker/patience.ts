/** A worker that hangs answers nothing: what waits for it is given up after a while. */
import type { Connection, Methods } from './rpc.ts'

/**
 * Without a sign of life for this long, ms, a start has failed. Its longest silence is the
 * download of a runtime, some 5 MB as sent: two minutes are 0.4 Mbit/s.
 */
export const START_SILENCE_MS = 120_000
/** A started device that takes this long over one call, ms, hangs: a healthy one takes 1 s. */
export const CALL_MS = 60_000

/**
 * Settles as `work` does; after `ms` without a `renew`, stops the connection, and so
 * rejects with `stopped` all that waits on it.
 */
export async function patiently<C extends Methods<C>, T>(
  connection: Connection<C>,
  ms: number,
  work: (renew: () => void) => Promise<T>,
): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const giveUp = () => connection.stop(`no answer in ${Math.round(ms / 1000)} s.`)
  const renew = () => {
    clearTimeout(timer)
    timer = setTimeout(giveUp, ms)
  }
  renew()
  try {
    return await work(renew)
  } finally {
    clearTimeout(timer)
  }
}
