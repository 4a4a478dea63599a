import type { UnderstoodMessages } from './en.ts'

/** What was understood of a typed text, in English. */
export const understoodEn: UnderstoodMessages = {
  label: 'Understood',
  refused: (text) => `not ${text}`,
  maker: (name) => `by ${name}`,
  unknown: (text) => `${text} (this catalogue does not say)`,
  remove: (text) => `remove: ${text}`,
}
