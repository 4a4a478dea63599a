/** Standard output that waits for its reader and minds it going away. */

export interface OutputStream {
  write(text: string): boolean
  once(event: 'drain', listener: () => void): unknown
  on(event: 'error', listener: (error: NodeJS.ErrnoException) => void): unknown
}

/**
 * Prints to a stream. When its reader closes (`hearth encode | head`), the process ends
 * with exit code 0.
 *
 * @param end ends the process
 */
export function createOutput(
  stream: OutputStream,
  end: (exitCode: number) => void = process.exit,
) {
  stream.on('error', (error) => {
    if (error.code !== 'EPIPE') throw error
    end(0)
  })
  return {
    print: (text: string): Promise<void> =>
      new Promise((resolve) => {
        if (stream.write(text)) resolve()
        else stream.once('drain', resolve)
      }),
  }
}
