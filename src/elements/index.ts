/** The one script of a page: `<script type="module" src="…/hearth.js"></script>`. */
import './define.ts'

export { HearthOpenEvent, HearthSearchEvent } from './events.ts'
export { HearthFeedElement } from './hearth-feed-element.ts'
export { HearthRelatedElement } from './hearth-related-element.ts'
export { HearthSearchElement } from './hearth-search-element.ts'
