/** `evaluate`: how well each component and the fusion predict held-out visitors. */
import { existsSync } from 'node:fs'
import { type ArgsDef, defineCommand, type ParsedArgs } from 'citty'
import { given } from '../build/given.ts'
import { defaultModelFolder } from '../build/package-root.ts'
import { createProgress } from '../build/progress.ts'
import { checkFilePlace, replaceFile } from '../build/replace-folder.ts'
import { formatCleaning } from '../build/report.ts'
import { HearthError } from '../errors.ts'
import type { Evaluation } from '../evaluate/evaluate-task.ts'
import type { ReadTaskOptions } from '../evaluate/layouts/layouts.ts'
import { ENCODER_ARG } from './build-command.ts'
import type { CliDeps } from './deps.ts'
import { PROGRAM, wholeNumber } from './flags.ts'

export const EVALUATE_ARGS = {
  folder: {
    type: 'positional',
    required: false,
    description: 'Folder with a table of items and one of interactions, or a split',
  },
  json: {
    type: 'string',
    description: 'Write the figures here too',
    valueHint: 'FILE',
  },
  seed: { type: 'string', description: 'Seed of the split', valueHint: 'N' },
  bytes: {
    type: 'string',
    description: 'Bytes an item for CF and sequence together',
    valueHint: 'N',
  },
  components: {
    type: 'string',
    description: 'Components and baselines to evaluate, comma between them',
    valueHint: 'a,b',
  },
  split: {
    type: 'string',
    description: 'Of tables: hold out users, the newest choice of each, or items',
    valueHint: 'users|time|cold-start',
  },
  folds: {
    type: 'string',
    description:
      'Of tables: validation folds (fifths of the users) held out in turn, 1 to 5',
    valueHint: 'N',
  },
  ablate: { type: 'boolean', description: 'Also the fusion without each component' },
  simulate: {
    type: 'string',
    description:
      'People with the ids each one likes (JSON): the folder is a pack, and each of them is shown lists of it',
    valueHint: 'FILE',
  },
  policies: {
    type: 'string',
    description: 'Of a simulation: what chooses the lists, comma between them',
    valueHint: 'a,b',
  },
  people: {
    type: 'string',
    description: 'Of a simulation: how many of the file, default 100',
    valueHint: 'N',
  },
  behaviour: {
    type: 'string',
    description:
      'Of a simulation: how visitors behave, e.g. noise=0.02,driftAt=15,patience=5',
    valueHint: 'a=b,…',
  },
  encoder: ENCODER_ARG,
  text: {
    type: 'boolean',
    default: true,
    description: 'Encode the texts of the items',
    negativeDescription: 'Evaluate without the text encoder',
  },
} as const satisfies ArgsDef

type EvaluateArgs = ParsedArgs<typeof EVALUATE_ARGS>

export function createEvaluateCommand(deps: CliDeps) {
  return defineCommand({
    meta: {
      name: 'evaluate',
      description: 'Print recall and NDCG of each component on held-out users',
    },
    args: EVALUATE_ARGS,
    async run({ args }) {
      if (args.json) checkFilePlace(args.json)
      const { table, json } = await evaluateFolder(args, deps)
      await deps.print(table.endsWith('\n') ? table : `${table}\n`)
      if (args.json) await replaceFile(args.json, json)
    },
  })
}

async function evaluateFolder(args: EvaluateArgs, deps: CliDeps): Promise<Evaluation> {
  if (!args.folder) {
    throw new HearthError(
      'bad-argument',
      `missing <folder>. See ${PROGRAM} evaluate --help.`,
    )
  }
  if (args.simulate) return simulateFolder(args.folder, args.simulate, args)
  const options = optionsOf(args)
  const split = splitOf(args.split)
  const { openFolder } = await import('../evaluate/layouts/layouts.ts')
  const readTask = await openFolder(args.folder)
  const { onProgress, finish } = createProgress(deps.stderr, deps.clock)
  try {
    const task = await readTask({
      seed: options.seed ?? 1,
      ...given('split', split),
      now: deps.now(),
      onProgress,
      onCleaned: (report) => {
        for (const line of formatCleaning(report)) deps.stderr.write(`${line}\n`)
      },
    })
    const model = task.hasTexts ? encoderFolder(args) : undefined
    const encoder = model === undefined ? undefined : await deps.createEncoder(model)
    try {
      return await deps.evaluate(task, {
        ...options,
        ...given('encoder', encoder),
        onProgress,
      })
    } finally {
      await encoder?.dispose()
    }
  } finally {
    finish()
  }
}

/** Policies side by side over the people of a file. */
async function simulateFolder(
  pack: string,
  visitors: string,
  args: EvaluateArgs,
): Promise<Evaluation> {
  const { parseBehaviour, simulatePack } = await import(
    '../evaluate/simulate/simulate-pack.ts'
  )
  const policies = args.policies?.split(',').map((name) => name.trim())
  return simulatePack(pack, {
    visitors,
    ...given('policies', policies),
    ...given('count', wholeNumber('people', args.people, { min: 2, max: 1e6 })),
    ...given('seed', wholeNumber('seed', args.seed, { min: 0, max: 2 ** 32 - 1 })),
    ...(args.behaviour ? { behaviour: parseBehaviour(args.behaviour) } : {}),
  })
}

function optionsOf(args: EvaluateArgs) {
  const components = args.components?.split(',').map((name) => name.trim())
  return {
    ...given('seed', wholeNumber('seed', args.seed, { min: 0, max: 2 ** 32 - 1 })),
    ...given('bytesPerItem', wholeNumber('bytes', args.bytes, { min: 8, max: 1024 })),
    ...given('components', components),
    ...given('folds', wholeNumber('folds', args.folds, { min: 1, max: 5 })),
    ...(args.ablate ? { ablate: true } : {}),
  }
}

/** By the name an owner gives; `cold` is the earlier name of `cold-start`. */
const SPLITS: Readonly<Record<string, ReadTaskOptions['split']>> = {
  users: 'users',
  time: 'time',
  'cold-start': 'cold-start',
  cold: 'cold-start',
}

function splitOf(name: string | undefined): ReadTaskOptions['split'] {
  if (name === undefined || Object.hasOwn(SPLITS, name)) return SPLITS[name ?? '']
  throw new HearthError(
    'bad-argument',
    `bad --split: got ${name}, expected users, time or cold-start.`,
  )
}

/** The named model, or Hearth's own where it is installed. */
function encoderFolder({ text, encoder }: EvaluateArgs): string | undefined {
  if (!text) return undefined
  if (encoder) return encoder
  return existsSync(defaultModelFolder()) ? defaultModelFolder() : undefined
}
