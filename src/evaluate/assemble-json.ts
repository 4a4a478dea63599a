/** Measurements → the JSON that is written to a file and printed as tables. */
import type { Manifest } from '../pack/pack.ts'
import type {
  CountKey,
  EvaluationJson,
  EvaluationMeta,
  RowKind,
  SettingsJson,
} from './json.ts'
import type { MeasuredRows } from './measure-visitors.ts'
import { isEvaluatedComponent } from './pack-scores.ts'
import type { EventCount } from './visitor.ts'

interface MeasuredCount extends MeasuredRows {
  readonly k: EventCount
}

export interface MetaHead
  extends Omit<EvaluationMeta, 'version' | 'rows' | 'differences' | 'calibration'> {
  /** Of counts beside those of the rows. Default none. */
  readonly calibration?: EvaluationMeta['calibration']
}

export function assembleJson(
  counts: readonly MeasuredCount[],
  { calibration, ...head }: MetaHead,
  baselines: readonly string[],
): EvaluationJson {
  const names = Object.keys(counts[0]?.rows ?? {})
  const rows = names.map((name): [string, RowKind] => [name, kindOf(name, baselines)])
  const byCount = <V>(of: (count: MeasuredCount) => V | undefined) =>
    Object.fromEntries(
      counts.flatMap((count) => {
        const value = of(count)
        return value === undefined ? [] : [[`${count.k}`, value]]
      }),
    ) as Record<CountKey, V>
  return {
    ...byCount((count) => count.rows),
    meta: {
      version: 1,
      ...head,
      rows: Object.fromEntries(rows),
      differences: byCount(({ differences }) => differences),
      calibration: { ...byCount((count) => count.calibration), ...calibration },
    },
  }
}

function kindOf(name: string, baselines: readonly string[]): RowKind {
  if (name === 'fusion') return 'fusion'
  if (baselines.includes(name)) return 'baseline'
  return isEvaluatedComponent(name) ? 'component' : 'ablation'
}

/** Bytes an item of each block as written. */
export function bytesOf({ blocks, items }: Manifest): Record<string, number> {
  const entries = Object.entries(blocks).map(([name, file]) => [
    name,
    (file?.sizeBytes ?? 0) / items,
  ])
  return Object.fromEntries(entries)
}

/** Numbers, strings and booleans of a report; nested values are left out. */
export function flatSettings(settings: object): SettingsJson {
  return Object.fromEntries(
    Object.entries(settings).filter(([, value]) =>
      ['number', 'string', 'boolean'].includes(typeof value),
    ),
  )
}
