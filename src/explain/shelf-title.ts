import { type DeedKind, deedOf, shortTitle } from './phrases.ts'

const TITLES = {
  'for-you': 'For you',
  trending: 'Widely read', // it is popularity over all time, and says no more than that
  start: 'A place to start', // nobody's reading is known: the catalogue's own order
  different: 'Something different',
  continue: 'Pick up again',
} as const

/** The title over a shelf that speaks of no item. */
export function shelfTitle(kind: keyof typeof TITLES): string {
  return TITLES[kind]
}

/** The title over a shelf made from one item: "Because you liked Dune". */
export function because(kind: DeedKind | undefined, title: string): string {
  const deed = deedOf(kind)
  return deed
    ? `Because you ${deed} ${shortTitle(title)}`
    : `Goes with ${shortTitle(title)}`
}
