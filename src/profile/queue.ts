/** Runs tasks one after another, in the order asked for; one that fails stops no other. */
export type Queue = <T>(task: () => Promise<T>) => Promise<T>

export function createQueue(): Queue {
  let last: Promise<unknown> = Promise.resolve()
  return (task) => {
    const run = last.then(task)
    last = run.catch(() => {}) // told to whoever asked
    return run
  }
}
