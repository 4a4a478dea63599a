/** Words → a command → an exit code. */
import { stripVTControlCharacters } from 'node:util'
import { type ArgsDef, type CommandDef, renderUsage, runCommand } from 'citty'
import { packageVersion } from '../build/package-root.ts'
import { HearthError, messageOf } from '../errors.ts'
import { BUILD_ARGS, createBuildCommand } from './build-command.ts'
import { COPY_ARGS, createCopyCommand } from './copy-command.ts'
import type { CliDeps } from './deps.ts'
import { createEncodeCommand, ENCODE_ARGS } from './encode-command.ts'
import { createEvaluateCommand, EVALUATE_ARGS } from './evaluate-command.ts'
import { checkWords } from './flags.ts'

/**
 * Runs one command line. Whatever goes wrong is one line on stderr, with its stack only if
 * `debug`.
 *
 * @param words what follows `hearth`
 * @returns the exit code, 0 or 1
 */
export async function runHearth(
  words: readonly string[],
  deps: CliDeps,
  { debug = false }: { readonly debug?: boolean } = {},
): Promise<number> {
  try {
    await dispatch(words, deps)
    return 0
  } catch (error) {
    const stack = debug && error instanceof Error ? `${error.stack}\n` : ''
    deps.stderr.write(`hearth: ${oneLine(explain(error))}\n${stack}`)
    return 1
  }
}

async function dispatch(words: readonly string[], deps: CliDeps) {
  const [name, ...rest] = words
  if (name === '--version' || name === '-v') return deps.print(`${packageVersion()}\n`)
  if (name === undefined || isHelp(name)) return deps.print(mainUsage())
  const commands = createCommands(deps)
  const entry = Object.hasOwn(commands, name)
    ? commands[name as CommandName]
    : undefined
  if (!entry) {
    const known = Object.keys(commands).join(', ')
    throw new HearthError(
      'bad-argument',
      `unknown command: got ${name}, expected ${known}. See hearth --help.`,
    )
  }
  if (rest.some(isHelp)) return deps.print(await entry.usage())
  checkWords(name, rest, entry.args)
  await entry.run([...rest])
}

type CommandName = 'build' | 'copy' | 'encode' | 'evaluate'

interface CommandEntry {
  readonly args: ArgsDef
  readonly usage: () => Promise<string>
  readonly run: (words: string[]) => Promise<unknown>
}

function createCommands(deps: CliDeps): Record<CommandName, CommandEntry> {
  return {
    build: entryOf(createBuildCommand(deps), BUILD_ARGS),
    copy: entryOf(createCopyCommand(deps), COPY_ARGS),
    encode: entryOf(createEncodeCommand(deps), ENCODE_ARGS),
    evaluate: entryOf(createEvaluateCommand(deps), EVALUATE_ARGS),
  }
}

function entryOf<T extends ArgsDef>(command: CommandDef<T>, args: T): CommandEntry {
  const parent: CommandDef<T> = { meta: { name: 'hearth' } }
  return {
    args,
    usage: async () => {
      const usage = await renderUsage(command, parent)
      return `${stripVTControlCharacters(usage)}\n`
    },
    run: (rawArgs) => runCommand(command, { rawArgs }),
  }
}

function mainUsage(): string {
  return [
    `hearth ${packageVersion()}: recommendations that live in the visitor's browser`,
    '',
    '  hearth build <items> --out DIR    turn a catalogue into a pack of static files',
    '  hearth copy <folder>              copy what a hand-written page needs',
    '  hearth evaluate <folder>          print recall and NDCG on held-out users',
    '  hearth encode                     texts on standard input, a vector a line out',
    '',
    'hearth COMMAND --help says more; hearth --version prints the version.',
    '',
  ].join('\n')
}

function isHelp(word: string): boolean {
  return word === '--help' || word === '-h'
}

/** A fault of Hearth's own says so; the others are told as they are. */
function explain(error: unknown): string {
  if (error instanceof HearthError) return error.message
  return `unexpected: ${messageOf(error)} (DEBUG=hearth shows where.)`
}

function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ')
}
