/**
 * Hearth's own kernel in Node: this thread and, beside the built command line, worker
 * threads that share each batch. A text's states do not depend on who computes them, so
 * the vectors are the same for any number of threads.
 */
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { HearthError, messageOf } from '../../errors.ts'
import {
  createBertKernel,
  createKernelModel,
  kernelStates,
  type StatesOf,
} from './bert-kernel.ts'
import type { TextModel } from './encoder.ts'
import { readLevelModel } from './level-model.ts'
import type { LoadedModel } from './model-files.ts'

/** Beside this module, in the sources and in the build alike. */
const KERNEL = new URL('./bert.wasm', import.meta.url)
/** Where the build puts the thread's file; absent when the sources run (tests, tsx). */
const THREAD = new URL('./kernel-thread.js', import.meta.url)

/** What a thread starts with. */
export interface KernelThreadData {
  readonly loaded: LoadedModel
  readonly module: WebAssembly.Module
}

/**
 * @param threads in all, this one included, 1 or more; another starts with the first
 *   batch that has a text for it
 * @throws HearthError `no-device` if the kernel does not start or cannot run this model
 */
export async function openNodeKernel(
  loaded: LoadedModel,
  threads: number,
): Promise<TextModel> {
  const module = await WebAssembly.compile(await readFile(KERNEL))
  const here = kernelStates(await createBertKernel(module, readLevelModel(loaded)))
  const file = fileURLToPath(THREAD)
  if (threads < 2 || !existsSync(file)) return createKernelModel(loaded, here)
  const workers: Worker[] = []
  const all: StatesOf[] = [here]
  const shared: StatesOf = (texts) => {
    if (texts.length < 2) return here(texts)
    while (all.length < Math.min(threads, texts.length)) {
      const workerData: KernelThreadData = { loaded, module }
      const worker = new Worker(file, { workerData })
      worker.unref() // nobody waits for a thread that has nothing to do
      workers.push(worker)
      all.push(statesBy(worker))
    }
    return shareTexts(all)(texts)
  }
  return {
    ...createKernelModel(loaded, shared),
    dispose: async () => {
      await Promise.all(workers.map((worker) => worker.terminate()))
    },
  }
}

/**
 * Texts dealt out in turn, as those of a batch are of like length.
 *
 * @param all who compute, 1 or more; the first is asked last, as it may be this thread
 * @returns the states in the order of the texts
 */
export function shareTexts(all: readonly StatesOf[]): StatesOf {
  return async (texts) => {
    const answers = new Array<Promise<readonly Float32Array[]>>(all.length)
    for (let n = all.length - 1; n >= 0; n--) {
      const mine = texts.filter((_, row) => row % all.length === n)
      answers[n] = mine.length > 0 ? all[n]!(mine) : Promise.resolve([])
    }
    const states = await Promise.all(answers)
    return texts.map(
      (_, row) => states[row % all.length]![Math.floor(row / all.length)]!,
    )
  }
}

/** One batch at a time, as the encoder asks. */
function statesBy(worker: Worker): StatesOf {
  return (texts) =>
    new Promise((resolve, reject) => {
      const onMessage = (states: readonly Float32Array[]) => {
        worker.off('error', onError)
        worker.unref()
        resolve(states)
      }
      const onError = (cause: unknown) => {
        worker.off('message', onMessage)
        const message = `a thread of the encoder failed: ${messageOf(cause)}. Run this again.`
        reject(new HearthError('no-encoder', message, { cause }))
      }
      worker.once('message', onMessage)
      worker.once('error', onError)
      worker.ref()
      worker.postMessage(texts)
    })
}
