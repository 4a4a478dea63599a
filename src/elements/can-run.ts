/** Whether the browser is new enough: if not, elements stay undefined and show their slot. */
import { warnOnce } from './attributes.ts'

/**
 * `toSorted` came with Chrome 110, Firefox 115 and Safari 16: the last of what is needed
 * (module workers, container queries, this). Who lacks the syntax of Safari 16.4 never gets
 * here, and shows the slot too.
 * @returns false after one line on the console
 */
export function canRun(): boolean {
  if ('toSorted' in []) return true
  warnOnce('this browser is too old for picks: it shows what the elements hold.')
  return false
}
