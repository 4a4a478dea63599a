export * from './engine/hearth.ts'
export { openHearth } from './engine/worker/open-hearth.ts'
