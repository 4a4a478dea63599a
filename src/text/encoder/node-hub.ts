/**
 * A model of the Hugging Face hub → a folder on this machine.
 *
 * Downloaded by whoever builds a pack, on their machine, once; never by a visitor. The hub
 * then knows that this machine took this model, and nothing else.
 */
import { existsSync } from 'node:fs'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { HearthError, messageOf } from '../../errors.ts'
import { onnxFiles } from './model-precision.ts'
import { adviceFiles, requiredFiles } from './node-foreign.ts'

const HUB = 'https://huggingface.co'
/** `org/name`, or `org/name@revision`. */
const HUB_ID = /^([\w-][\w.-]*\/[\w-][\w.-]*)(?:@([\w-][\w.-]*))?$/

export interface HubOptions {
  readonly fetch: typeof globalThis.fetch
  /** Where models are kept. */
  readonly cacheFolder: string
}

export function isHubId(choice: string): boolean {
  return HUB_ID.test(choice)
}

/** `$XDG_CACHE_HOME/hearth/encoders`, or the same under `~/.cache`. */
export function defaultCacheFolder(): string {
  const base = process.env.XDG_CACHE_HOME || join(homedir(), '.cache')
  return join(base, 'hearth', 'encoders')
}

/**
 * Downloads what a feature extractor needs, of its ONNX files the one to prefer; from the
 * second time on it is there already. Remove the folder to take a newer revision.
 *
 * @param id `org/name` or `org/name@revision`
 * @returns the folder, whole
 * @throws HearthError `no-encoder` if the hub cannot be reached or has no such model
 */
export async function downloadFromHub(
  id: string,
  { fetch, cacheFolder }: HubOptions,
): Promise<string> {
  const [, name, revision = 'main'] = HUB_ID.exec(id) ?? []
  if (name === undefined) {
    throw new HearthError('bad-argument', `bad hub id: got ${id}, expected org/name.`)
  }
  const folder = join(cacheFolder, `${name.replace('/', '--')}@${revision}`)
  if (existsSync(folder)) return folder
  const base = `${HUB}/${name}/resolve/${revision}`
  const fresh = `${folder}.tmp-${process.pid}`
  const take = async (file: string) => {
    const bytes = await download(`${base}/${file}`, fetch)
    if (bytes) await put(join(fresh, file), bytes)
    return bytes !== undefined
  }
  try {
    for (const file of requiredFiles) {
      if (!(await take(file))) throw notThere(id, file)
    }
    for (const file of adviceFiles) await take(file)
    if (!(await takeFirst(onnxFiles, take))) throw notThere(id, onnxFiles.join(', '))
    await rename(fresh, folder)
  } finally {
    await rm(fresh, { recursive: true, force: true })
  }
  return folder
}

async function takeFirst(
  files: readonly string[],
  take: (file: string) => Promise<boolean>,
): Promise<boolean> {
  for (const file of files) if (await take(file)) return true
  return false
}

/** Undefined where the hub has no such file. */
async function download(
  url: string,
  fetch: typeof globalThis.fetch,
): Promise<Uint8Array | undefined> {
  let got: string
  try {
    const response = await fetch(url)
    if (response.ok) return new Uint8Array(await response.arrayBuffer())
    if (response.status === 404) return undefined
    got = `status ${response.status}`
  } catch (cause) {
    got = messageOf(cause)
  }
  throw new HearthError(
    'no-encoder',
    `cannot download ${url}: got ${got}, expected the file. ` +
      'Try again, or point to a folder on this machine.',
  )
}

async function put(path: string, bytes: Uint8Array) {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, bytes)
}

function notThere(id: string, file: string): HearthError {
  return new HearthError(
    'no-encoder',
    `cannot use ${id}: neither a folder here nor a model of the hub with ${file}. ` +
      'Give the folder of a model, or a hub id whose model has ONNX files.',
  )
}
