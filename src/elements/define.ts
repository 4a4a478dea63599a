/** Import for its side effect: registers <hearth-feed>, <hearth-related>, <hearth-search>. */
import { HearthFeedElement } from './hearth-feed-element.ts'
import { HearthRelatedElement } from './hearth-related-element.ts'
import { HearthSearchElement } from './hearth-search-element.ts'

const ELEMENTS = {
  'hearth-feed': HearthFeedElement,
  'hearth-related': HearthRelatedElement,
  'hearth-search': HearthSearchElement,
}

for (const [tag, element] of Object.entries(ELEMENTS)) {
  if (!customElements.get(tag)) customElements.define(tag, element)
}
