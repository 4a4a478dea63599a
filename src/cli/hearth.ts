/** The entry of the command line: real streams, clocks and models. */
import { cacheFolder } from '../build/cache/cache-folder.ts'
import { runHearth } from './command-line.ts'
import type { CliDeps } from './deps.ts'
import { createOutput } from './output.ts'

const output = createOutput(process.stdout)

let isStopped = false

// What is large is loaded when a command needs it: `--help` waits for nothing.
const deps: CliDeps = {
  stdin: process.stdin,
  print: output.print,
  stderr: process.stderr,
  now: Date.now,
  clock: () => performance.now(),
  untilStopped: () =>
    new Promise((resolve) => {
      for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
        process.once(name, () => {
          isStopped = true
          resolve()
        })
      }
    }),
  cacheFolder: () => cacheFolder(process.cwd()),
  peakMemoryBytes: () => process.resourceUsage().maxRSS * 1024,
  trainPack: async (dataset, options) => {
    const { trainPack } = await import('../build/train-pack.ts')
    return trainPack(dataset, options)
  },
  createEncoder: async (choice) => {
    const { openChosenEncoder } = await import('../text/encoder/node-encoder.ts')
    const { defaultCacheFolder } = await import('../text/encoder/node-hub.ts')
    return openChosenEncoder(choice, { fetch, cacheFolder: defaultCacheFolder() })
  },
  evaluate: async (task, options) => {
    const { evaluateTask } = await import('../evaluate/evaluate-task.ts')
    return evaluateTask(task, options)
  },
}

process.exitCode = await runHearth(process.argv.slice(2), deps, {
  debug: process.env.DEBUG === 'hearth',
})
// a build that still runs is not waited for
if (isStopped) process.exit()
