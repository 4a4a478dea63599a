/** Thread entry: one kernel of the encoder, given some texts' token ids at a time. */
import { parentPort, workerData } from 'node:worker_threads'
import { createBertKernel } from './bert-kernel.ts'
import { readLevelModel } from './level-model.ts'
import type { KernelThreadData } from './node-kernel.ts'

const { loaded, module } = workerData as KernelThreadData
const kernel = await createBertKernel(module, readLevelModel(loaded))

parentPort?.on('message', (texts: readonly (readonly number[])[]) => {
  const states = texts.map(kernel.states)
  const buffers = states.map(({ buffer }) => buffer as ArrayBuffer)
  parentPort?.postMessage(states, buffers)
})
