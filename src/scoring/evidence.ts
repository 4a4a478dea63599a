/** What the visitor's own deeds on an item add to its score. */
import type { Pack } from '../catalogue/pack.ts'
import { collaborativeScore, contentScore } from './formulas.ts'
import type { PartWeights } from './fusion.ts'
import type { TasteView } from './score.ts'

/** Least w1 + w3 of the evidence: what a visitor refused must sink whatever was fitted. */
export const EVIDENCE_FLOOR = 0.5

/**
 * evidence = w1·(α·e⁺ − β·e⁻) + w3·(γ·e⁺ − δ·e⁻), with w1 and w3 the weights of cf and
 * content where those blocks are there, never negative, together at least EVIDENCE_FLOOR.
 *
 * @param out [rows], overwritten; zero where the visitor did nothing. Evidence outside
 *   [0, 1] is cut
 */
export function evidenceInto(
  pack: Pack,
  { positive, negative }: TasteView,
  fused: PartWeights,
  out: Float32Array,
): void {
  out.fill(0)
  const { w1, w3 } = evidenceWeights(pack, fused)
  for (const row of new Set([...positive.keys(), ...negative.keys()])) {
    const ePlus = unitRange(positive.get(row))
    const eMinus = unitRange(negative.get(row))
    out[row] =
      w1 * collaborativeScore(0, ePlus, eMinus) + w3 * contentScore(0, ePlus, eMinus)
  }
}

function evidenceWeights(pack: Pack, fused: PartWeights): { w1: number; w3: number } {
  const w1 = pack.cf ? Math.max(0, fused.cf) : 0
  const w3 = pack.content ? Math.max(0, fused.content) : 0
  const total = w1 + w3
  if (total >= EVIDENCE_FLOOR) return { w1, w3 }
  if (total === 0) return { w1: EVIDENCE_FLOOR / 2, w3: EVIDENCE_FLOOR / 2 }
  const factor = EVIDENCE_FLOOR / total
  return { w1: w1 * factor, w3: w3 * factor }
}

function unitRange(evidence: number | undefined): number {
  return evidence === undefined ? 0 : Math.min(1, Math.max(0, evidence))
}
