/**
 * What each tag takes, for the frameworks whose templates are typed: JSX and Svelte merge it
 * into their own table of elements, see `examples/react/src/hearth.d.ts` and
 * `examples/svelte/src/hearth.d.ts`.
 */
import type { Backend, Storage } from '../index.ts'
import type { HearthOpenEvent, HearthSearchEvent } from './events.ts'
import type { HearthElement } from './hearth-element.ts'
import type { HearthProfileElement } from './hearth-profile-element.ts'
import type { HearthTasteElement } from './hearth-taste-element.ts'
import type { ListWishes } from './list-options.ts'

/** A template may leave any of it undefined. */
type Loose<T> = { [K in keyof T]?: T[K] | undefined }

type Shared = Loose<
  Pick<HearthElement, 'hearth' | 'itemHref'> & {
    pack: string
    assets: string
    storage: Storage
    backend: Backend
    framed: boolean | ''
    /** An item was chosen; cancel it to follow the link yourself. */
    'onhearth-open': (event: HearthOpenEvent) => void
  }
>
type Wishes = { [K in keyof ListWishes]: NonNullable<ListWishes[K]> }
type Lists = Shared & Loose<Pick<HearthElement, 'messages' | 'tileOf'> & Wishes>

export interface HearthElementAttributes {
  'hearth-feed': Lists &
    Loose<{
      count: number | string
      surprise: number | string | true
      compare: boolean | ''
      more: boolean | ''
    }>
  'hearth-related': Lists &
    Loose<{ item: string; count: number | string; heading: string }>
  'hearth-search': Lists &
    Loose<{
      placeholder: string
      label: string
      count: number | string
      value: string
      /** Enter was pressed on the text. */
      'onhearth-search': (event: HearthSearchEvent) => void
    }>
  'hearth-profile': Shared &
    Loose<Pick<HearthProfileElement, 'messages'> & { history: string }>
  'hearth-taste': Shared &
    Loose<Pick<HearthTasteElement, 'messages'> & { item: string }>
  'hearth-welcome': Shared &
    Loose<Pick<HearthElement, 'messages' | 'tileOf'> & { count: number | string }>
}
