/**
 * What the Hearth elements of one page share: one Hearth for each pack, the storage that
 * all of them agree to, and the news that lists are out of date.
 */
import { type EventInput, type Hearth, openHearth, type Storage } from '../index.ts'
import { backendOf, storageOf } from './attributes.ts'
import { parseAddress } from './parse-address.ts'

const TAGS =
  'hearth-feed, hearth-related, hearth-search, hearth-profile, hearth-taste, hearth-welcome'

/** The attributes of an element that say which Hearth it uses. */
interface HearthAttributes {
  readonly pack: string | null
  readonly backend: string | null
  readonly storage: string | null
  readonly assets: string | null
}

/**
 * What the page's elements name, in the order they stand in: as an attribute or, where a
 * framework wrote it so, as a property. One that is not defined yet has attributes alone.
 */
function namedOnPage(name: keyof HearthAttributes): string[] {
  const elements = document.querySelectorAll<Element & Partial<HearthAttributes>>(TAGS)
  const named = [...elements].map(
    (element) => element[name] ?? element.getAttribute(name),
  )
  return named.filter((value) => typeof value === 'string')
}

/** By the pack's address; they stay open as long as the page. */
const opened = new Map<string, Hearth>()
/** What the attributes asked for last: a visitor's own choice since then stands. */
const askedStorage = new WeakMap<Hearth, Storage>()

/**
 * The Hearth of the element's pack, or of the first pack that an element of the page names.
 * @returns undefined where none names one, or where it cannot be opened
 */
export function hearthOfPage(attributes: HearthAttributes): Hearth | undefined {
  const pack = attributes.pack ?? namedOnPage('pack')[0]
  const href = pack && parseAddress(pack, document.baseURI)?.href
  if (!href) return undefined
  const storage = storageOfPage(attributes.storage)
  const known = opened.get(href)
  if (known) {
    if (storage === 'memory') moveStorage(known, attributes.storage)
    return known
  }
  const backend = backendOf(attributes.backend)
  const assets = attributes.assets ?? namedOnPage('assets')[0]
  const hearth = openHearth({
    ...{ pack, storage },
    ...(backend ? { backend } : {}),
    ...(assets ? { assets } : {}),
  })
  opened.set(href, hearth)
  askedStorage.set(hearth, storage)
  return hearth
}

/** Moves the profile to where the page's attributes want it, if they have changed. */
export function moveStorage(hearth: Hearth, own: string | null) {
  const storage = storageOfPage(own)
  if (askedStorage.get(hearth) === storage) return
  askedStorage.set(hearth, storage)
  // where it was refused: the state names the storage in use, and why
  hearth.profile.setStorage(storage).catch(() => {})
}

/**
 * One Hearth serves all elements: what one of them must not store, none stores.
 * @param own the attribute of an element that may not be in the page yet
 */
export function storageOfPage(own: string | null): Storage {
  const asked = [own, ...namedOnPage('storage')]
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
