/** The low-rank term of a pair block: half a byte a dimension, and a byte for the scale. */
import { packNibbles, quantiseRows4, unpackNibbles } from '../math/quantise.ts'
import { badPack } from './bad-pack.ts'
import { factorsOf, packFactors } from './log-bytes.ts'
import type { LatentTerm } from './pack.ts'
import type { PairForm } from './pack-source.ts'
import { MAX_LATENT_DIM } from './pair-form.ts'
import { bytesOf } from './section-views.ts'
import type { Sections } from './sections.ts'

/** @param unit what the row factors were multiplied by */
export function latentBytes(rows: number, latent: PairForm['latent'], unit: number) {
  if (!latent) return { codes: new Uint8Array(0), scales: new Uint8Array(0) }
  const { codes, scales } = quantiseRows4(latent.vectors, rows, latent.dim)
  const share = 1 / Math.sqrt(unit)
  return {
    codes: packNibbles(codes),
    scales: packFactors(
      'latent scales',
      scales.map((scale) => scale * share),
    ),
  }
}

/**
 * @param section of the codes; the scales are in the next one
 * @throws HearthError `bad-pack`
 */
export function readLatent(
  sections: Sections,
  section: number,
  {
    dim,
    scales,
    targets,
  }: {
    readonly dim: number
    readonly scales: Float32Array
    readonly targets: Float32Array
  },
): LatentTerm {
  const { file, rows } = sections
  if (dim > MAX_LATENT_DIM) throw badPack(file, `got ${dim} latent dimensions.`)
  const count = rows * dim
  const codes = unpackNibbles(bytesOf(sections, section, Math.ceil(count / 2)), count)
  const sizes = factorsOf(sections, section + 1, rows)
  return {
    given: { rows, dim, codes, scales: sizes.map((size, row) => size * scales[row]) },
    taken: { rows, dim, codes, scales: sizes.map((size, row) => size * targets[row]) },
  }
}
