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
import { checkWords, PROGRAM, withCurrentNames } from './flags.ts'
import { createInspectCommand, INSPECT_ARGS } from './inspect-command.ts'
import { createServeCommand, SERVE_ARGS } from './serve-command.ts'

/**
 * Runs one command line. Whatever goes wrong is one line on stderr, with its stack only if
 * `debug`.
 *
 * @param words what follows the program's name
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
      `unknown command: got ${name}, expected ${known}. See ${PROGRAM} --help.`,
    )
  }
  if (rest.some(isHelp)) return deps.print(await entry.usage())
  const options = withCurrentNames(rest, entry.args)
  checkWords(name, options, entry.args)
  await entry.run(options)
}

type CommandName = 'build' | 'copy' | 'encode' | 'evaluate' | 'inspect' | 'serve'

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
    inspect: entryOf(createInspectCommand(deps), INSPECT_ARGS),
    serve: entryOf(createServeCommand(deps), SERVE_ARGS),
  }
}

function entryOf<T extends ArgsDef>(command: CommandDef<T>, args: T): CommandEntry {
  const parent: CommandDef<T> = { meta: { name: PROGRAM } }
  return {
    args,
    usage: async () => {
      const usage = await renderUsage(command, parent)
      // the table pads every line to the longest: in a narrow terminal, empty lines
      return `${stripVTControlCharacters(usage).replace(/ +$/gm, '')}\n`
    },
    run: (rawArgs) => runCommand(command, { rawArgs }),
  }
}

function mainUsage(): string {
  return [
    `hearth ${packageVersion()}: recommendations that live in the visitor's browser`,
    '',
    `  ${PROGRAM} build <items> --out DIR    turn a catalogue into a pack of static files`,
    `  ${PROGRAM} inspect <items>            show what a build would read from a file`,
    `  ${PROGRAM} serve <items>              show it in a page on this machine, as a visitor would see it`,
    `  ${PROGRAM} copy <folder>              copy what a hand-written page needs`,
    `  ${PROGRAM} evaluate <folder>          print recall and NDCG on held-out users`,
    `  ${PROGRAM} encode                     texts on standard input, a vector a line out`,
    '',
    `${PROGRAM} COMMAND --help shows its options; ${PROGRAM} --version prints the version.`,
    '',
  ].join('\n')
}

function isHelp(word: string): boolean {
  return word === '--help' || word === '-h'
}

/** A fault of Hearth's own is marked as unexpected; the others are shown as they are. */
function explain(error: unknown): string {
  if (error instanceof HearthError) return error.message
  return `unexpected: ${messageOf(error)} (DEBUG=hearth shows where.)`
}

function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ')
}
