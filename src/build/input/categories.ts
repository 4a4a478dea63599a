/** A cell of categories → their names, those of a path one by one. */
import { listOf, textOf } from './cell.ts'
import type { KnownExport } from './known-export.ts'
import { titleWithoutMarkup } from './markup.ts'

/** `Clothing > Tshirts`, as shops and feeds join the names of a path. */
const PATH = /\s+[>›»]\s+/

/** `/Desserts/Pies/`, as addresses do. */
const ROOTED_PATH = /^\/[^/]+(?:\/[^/]+)*\/?$/

/**
 * The names of a list, each path as its parts from the root to the leaf: `Men > Shirts` →
 * Men, Shirts; doubles out.
 */
export function categoriesOf(cell: unknown, known: KnownExport | undefined): string[] {
  const isOnePath = known?.isOnePath && typeof cell === 'string' && PATH.test(cell)
  const list = isOnePath ? [titleWithoutMarkup(textOf(cell) ?? '')] : listOf(cell)
  const separator = known?.pathSeparator
  const names = list
    .flatMap((path) => path.split(ROOTED_PATH.test(path) ? '/' : PATH))
    .flatMap((path) => (separator === undefined ? [path] : path.split(separator)))
    .map((name) => name.trim())
    .filter((name) => name !== '' && !known?.pathRoots?.includes(name))
  return [...new Set(names)]
}
