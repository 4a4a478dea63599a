/**
 * What few pages ask of an engine, loaded with the first call that needs it. One script for
 * all of it: with two, a bundler takes what both share out of the worker's first script, and
 * every page pays for a third.
 */
export { readColumn } from '../pack/column-file.ts'
export { tuneUserTower } from '../scoring/tuning.ts'
export { projectQuery, searchItems } from '../text/search/semantic-search.ts'
export { curateFirst } from './curate-first.ts'
export { createCuratedLists } from './curated-lists.ts'
export { listExplainer } from './explain-lists.ts'
export { guessRating } from './rating-guess.ts'

/** The script of the word index, without making one. */
export const loadKeywordSearch = () => import('../text/search/keyword-search.ts')
