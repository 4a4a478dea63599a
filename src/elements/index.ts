/** The one script of a page: `<script type="module" src="…/hearth.js"></script>`. */

import { canRun } from './can-run.ts'
import { define } from './define.ts'
import { HearthRelatedElement } from './hearth-related-element.ts'

export { type LateTag, loadElement } from './define.ts'
export type { HearthElementAttributes } from './element-attributes.ts'
export { HearthOpenEvent, HearthSearchEvent } from './events.ts'
export { HearthFeedElement } from './hearth-feed-element.ts'
export type { HearthProfileElement } from './hearth-profile-element.ts'
export type { HearthSearchElement } from './hearth-search-element.ts'
export type { HearthTasteElement } from './hearth-taste-element.ts'
export type { HearthWelcomeElement } from './hearth-welcome-element.ts'
export {
  type ElementMessages,
  en,
  type ProfileMessages,
  type TasteMessages,
  type WelcomeMessages,
} from './messages/en.ts'
export { profileEn } from './messages/profile-en.ts'
export { tasteEn } from './messages/taste-en.ts'
export { welcomeEn } from './messages/welcome-en.ts'
export type { TileOf } from './tile.ts'
export { HearthRelatedElement }

// a page of an item has little else: it waits for no second script
if (typeof document !== 'undefined' && canRun())
  define('hearth-related', HearthRelatedElement)
