/**
 * The encoder's vectors of a text file's lines, for `feeling.py`.
 *
 *   npx tsx encoder-training/feeling-vectors.ts TEXTS OUT
 *
 * TEXTS holds a text a line; OUT becomes row-major float32, [lines, 384].
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { createNodeEncoder } from '../src/text/encoder/node-encoder.ts'

/** Lines encoded in one call: a progress step, no limit of the encoder. */
const BATCH = 2_000

const [texts, out] = process.argv.slice(2)
if (!texts || !out) throw new Error('expected the file of texts and the file to write.')
const lines = readFileSync(texts, 'utf8').trimEnd().split('\n')
const encoder = await createNodeEncoder({ modelFolder: 'public/models/hearth-encoder', threads: 1 })
const vectors = new Float32Array(lines.length * encoder.dim)
for (let start = 0; start < lines.length; start += BATCH) {
  vectors.set(await encoder.encode(lines.slice(start, start + BATCH)), start * encoder.dim)
}
await encoder.dispose()
writeFileSync(out, new Uint8Array(vectors.buffer))
