/**
 * Searching while somebody types: by keywords at once, semantically when they pause. The
 * encoder loads from the first key on. The newest text wins; an answer to an older one is
 * dropped.
 */
import type { Hearth, HearthError, SearchOptions, SearchResult } from '../index.ts'
import { messageOf } from './hearth-element.ts'
import type { ElementMessages } from './messages/en.ts'

export interface SearchStatus {
  readonly text: string
  readonly result: SearchResult | undefined
  /** Keyword results are shown, the semantic ones are on their way. */
  readonly isReading: boolean
  /** Why there is no answer, or no semantic one. */
  readonly problem?: string
}

export interface SearchSession {
  /** Empty text clears. `pauseMs` before the semantic search; 0 starts it at once. */
  ask(hearth: Hearth, text: string, pauseMs?: number): void
  /** Takes a part of what was understood away, by its key, and asks again at once. */
  ignore(hearth: Hearth, key: string): void
  /** Drops what is on its way. */
  stop(): void
}

/** A pause in typing after which the text is taken to be whole, ms. */
const PAUSE_MS = 350
/** A shorter text is too little for the encoder, characters. */
const MIN_SEMANTIC_LENGTH = 3

export const NO_SEARCH: SearchStatus = { text: '', result: undefined, isReading: false }

/** @param optionsNow what a search is asked for beside its text, as it is when it starts */
export function searchSession(
  optionsNow: () => Promise<Omit<SearchOptions, 'mode'>>,
  show: (status: SearchStatus) => void,
): SearchSession {
  let latest = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let typedLast = ''
  /** Keys of what the visitor took away, for as long as the text holds it. */
  let ignored: readonly string[] = []
  const options = async () => ({
    ...(await optionsNow()),
    ...(ignored.length > 0 ? { ignore: ignored } : {}),
  })

  async function byKeyword(hearth: Hearth, text: string, request: number) {
    const isReading = text.length >= MIN_SEMANTIC_LENGTH
    try {
      const result = await hearth.search(text, {
        ...(await options()),
        mode: 'keyword',
      })
      if (request === latest) show({ text, result, isReading })
    } catch (error) {
      if (isOwners(error)) return mistaken(error, request)
      const problem = messageOf(error)
      if (request === latest) show({ text, result: undefined, isReading, problem })
    }
  }

  async function bySemantics(hearth: Hearth, text: string, keyword: Promise<void>) {
    const request = latest
    try {
      const result = await hearth.search(text, {
        ...(await options()),
        mode: 'semantic',
      })
      await keyword
      if (request === latest) show({ text, result, isReading: false })
    } catch (error) {
      if (isOwners(error)) return
      const problem = messageOf(error)
      const byWords = { ...(await options()), mode: 'keyword' } as const
      const result = await hearth.search(text, byWords).catch(() => undefined)
      if (request === latest) show({ text, result, isReading: false, problem })
    }
  }

  /** The owner's own mistake, a filter for one: its visitors cannot mend it. */
  function mistaken(error: unknown, request: number) {
    console.error(`Hearth: ${messageOf(error)}`)
    if (request === latest) show(NO_SEARCH)
  }

  const ask: SearchSession['ask'] = (hearth, typed, pauseMs = PAUSE_MS) => {
    const text = typed.trim().slice(0, 512)
    const request = ++latest
    clearTimeout(timer)
    if (text !== typedLast) ignored = ignored.filter((key) => holdsPart(text, key))
    typedLast = text
    if (text === '') return show(NO_SEARCH)
    void hearth.prepareSearch()
    const keyword = byKeyword(hearth, text, request)
    if (text.length < MIN_SEMANTIC_LENGTH) return
    timer = setTimeout(() => void bySemantics(hearth, text, keyword), pauseMs)
  }

  return {
    ask,
    ignore: (hearth, key) => {
      ignored = [...ignored, key]
      ask(hearth, typedLast, 0)
    },
    stop: () => {
      latest++
      clearTimeout(timer)
    },
  }
}

const isOwners = (error: unknown) =>
  (error as Partial<HearthError> | null)?.code === 'bad-argument'

/** What Chromium, Firefox and Safari state of a script that did not arrive. */
const UNLOADED = /dynamically imported module|importing a module script failed/i
const UNLOADED_EN =
  'Search needs its files once before it works offline. Connect and try again.'

/** How the results were found: "By keywords. Working out what you mean …" */
export function modeLine(
  { result, isReading, problem }: SearchStatus,
  { search }: ElementMessages,
): string {
  const toShown = (why?: string) =>
    why && UNLOADED.test(why) ? (search.unloaded ?? UNLOADED_EN) : why
  if (!result) return toShown(problem) ?? ''
  if (isReading && result.mode === 'keyword') return search.reading
  if (result.mode === 'semantic') return search.semantic
  return search.keyword(toShown(result.note ?? problem))
}

/** Whether the text still holds the words of a part, `kind:words`. */
const holdsPart = (text: string, key: string) =>
  text.toLowerCase().includes(key.slice(key.indexOf(':') + 1))
