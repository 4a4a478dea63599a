/**
 * The layouts `hearth evaluate` knows, in the order in which they are tried. Another one is
 * a file `layout-….ts` beside these and its name here; what it evaluates it imports when it
 * is called, so that `--help` waits for nothing.
 */
import type { Layout } from './layout.ts'
import { coldLayout } from './layout-cold.ts'
import { sequencesLayout, sessionsLayout } from './layout-sequences.ts'
import { splitLayout } from './layout-split.ts'
import { tablesLayout } from './layout-tables.ts'

/** Tables come last: they are told by their columns, which takes opening every file. */
export const LAYOUTS: readonly Layout[] = [
  splitLayout,
  sequencesLayout,
  sessionsLayout,
  coldLayout,
  tablesLayout,
]
