/**
 * Searching while somebody types: by words at once, by meaning when they pause. What
 * reads them is loaded from the first key on. The newest text wins; an answer to an older one is dropped.
 */
import type { Engine, SearchResult } from '../engine/engine.ts'
import { messageOf } from '../errors.ts'

export interface SearchStatus {
  readonly text: string
  readonly result: SearchResult | undefined
  /** Words are shown, meaning is on its way. */
  readonly isReading: boolean
  /** Why there is no answer, or none by meaning. */
  readonly problem?: string
}

export interface SearchSession {
  /** Empty text clears. `pauseMs` before meaning is asked for; 0 asks at once. */
  ask(engine: Engine, text: string, pauseMs?: number): void
  /** Drops what is on its way. */
  stop(): void
}

/** A pause in typing after which the text is taken to be meant, ms. */
const PAUSE_MS = 350
/** The encoder reads no shorter text than this. */
const SHORTEST_MEANT = 3

export const NO_SEARCH: SearchStatus = { text: '', result: undefined, isReading: false }

export function searchSession(
  count: number,
  show: (status: SearchStatus) => void,
): SearchSession {
  let latest = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  async function byWords(engine: Engine, text: string, request: number) {
    const willRead = text.length >= SHORTEST_MEANT
    try {
      const result = await engine.search(text, { count })
      if (request === latest) show({ text, result, isReading: willRead })
    } catch (error) {
      const problem = messageOf(error)
      if (request === latest)
        show({ text, result: undefined, isReading: willRead, problem })
    }
  }

  async function byMeaning(engine: Engine, text: string, words: Promise<void>) {
    const request = latest
    try {
      const result = await engine.search(text, { count, meaning: true })
      await words
      if (request === latest) show({ text, result, isReading: false })
    } catch (error) {
      const problem = messageOf(error)
      const result = await engine.search(text, { count }).catch(() => undefined)
      if (request === latest) show({ text, result, isReading: false, problem })
    }
  }

  return {
    ask: (engine, written, pauseMs = PAUSE_MS) => {
      const text = written.trim().slice(0, 512)
      const request = ++latest
      clearTimeout(timer)
      if (text === '') return show(NO_SEARCH)
      engine.prepareSearch().catch(() => {}) // what failed is told by the search
      const words = byWords(engine, text, request)
      if (text.length < SHORTEST_MEANT) return
      timer = setTimeout(() => void byMeaning(engine, text, words), pauseMs)
    },
    stop: () => {
      latest++
      clearTimeout(timer)
    },
  }
}

/** "By words. Reading what you mean …" */
export function modeLine({ result, isReading, problem }: SearchStatus): string {
  if (!result) return problem ?? ''
  if (isReading && result.mode === 'words') return 'By words. Reading what you mean …'
  if (result.mode === 'meaning') return 'By words and meaning'
  return `By words${result.note || problem ? `: ${result.note ?? problem}` : ''}`
}
