/**
 * Whether a visitor was asked the first questions: one word in `localStorage`, about no item. A
 * page reads it before anything else is here, so that it keeps no room for what will not come.
 */
const KEY = 'hearth-welcome'

/** False where storage is denied: then the page asks again. */
export function isWelcomed(): boolean {
  try {
    return localStorage.getItem(KEY) !== null
  } catch {
    return false
  }
}

export function rememberWelcome(): void {
  try {
    localStorage.setItem(KEY, 'done')
  } catch {
    // denied or full: the next page asks again
  }
}

/** After the profile was erased, the visitor is new again. */
export function forgetWelcome(): void {
  try {
    localStorage.removeItem(KEY)
  } catch {
    // denied: there is nothing to forget
  }
}
