/** The elements on a page of a bundler, with the Hearth that the page opened itself. */
import { createHearth } from 'hearth-recommender'
import 'hearth-recommender/elements'

const folder = new URL('..', document.baseURI)
document.querySelector('hearth-feed').hearth = await createHearth({
  pack: new URL('pack', folder).href,
  assets: new URL('hearth/', folder).href,
})
