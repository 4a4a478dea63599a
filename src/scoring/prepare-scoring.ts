/** A pack, ready to be scanned. */
import type { Scanner } from '../math/scanner.ts'
import type { Pack } from '../pack/pack.ts'
import type { ScoringPack } from './score.ts'

/** Hands the pack's int8 tables to the scanner. */
export function prepareScoring(pack: Pack, scanner: Scanner): ScoringPack {
  return {
    pack,
    ...(pack.tower ? { tower: scanner.hold(pack.tower.items) } : {}),
    ...(pack.content ? { content: scanner.hold(pack.content.vectors) } : {}),
    ...(pack.cf?.latent ? { latent: scanner.hold(pack.cf.latent.taken) } : {}),
  }
}
