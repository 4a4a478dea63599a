/** What policies other than Hearth read of a pack, by the package's `pack` entry. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Int8Table, openItems, readManifest, readPack } from '../../pack/index.ts'

export interface SimulationCatalogue {
  /** [items] in the pack's order */
  readonly ids: readonly string[]
  /** [items] log popularity */
  readonly popularity: Float32Array
  /** [items, dim] item tower; absent where the pack was built without towers. */
  readonly tower?: Int8Table
  /** [items] bias of the tower */
  readonly bias?: Float32Array
}

/** @throws HearthError `bad-pack` */
export async function readCatalogue(folder: string): Promise<SimulationCatalogue> {
  const read = async (name: string) =>
    new Uint8Array(await readFile(join(folder, name)))
  const pack = await readPack(read)
  const items = await openItems(await readManifest(read), read)
  const ids = Array.from({ length: items.count }, (_, index) => items.record(index).id)
  return {
    ...{ ids, popularity: pack.popularity },
    ...(pack.tower ? { tower: pack.tower.items, bias: pack.tower.bias } : {}),
  }
}
