/** Entry of a column-solving worker thread: takes a job, reports when no column is left. */
import { parentPort } from 'node:worker_threads'
import type { ThreadJob } from './column-threads.ts'
import { columnSolver } from './ridge-columns.ts'

parentPort?.on('message', ({ problem, next }: ThreadJob) => {
  const step = columnSolver(problem, next)
  while (step());
  parentPort?.postMessage('done')
})
