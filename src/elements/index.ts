/** The one script of a page: `<script type="module" src="…/hearth.js"></script>`. */
export { type LateTag, loadElement } from './define.ts'
export { HearthOpenEvent, HearthSearchEvent } from './events.ts'
export { HearthFeedElement } from './hearth-feed-element.ts'
export type { HearthProfileElement } from './hearth-profile-element.ts'
export { HearthRelatedElement } from './hearth-related-element.ts'
export type { HearthSearchElement } from './hearth-search-element.ts'
export { type ElementMessages, en } from './messages/en.ts'
export type { TileOf } from './tile.ts'
