/**
 * What the Hearth elements of one page share: one Hearth for each pack, the storage that
 * all of them agree to, and the news that lists are out of date.
 */
import { type EventInput, type Hearth, openHearth, type Storage } from '../index.ts'
import { backendOf, storageOf } from './attributes.ts'

const TAGS = ['hearth-feed', 'hearth-related', 'hearth-search', 'hearth-profile']

const selectorOf = (attribute: string) =>
  TAGS.map((tag) => `${tag}[${attribute}]`).join(',')

/** The attributes of an element that say which Hearth it uses. */
export interface HearthAttributes {
  readonly pack: string | null
  readonly backend: string | null
  readonly storage: string | null
}

/**
 * The Hearth of the element's pack, or of the first pack that an element of the page names.
 * @returns undefined where none names one, or where it cannot be opened
 */
export function hearthOfPage(attributes: HearthAttributes): Hearth | undefined {
  const pack =
    attributes.pack ?? document.querySelector(selectorOf('pack'))?.getAttribute('pack')
  if (!pack) return undefined
  const backend = backendOf(attributes.backend)
  const storage = storageOfPage(attributes.storage)
  try {
    return openHearth({ pack, storage, ...(backend ? { backend } : {}) })
  } catch {
    return undefined // e.g. an address that is none, or no workers: shown as failed
  }
}

/**
 * One Hearth serves all elements: what one of them must not store, none stores.
 * @param own the attribute of an element that may not be in the page yet
 */
export function storageOfPage(own: string | null): Storage {
  const named = [...document.querySelectorAll(selectorOf('storage'))]
  const asked = [own, ...named.map((element) => element.getAttribute('storage'))]
  return asked.some((text) => storageOf(text) === 'memory') ? 'memory' : 'persistent'
}

/** A list must not move because somebody scrolled past it: these re-rank nothing at once. */
const QUIET: ReadonlySet<EventInput['kind']> = new Set(['impression', 'dwell'])

/**
 * Calls `listener` when lists should be made anew: something was done on this page, or
 * anything at all in another tab.
 * @returns the unsubscriber
 */
export function onOutdated(hearth: Hearth, listener: () => void): () => void {
  return hearth.on('change', ({ origin, kinds }) => {
    const isQuiet = origin === 'own' && kinds?.every((kind) => QUIET.has(kind))
    if (!isQuiet) listener()
  })
}
