/** The entry of the command line: real streams, clocks and rooms. */
import type { EvaluationJson } from '../evaluate/json.ts'
import { runHearth } from './command-line.ts'
import type { CliDeps } from './deps.ts'
import { createOutput } from './output.ts'

const output = createOutput(process.stdout)

// The rooms are loaded when a command needs them: `--help` waits for none.
const deps: CliDeps = {
  stdin: process.stdin,
  print: output.print,
  stderr: process.stderr,
  now: Date.now,
  clock: () => performance.now(),
  peakMemoryBytes: () => process.resourceUsage().maxRSS * 1024,
  trainPack: async (dataset, options) => {
    const { trainPack } = await import('../build/train-pack.ts')
    return trainPack(dataset, options)
  },
  writePack: async (source, sink) => {
    const { writePack } = await import('../pack/write-pack.ts')
    return writePack(source, sink)
  },
  createEncoder: async (choice) => {
    const { openChosenEncoder } = await import('../text/encoder/node-encoder.ts')
    const { defaultCacheFolder } = await import('../text/encoder/node-hub.ts')
    return openChosenEncoder(choice, { fetch, cacheFolder: defaultCacheFolder() })
  },
  evaluate: async (dataset, { split, ...options }) => {
    const by = split === 'time' ? 'time' : 'users'
    const { evaluateDataset } = await import('../evaluate/evaluate.ts')
    return shown(await evaluateDataset(dataset, { ...options, split: by }))
  },
  evaluateSplit: async (split, options) => {
    const { evaluateSplit } = await import('../evaluate/evaluate-split.ts')
    return shown(await evaluateSplit(split, options))
  },
  evaluateCold: async (split, { split: _, ...options }) => {
    const { evaluateCold } = await import('../evaluate/evaluate-cold.ts')
    return shown(await evaluateCold(split, options))
  },
}

async function shown(figures: EvaluationJson) {
  const { formatEvaluation } = await import('../evaluate/report.ts')
  const { evaluationText } = await import('../evaluate/assemble-json.ts')
  return { table: formatEvaluation(figures), json: evaluationText(figures) }
}

process.exitCode = await runHearth(process.argv.slice(2), deps, {
  debug: process.env.DEBUG === 'hearth',
})
