/** Standard input as a file: what is read twice, or from its end, must be one. */
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { HearthError } from '../../errors.ts'

/** The word that stands for it. */
export const STANDARD_INPUT = '-'

const SHOWN_NAME = 'standard input'

export interface Spooled {
  /** A path as it is, or the file that holds standard input. */
  readonly pathOf: (path: string) => string
  /** A text with the file's path as what it stands for. */
  readonly shown: (text: string) => string
}

/**
 * Writes standard input to a file of its own where a path is `-`, and removes it whatever
 * happens.
 *
 * @param paths those that are read
 * @throws HearthError `bad-argument` where `-` is there twice, `bad-input` where it is empty;
 *   errors of `use` that name the file name standard input
 */
export async function withStandardInput<T>(
  paths: readonly string[],
  stdin: AsyncIterable<Uint8Array>,
  use: (spooled: Spooled) => Promise<T>,
): Promise<T> {
  const count = paths.filter((path) => path === STANDARD_INPUT).length
  if (count === 0) return use({ pathOf: (path) => path, shown: (text) => text })
  if (count > 1) {
    throw new HearthError(
      'bad-argument',
      'standard input (-) can be read once: got it twice.',
    )
  }
  const folder = mkdtempSync(join(tmpdir(), 'hearth-input-'))
  const remove = () => rmSync(folder, { recursive: true, force: true })
  // also where the process is ended while it is read
  process.once('exit', remove)
  // the catalogue's name, where none is given
  const path = join(folder, 'catalogue')
  const shown = (text: string) => text.replaceAll(path, SHOWN_NAME)
  try {
    await pipeline(stdin, createWriteStream(path))
    return await use({ shown, pathOf: (one) => (one === STANDARD_INPUT ? path : one) })
  } catch (error) {
    if (!(error instanceof HearthError)) throw error
    throw new HearthError(error.code, shown(error.message), { cause: error })
  } finally {
    process.off('exit', remove)
    remove()
  }
}
