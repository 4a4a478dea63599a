/** A made-up evaluation in the shape of a real one: measured on nothing. */
import type {
  CalibrationJson,
  CountKey,
  EvaluationJson,
  FiguresJson,
  RatingsJson,
  RowKind,
  RowsJson,
} from '../../evaluate/json.ts'

const COUNTS: readonly (readonly [k: CountKey, events: number])[] = [
  ['0', 0],
  ['1', 1],
  ['2', 2],
  ['3', 3],
  ['5', 5],
  ['10', 10],
  ['20', 20],
  ['50', 50],
  ['all', 80],
]

/** Kind, recall without events, and what the logarithm of events adds. */
const ROWS: Readonly<Record<string, readonly [RowKind, base: number, slope: number]>> =
  {
    popularity: ['component', 0.1, 0],
    cf: ['component', 0.05, 0.04],
    fusion: ['fusion', 0.1, 0.035],
    'item-knn': ['baseline', 0.02, 0.035],
    ease: ['baseline', 0, 0.045],
    'ease+prior': ['baseline', 0.1, 0.025],
    ials: ['baseline', 0, 0.045],
    'ials+prior': ['baseline', 0.1, 0.03],
    'fusion-without-cf': ['ablation', 0.1, 0.01],
    'fusion-without-content': ['ablation', 0.1, 0.036],
    'half-blend': ['ablation', 0.04, 0.03],
  }
const HALF_WIDTH = 0.006

const ratings: RatingsJson = {
  events: 900,
  rmse: 0.861,
  biasRmse: 0.874,
  difference: { mean: -0.013, low: -0.019, high: -0.007 },
  byRating: [1, 2, 3, 4, 5].map((rating) => ({
    rating,
    count: rating * 60,
    mean: 2.6 + rating * 0.32,
    low: 1.9 + rating * 0.32,
    high: Math.min(5, 3.3 + rating * 0.32),
  })),
}

export function sampleEvaluation(): EvaluationJson {
  const byCount = <V>(of: (events: number) => V) =>
    Object.fromEntries(COUNTS.map(([k, events]) => [k, of(events)])) as Record<
      CountKey,
      V
    >
  return {
    ...byCount(rowsAt),
    meta: {
      version: 1,
      name: 'Sample Books',
      protocol: 'Made-up readers, measured on nothing.',
      split: 'users',
      items: 10_000,
      visitors: 2000,
      seed: 7,
      recall: 'of-list',
      ild: 'attributes',
      rows: Object.fromEntries(
        Object.entries(ROWS).map(([row, [kind]]) => [row, kind]),
      ),
      bytesPerItem: {
        cf: 106.4,
        tower: 75.2,
        content: 69,
        attributes: 19.3,
        popularity: 2,
      },
      settings: { cf: { lambda: 64.00001, kind: 'item-item' } },
      differences: byCount(differencesAt),
      calibration: byCount(calibrationAt),
      ratings,
      notes: ['A note of the builder.'],
    },
  }
}

function recallOf(row: string, events: number): number {
  const [, base, slope] = ROWS[row]!
  return base + slope * Math.log1p(events)
}

function rowsAt(events: number): RowsJson {
  return Object.fromEntries(
    Object.keys(ROWS).map((row): [string, FiguresJson] => {
      const recall = recallOf(row, events)
      return [
        row,
        {
          ...around('recall@20', recall),
          ...around('ndcg@20', recall * 0.9),
          'precision@20': recall / 2,
          'coverage@20': 0.4,
        },
      ]
    }),
  )
}

function differencesAt(events: number): RowsJson {
  const others = Object.keys(ROWS).filter((row) => row !== 'fusion')
  return Object.fromEntries(
    others.map((row): [string, FiguresJson] => {
      const gain = recallOf('fusion', events) - recallOf(row, events)
      return [row, { ...around('recall@20', gain), ...around('ndcg@20', gain * 0.9) }]
    }),
  )
}

function calibrationAt(events: number): CalibrationJson {
  const bins = [0.6, 0.7, 0.8, 0.9, 1].map((to, i) => ({
    to,
    count: 400 * (i + 1),
    predicted: to - 0.05,
    observed: 0.02 + 0.03 * i + events / 2000,
  }))
  return { visitors: 300, ece: 0.71, bce: 1.9, baseBce: 0.5, bins }
}

const around = (metric: 'recall@20' | 'ndcg@20', mean: number): FiguresJson => ({
  [metric]: mean,
  [`${metric}:low`]: mean - HALF_WIDTH,
  [`${metric}:high`]: mean + HALF_WIDTH,
})
