/** Who solves the columns: worker threads beside the built CLI, or this very thread. */
import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { HearthError, messageOf } from '../../../errors.ts'
import { columnSolver, type RidgeProblem } from './ridge-columns.ts'

/**
 * Where the build puts the thread's file, seen from this module's chunk: beside it or one
 * folder up. Absent when the sources run directly (tests, tsx).
 */
const THREAD_FILES = ['./solver-thread.js', '../solver-thread.js']

export interface ColumnThreads {
  /** Worker threads in use; 0 = this thread does the work. */
  readonly count: number
  /** Fills `problem.columns`; one problem at a time. */
  solve(problem: RidgeProblem, onProgress?: (done: number) => void): Promise<void>
  close(): Promise<void>
}

/** The message to a thread; every array is shared, not copied. */
export interface ThreadJob {
  readonly problem: RidgeProblem
  readonly next: Int32Array
}

/** More threads wait for memory rather than work. */
const MAX_THREADS = 8

/**
 * @param wanted worker threads, 0 = in this thread; default one a processor, at most
 *   MAX_THREADS. Where the thread file is not built, the work is done in this thread
 *   whatever was wanted: see `count`. The answers are the same either way.
 */
export function openColumnThreads(
  wanted = Math.min(MAX_THREADS, availableParallelism()),
): ColumnThreads {
  const file = THREAD_FILES.map((name) =>
    fileURLToPath(new URL(name, import.meta.url)),
  ).find(existsSync)
  return wanted > 0 && file !== undefined ? workerThreads(file, wanted) : thisThread()
}

function thisThread(): ColumnThreads {
  return {
    count: 0,
    async solve(problem, onProgress) {
      const next = new Int32Array(1)
      const step = columnSolver(problem, next)
      while (step()) onProgress?.(shareDone(problem, next))
    },
    async close() {},
  }
}

function workerThreads(file: string, count: number): ColumnThreads {
  const workers = Array.from({ length: count }, () => new Worker(file))
  return {
    count,
    async solve(problem, onProgress) {
      const next = new Int32Array(new SharedArrayBuffer(4))
      const job: ThreadJob = { problem, next }
      const report = () => onProgress?.(shareDone(problem, next))
      const timer = setInterval(report, 200)
      try {
        await Promise.all(workers.map((worker) => runOn(worker, job)))
      } finally {
        clearInterval(timer)
      }
      report()
    },
    async close() {
      await Promise.all(workers.map((worker) => worker.terminate()))
    },
  }
}

function runOn(worker: Worker, job: ThreadJob): Promise<void> {
  return new Promise((resolve, reject) => {
    const onMessage = () => {
      worker.off('error', onError)
      resolve()
    }
    const onError = (cause: unknown) => {
      worker.off('message', onMessage)
      const message = `a training thread failed: ${messageOf(cause)}. Try fewer threads.`
      reject(new HearthError('internal', message, { cause }))
    }
    worker.once('message', onMessage)
    worker.once('error', onError)
    worker.postMessage(job)
  })
}

function shareDone({ columns }: RidgeProblem, next: Int32Array) {
  return Math.min(1, Atomics.load(next, 0) / Math.max(1, columns.lengths.length))
}
