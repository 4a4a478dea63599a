/**
 * Writes `hearth.json` of a model folder: the last stage of making an encoder.
 */
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join, sep } from 'node:path'
import {
  fingerprintOf,
  hashBytes,
  type ModelFile,
  type ModelManifest,
  manifestName,
} from './model-manifest.ts'
import { openFolder } from './node-encoder.ts'

/** What a folder's files cannot tell. */
export type ModelCredits = Pick<
  ModelManifest,
  'name' | 'dim' | 'maxTokens' | 'licence' | 'teacher'
>

/** Vectors are unit length: an error of 5e-5 a number moves a cosine by about 1e-6. */
const GOLDEN_DECIMALS = 4

/**
 * Lists and hashes a folder's files, encodes `goldenTexts` with them in Node, and
 * writes the manifest beside them. The same files give the same bytes.
 *
 * @throws HearthError `no-device` if the model does not start
 */
export async function writeManifest(
  modelFolder: string,
  credits: ModelCredits,
  goldenTexts: readonly string[],
): Promise<ModelManifest> {
  const files = await listFiles(modelFolder)
  const fingerprint = fingerprintOf(files, credits.maxTokens)
  const bare: ModelManifest = { ...credits, fingerprint, files, golden: [] }
  const encoder = await openFolder(bare, { modelFolder })
  const vectors = await encoder.encode(goldenTexts)
  await encoder.dispose()
  const golden = goldenTexts.map((text, row) => {
    const vector = vectors.subarray(row * credits.dim, (row + 1) * credits.dim)
    return {
      text,
      vector: Array.from(vector, (x) => Number(x.toFixed(GOLDEN_DECIMALS))),
    }
  })
  const manifest = { ...bare, golden }
  await writeFile(join(modelFolder, manifestName), format(manifest))
  return manifest
}

async function listFiles(folder: string): Promise<readonly ModelFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const names = entries
    .filter((entry) => entry.isFile() && entry.name !== manifestName)
    .map((entry) => join(entry.parentPath, entry.name).slice(join(folder, '/').length))
    .map((path) => path.split(sep).join('/'))
    .sort()
  return Promise.all(
    names.map(async (name) => {
      const bytes = await readFile(join(folder, name))
      return { name, sizeBytes: bytes.length, sha256: hashBytes(bytes) }
    }),
  )
}

/** One vector a line, the rest indented. */
function format(manifest: ModelManifest): string {
  const { golden, ...rest } = manifest
  const head = JSON.stringify(rest, null, 2).slice(0, -2)
  const lines = golden.map((one) => `    ${JSON.stringify(one)}`).join(',\n')
  return `${head},\n  "golden": [\n${lines}\n  ]\n}\n`
}
