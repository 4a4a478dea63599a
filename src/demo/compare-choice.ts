/** The visitor's choice to have two rankings compared: one word in `localStorage`. */

const KEY = 'hearth-compare'
const ON = 'on'

/** False where the page may store nothing, or was never asked to. */
export function isComparing(): boolean {
  try {
    return localStorage.getItem(KEY) === ON
  } catch {
    return false // storage is denied: the choice is off, which the page shows
  }
}

/** @returns the choice as it is now: what may not be stored stays off */
export function setComparing(isOn: boolean): boolean {
  try {
    if (isOn) localStorage.setItem(KEY, ON)
    else localStorage.removeItem(KEY)
  } catch {
    // storage is denied: the choice stays as it is
  }
  return isComparing()
}
