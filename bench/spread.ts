/** How the benches print times: the median, and how far from it they lie. */

/** The value below which `share` (0–1) of the times lie, between two neighbours if need be. */
export function quantile(times: readonly number[], share: number): number {
  const sorted = [...times].sort((a, b) => a - b)
  const place = share * (sorted.length - 1)
  const below = sorted[Math.floor(place)]!
  return below + (place % 1) * (sorted[Math.ceil(place)]! - below)
}

/** "what: p50 7.1 (p10 6.9, p90 8.0, n 300)" */
export function spreadLine(what: string, times: readonly number[]): string {
  const [p10, p50, p90] = [0.1, 0.5, 0.9].map((share) => figure(quantile(times, share)))
  return `${what.padEnd(48)} p50 ${p50} (p10 ${p10}, p90 ${p90}, n ${times.length})`
}

/** "1.52×": the ratio of the medians. */
export function ratio(above: readonly number[], below: readonly number[]): string {
  return `${(quantile(above, 0.5) / quantile(below, 0.5)).toFixed(2)}×`
}

const figure = (ms: number) => (ms < 100 ? ms.toFixed(1) : ms.toFixed(0))
