/** Progress of a long command on stderr, and how long each stage took. */
import { Presets, SingleBar } from 'cli-progress'
import type { OnProgress } from './dataset/dataset.ts'

export interface StageTime {
  readonly stage: string
  readonly seconds: number
}

export interface Progress {
  readonly onProgress: OnProgress
  /** Ends the running stage and gives the time of each, in order. */
  finish(): readonly StageTime[]
}

export interface ProgressStream {
  readonly isTTY?: boolean
  write(text: string): unknown
}

/**
 * A bar that moves where there is a terminal, else one line when a stage begins.
 *
 * @param clock ms, never going back
 */
export function createProgress(stream: ProgressStream, clock: () => number): Progress {
  const show = stream.isTTY ? createBar(stream) : createLines(stream)
  const times = new Map<string, number>()
  let running: { stage: string; since: number } | undefined
  const endStage = () => {
    if (!running) return
    const seconds = (clock() - running.since) / 1000
    times.set(running.stage, (times.get(running.stage) ?? 0) + seconds)
  }
  return {
    onProgress(stage, done) {
      if (running?.stage !== stage) {
        endStage()
        running = { stage, since: clock() }
        show.begin(stage)
      }
      show.move(Math.min(1, Math.max(0, done)))
    },
    finish() {
      endStage()
      running = undefined
      show.end()
      return [...times].map(([stage, seconds]) => ({ stage, seconds }))
    },
  }
}

interface Show {
  begin(stage: string): void
  move(done: number): void
  end(): void
}

function createLines(stream: ProgressStream): Show {
  return {
    begin: (stage) => void stream.write(`${stage} …\n`),
    move: () => {},
    end: () => {},
  }
}

function createBar(stream: ProgressStream): Show {
  const bar = new SingleBar(
    {
      format: '{stage} {bar} {percentage} %  {duration_formatted}',
      stream: stream as NodeJS.WritableStream,
      hideCursor: false, // an interrupted command must not leave it hidden
      clearOnComplete: true,
      // The command handles SIGINT itself.
      gracefulExit: false,
    },
    Presets.shades_classic,
  )
  let started = false
  return {
    begin(stage) {
      if (started) bar.stop()
      bar.start(100, 0, { stage: stage.padEnd(STAGE_WIDTH) })
      started = true
    },
    move: (done) => bar.update(Math.round(done * 100)),
    end() {
      if (started) bar.stop()
      started = false
    },
  }
}

const STAGE_WIDTH = 24
