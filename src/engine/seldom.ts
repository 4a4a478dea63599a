/**
 * What few pages ask of an engine, loaded with the first call that needs it. One script for
 * all of it: with two, a bundler takes what both share out of the worker's first script, and
 * every page pays for a third.
 */
export { preferenceReader } from '../feedback/preferences.ts'
export { readColumn } from '../pack/column-file.ts'
export { towerLessons } from '../scoring/tower-lessons.ts'
export { canTune, tuneUserTower } from '../scoring/tuning.ts'
export * from '../store/on-demand.ts'
export { outdatedViews } from '../store/outdated-views.ts'
export { createAskedLists } from './asked-lists.ts'
export { comparedShelves } from './compare-shelves.ts'
export { curateFirst } from './curate-first.ts'
export { createCuratedLists } from './curated-lists.ts'
export { listExplainer } from './explain-lists.ts'
export { learnFromLog } from './learn-fusion.ts'
export * as personalLists from './personal-lists.ts'
export { createProfileCalls } from './profile-calls.ts'
export { settleActs } from './settle-acts.ts'
export { createTextReader } from './text-reader.ts'
export { createTowerLearner } from './tower-learner.ts'
