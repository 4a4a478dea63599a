/** Ends what nobody has used for a while. */

export interface IdleWatch {
  /** Why, once it was ended for idleness; never otherwise. */
  readonly ended: Promise<string>
  /** Passes `work` on; while it is under way nothing is ended. */
  during<T>(work: Promise<T>): Promise<T>
  /** Watches no longer. */
  stop(): void
}

/**
 * @param ms without work until `end` is called, once, with the reason
 */
export function createIdleWatch(ms: number, end: (why: string) => void): IdleWatch {
  const why = `ended after ${Math.round(ms / 60_000)} minutes without a text`
  let tell: (why: string) => void
  const ended = new Promise<string>((resolve) => {
    tell = resolve
  })
  let timer: ReturnType<typeof setTimeout> | undefined
  let underWay = 0
  let isOver = false
  const give = () => {
    isOver = true
    end(`${why}.`)
    tell(why)
  }
  const wait = () => {
    if (!isOver && underWay === 0) timer = setTimeout(give, ms)
  }
  wait()
  return {
    ended,
    async during(work) {
      clearTimeout(timer)
      underWay++
      try {
        return await work
      } finally {
        underWay--
        wait()
      }
    },
    stop() {
      isOver = true
      clearTimeout(timer)
    },
  }
}
