/** A kind of folder that `hearth evaluate` knows: how it is told, read and evaluated. */

import type { CliDeps, EvaluateOptions, Evaluation } from './deps.ts'
import { given } from './given.ts'

/** What the command line asked for, and what a layout may reach. */
export interface LayoutContext {
  readonly deps: CliDeps
  /** Seed, bytes and parts where they were given; what takes time tells `onProgress`. */
  readonly options: Omit<EvaluateOptions, 'encoder'> &
    Required<Pick<EvaluateOptions, 'onProgress'>>
  /** Folder of the text encoder; absent: evaluate without text. */
  readonly modelFolder?: string
}

export interface Layout {
  /** The files it goes by, as an error may name them: `train.txt.gz and test.txt.gz`. */
  readonly files: string
  /**
   * Looks at the names of the folder's files only; reading and evaluating waits for the
   * call of what is returned.
   *
   * @returns undefined if the folder is of another layout, or cannot be listed
   * @throws HearthError `bad-input` if it is clearly of this layout but not whole
   */
  readonly open: (
    folder: string,
  ) => Promise<((context: LayoutContext) => Promise<Evaluation>) | undefined>
}

/** Evaluates with the encoder that was asked for, and disposes of it. */
export async function withEncoder(
  { deps, options, modelFolder }: LayoutContext,
  evaluate: (options: EvaluateOptions) => Promise<Evaluation>,
): Promise<Evaluation> {
  const encoder =
    modelFolder === undefined ? undefined : await deps.createEncoder(modelFolder)
  try {
    return await evaluate({ ...options, ...given('encoder', encoder) })
  } finally {
    await encoder?.dispose()
  }
}
