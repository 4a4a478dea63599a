/**
 * A model of levels on Hearth's own kernel: some kilobytes of WebAssembly, where the
 * general runtime is 2.4 MB as sent and takes seconds to start.
 */
import { Tokenizer } from '@huggingface/tokenizers'
import { createBertKernel } from './bert-kernel.ts'
import type { TextModel, TokenBatch } from './create-encoder.ts'
import { readLevelModel } from './level-model.ts'
import type { ModelFiles } from './model-files.ts'

/**
 * @param loadKernel compiles `bert.wasm`
 * @throws HearthError `no-device` if the model is of another form, or the kernel does not
 *   start; whatever `loadKernel` throws
 */
export async function openKernelModel(
  files: ModelFiles,
  loadKernel: () => Promise<WebAssembly.Module>,
): Promise<TextModel> {
  const model = readLevelModel(files)
  const { dim } = model // the rest is let go: the kernel has its own copy
  const kernel = await createBertKernel(await loadKernel(), model)
  const tokenizer = new Tokenizer(
    jsonOf(files, 'tokenizer.json'),
    jsonOf(files, 'tokenizer_config.json'),
  )
  return {
    tokenize: (text) => tokenizer.encode(text).ids,
    run: async (batch) => {
      const states = new Float32Array(batch.texts * batch.tokens * dim)
      for (let row = 0; row < batch.texts; row++) {
        const at = row * batch.tokens * dim
        states.set(kernel.states(realIds(batch, row)), at)
      }
      return states
    },
    dispose: async () => {}, // the memory goes with the worker
  }
}

/** The tokens of one text: padding follows them, and nothing needs its states. */
function realIds({ ids, mask, tokens }: TokenBatch, row: number): number[] {
  const real: number[] = []
  for (let at = row * tokens; at < (row + 1) * tokens; at++) {
    if (mask[at] === 1n) real.push(Number(ids[at]))
  }
  return real
}

function jsonOf(files: ModelFiles, name: string): object {
  return JSON.parse(new TextDecoder().decode(files.get(name))) as object
}
