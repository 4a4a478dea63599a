/** Standard output that waits for its reader and ends quietly when that closes. */
import { unwritable } from '../build/replace-folder.ts'

interface OutputStream {
  write(text: string, done: (error?: NodeJS.ErrnoException | null) => void): unknown
  on(event: 'error', listener: (error: NodeJS.ErrnoException) => void): unknown
}

/**
 * Prints to a stream. When its reader closes (`encode | head`), the process ends
 * with exit code 0. Any other fault (a full disk) fails the print that meets it.
 *
 * @param end ends the process
 */
export function createOutput(
  stream: OutputStream,
  end: (exitCode: number) => void = process.exit,
) {
  stream.on('error', (error) => {
    if (error.code === 'EPIPE') end(0)
  })
  return {
    print: (text: string): Promise<void> =>
      new Promise((resolve, reject) => {
        stream.write(text, (error) => {
          if (!error) resolve()
          else if (error.code !== 'EPIPE') reject(unwritable('standard output', error))
        })
      }),
  }
}
