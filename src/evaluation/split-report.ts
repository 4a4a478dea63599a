/** A split's figures as a table for a person and as JSON. */
import { formatEstimate } from './evaluate.ts'
import type { SplitResult } from './evaluate-split.ts'

const BASELINES = ['ease']

export function formatSplit(result: SplitResult): string {
  const { name, items, users, seed, bytesPerItem, measured, cf, easeRidge } = result
  const sizes = Object.entries(bytesPerItem).map(
    ([block, bytes]) => `${block} ${bytes.toFixed(1)}`,
  )
  const lines = Object.entries(measured).map(([part, { recall, ndcg, coverage }]) => {
    const share = `${(100 * coverage).toFixed(1)} %`.padStart(9)
    const label = BASELINES.includes(part) ? `(${part})` : part
    return [label.padEnd(11), formatEstimate(recall), formatEstimate(ndcg), share].join(
      '  ',
    )
  })
  const { userPower, ridgePower, ridge, targetPower, candidates } = cf.chosen
  return [
    `${name}: ${items} items, ${users} test users who are in training, seed ${seed}`,
    `bytes an item: ${sizes.join(', ')}`,
    '',
    'part         recall@20 (95 %)      ndcg@20 (95 %)        coverage',
    ...lines,
    '',
    `CF: ${cf.entriesPerItem.toFixed(1)} entries an item; ` +
      `user power ${userPower}, ridge ${ridge} (power ${ridgePower}), ` +
      `target power ${targetPower}, ${candidates} candidates`,
    ...(easeRidge === undefined ? [] : [`EASE: dense, λ = ${easeRidge}`]),
  ].join('\n')
}

/** `{"all": {"<part>": {"recall@20": n, "ndcg@20": n}}}` */
export function splitJson({ measured }: SplitResult): string {
  const all = Object.fromEntries(
    Object.entries(measured).map(([part, { recall, ndcg }]) => [
      part,
      { 'recall@20': recall.mean, 'ndcg@20': ndcg.mean },
    ]),
  )
  return `${JSON.stringify({ all }, null, 2)}\n`
}
