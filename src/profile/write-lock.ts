/** One writer at a time across the tabs of a profile, by the Web Locks API. */

export type WriteLock = <T>(write: () => Promise<T>) => Promise<T>

/**
 * @param locks absent where the browser has none; transactions still keep writes whole
 * @param patienceMs how long to wait for another tab's lock before writing without it: a
 *   tab that froze while holding it must not stop this one
 */
export function createWriteLock(
  locks: Pick<LockManager, 'request'> | undefined,
  name: string,
  patienceMs: number,
): WriteLock {
  if (!locks) return (write) => write()
  return async <T>(write: () => Promise<T>): Promise<T> => {
    let written: Promise<T> | undefined
    const start = () => {
      written = write()
      return written
    }
    try {
      const signal = AbortSignal.timeout(patienceMs)
      await locks.request(name, { mode: 'exclusive', signal }, start)
    } catch {
      // refused or overdue: the database's own transactions keep the write whole
    }
    return written ?? write()
  }
}
