/**
 * A plain model folder → the folder that browsers are given: the last stage of making an
 * encoder.
 */
import { existsSync, readdirSync } from 'node:fs'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { HearthError } from '../../errors.ts'
import { type ModelManifest, manifestName } from './model-manifest.ts'
import { makeGolden, openModel, readModelFolder } from './node-encoder.ts'
import { type WiredModel, wireModel } from './node-wire.ts'

/** What a folder's files do not hold. */
type ModelCredits = Pick<ModelManifest, 'name' | 'licence' | 'teacher'>

/**
 * Reads a plain folder, encodes the golden texts with it in Node, and writes wire files
 * and `hearth.json` to another folder, which is replaced. The same files give the same
 * bytes.
 *
 * @throws HearthError `no-device` if the model does not start, `bad-input` if `to` holds
 *   anything but a model, or is `from`
 */
export async function writeWireFolder(
  from: string,
  to: string,
  credits: ModelCredits,
): Promise<WiredModel> {
  assertReplaceable(from, to)
  const plain = await readModelFolder(from)
  const encoder = await openModel(plain)
  const golden = await makeGolden(encoder)
  await encoder.dispose()
  const wired = wireModel({ ...plain.manifest, ...credits, golden }, plain.files)
  const fresh = `${resolve(to)}.tmp-${process.pid}`
  await mkdir(fresh, { recursive: true })
  for (const [name, bytes] of wired.files) await writeFile(join(fresh, name), bytes)
  await writeFile(join(fresh, manifestName), wired.manifestBytes)
  await rm(to, { recursive: true, force: true })
  await rename(fresh, resolve(to))
  return wired
}

function assertReplaceable(from: string, to: string) {
  const isSame = resolve(from) === resolve(to)
  const names = existsSync(to) ? readdirSync(to) : []
  const isOther = names.length > 0 && !names.includes(manifestName)
  if (!isSame && !isOther) return
  const why = isSame ? 'it is the plain folder' : `it has no ${manifestName}`
  throw new HearthError('bad-input', `cannot replace ${to}: ${why}.`)
}
