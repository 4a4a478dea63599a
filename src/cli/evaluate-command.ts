/** `hearth evaluate`: how well each part and the fusion predict held-out visitors. */
import { existsSync } from 'node:fs'
import { type ArgsDef, defineCommand, type ParsedArgs } from 'citty'
import { given } from '../build/given.ts'
import { defaultModelFolder } from '../build/package-root.ts'
import { createProgress } from '../build/progress.ts'
import { checkFilePlace, replaceFile } from '../build/replace-folder.ts'
import { HearthError } from '../errors.ts'
import type { Evaluation } from '../evaluate/layouts/layouts.ts'
import { LAYOUTS } from '../evaluate/layouts/layouts.ts'
import { ENCODER_ARG } from './build-command.ts'
import type { CliDeps } from './deps.ts'
import { wholeNumber } from './flags.ts'

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
  parts: {
    type: 'string',
    description: 'Parts and baselines to evaluate, comma between them',
    valueHint: 'a,b',
  },
  split: {
    type: 'string',
    description: 'Of tables: hold out users, the newest choice of each, or items',
    valueHint: 'users|time|cold',
  },
  folds: {
    type: 'string',
    description: 'Of tables: fifths of the users held out in turn, 1 to 5',
    valueHint: 'N',
  },
  ablate: { type: 'boolean', description: 'Also the fusion without each part' },
  encoder: ENCODER_ARG,
  text: {
    type: 'boolean',
    default: true,
    description: 'Read the texts of the items',
    negativeDescription: 'Evaluate without the text encoder',
  },
} as const satisfies ArgsDef

type EvaluateArgs = ParsedArgs<typeof EVALUATE_ARGS>

export function createEvaluateCommand(deps: CliDeps) {
  return defineCommand({
    meta: {
      name: 'evaluate',
      description: 'Print recall and NDCG of each part on held-out users',
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
      'missing <folder>. See hearth evaluate --help.',
    )
  }
  const options = optionsOf(args)
  const evaluate = await openFolder(args.folder)
  const progress = createProgress(deps.stderr, deps.clock)
  try {
    return await evaluate({
      deps,
      options: { ...options, onProgress: progress.onProgress },
      ...given('modelFolder', encoderFolder(args)),
    })
  } finally {
    progress.finish()
  }
}

/** The first layout that knows the folder. */
async function openFolder(folder: string) {
  for (const layout of LAYOUTS) {
    const evaluate = await layout.open(folder)
    if (evaluate) return evaluate
  }
  const known = LAYOUTS.map(({ files }) => files).join('; or ')
  throw new HearthError(
    'bad-input',
    `nothing to evaluate in ${folder}: got no files of a known layout, expected ${known}.`,
  )
}

function optionsOf(args: EvaluateArgs) {
  return {
    ...given('seed', wholeNumber('seed', args.seed, { min: 0, max: 2 ** 32 - 1 })),
    ...given('bytesPerItem', wholeNumber('bytes', args.bytes, { min: 8, max: 1024 })),
    ...given(
      'parts',
      args.parts?.split(',').map((part) => part.trim()),
    ),
    ...given('split', splitKind(args.split)),
    ...given('folds', wholeNumber('folds', args.folds, { min: 1, max: 5 })),
    ...(args.ablate ? { ablate: true } : {}),
  }
}

const SPLITS = ['users', 'time', 'cold'] as const

function splitKind(name: string | undefined): (typeof SPLITS)[number] | undefined {
  const split = SPLITS.find((known) => known === name)
  if (split === name) return split
  throw new HearthError(
    'bad-argument',
    `bad --split: got ${name}, expected users, time or cold.`,
  )
}

/** The named model, or Hearth's own where it is installed. */
function encoderFolder({ text, encoder }: EvaluateArgs): string | undefined {
  if (!text) return undefined
  if (encoder) return encoder
  return existsSync(defaultModelFolder()) ? defaultModelFolder() : undefined
}
