/** A Hearth in Node: the pack from a folder, the profile in memory, the engine in place. */

import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { HearthError } from '../errors.ts'
import { randomUid } from '../feedback/identify.ts'
import type { Manifest } from '../pack/pack.ts'
import { openProfile } from '../store/open-store.ts'
import { createReferenceDevice } from '../towers/reference.ts'
import type { HearthOptions, Storage } from './hearth.ts'
import { checkOptions } from './hearth-options.ts'
import { type OpenedHearth, openInPlace } from './in-place.ts'
import { openEngine } from './open-engine.ts'
import type { OpenEncoder } from './text-reader.ts'

/** What a test may give in place of what Node has. */
interface NodeParts {
  /** Default: the encoder in `assets`, opened with the first text. */
  readonly openEncoder?: OpenEncoder
}

/** Learning waits for what is asked now, ms. */
const LEARN_DELAY_MS = 0

/**
 * @throws HearthError `bad-argument` for an option that is none, or that Node does not have
 */
export function openNodeHearth(
  options: HearthOptions,
  { openEncoder }: NodeParts = {},
): OpenedHearth {
  checkOptions(options)
  checkMemory(options.storage ?? 'memory')
  const { seed = Date.now() % 2 ** 31, now = () => Date.now() } = options
  const folder = pathOf(options.pack)
  const isDetermined = options.seed !== undefined || options.now !== undefined
  const { hearth, opened } = openInPlace(
    async (notify) =>
      openEngine(
        {
          read: async (name) => new Uint8Array(await readFile(join(folder, name))),
          loadScan,
          openStore: () =>
            openProfile({
              ...{ name: folder, now, uid: randomUid, storage: 'memory' as const },
              onDemand: () => import('./seldom.ts'),
            }),
          openEncoder: (manifest) =>
            openEncoder ?? (() => openShippedEncoder(manifest, options.assets)),
          openTowers: async () => ({
            device: createReferenceDevice(),
            ...{ tried: ['js: in use'], selfCheck: 0, probeMs: 0 },
          }),
          ...{ now, seed, clock: options.now ?? (() => performance.now()) },
          ...(isDetermined
            ? {}
            : { later: (task) => void setTimeout(task, LEARN_DELAY_MS) }),
        },
        notify,
      ),
    now,
  )
  const setStorage = async (storage: Storage) => checkMemory(storage)
  const profile = { ...hearth.profile, setStorage }
  return { hearth: { ...hearth, profile }, opened }
}

function checkMemory(storage: Storage) {
  if (storage === 'memory') return
  throw new HearthError(
    'bad-argument',
    `invalid storage: got ${storage}, expected memory: Node has no other. Export the profile to keep it.`,
  )
}

function pathOf(pack: string): string {
  return pack.startsWith('file:') ? fileURLToPath(pack) : pack
}

async function loadScan() {
  return WebAssembly.compile(await readFile(packaged('src', 'math', 'scan.wasm')))
}

const OWN_MODEL = 'hearth-encoder'

async function openShippedEncoder(
  { encoder: expected }: Manifest,
  assets: string | undefined,
): ReturnType<OpenEncoder> {
  // the models that come with Hearth lie in its package, whatever pack brings them
  const modelFolder =
    assets === undefined
      ? packaged('public', 'models', expected?.model ? expected.name : OWN_MODEL)
      : pathOf(assets)
  if (expected?.model && !existsSync(modelFolder)) {
    throw new HearthError(
      'no-encoder',
      "this pack was built with an encoder of its own: got no assets, expected its model's folder.",
    )
  }
  const { createNodeEncoder } = await import('../text/encoder/node-encoder.ts')
  const { readableOnly } = await import('../text/encoder/readable-script.ts')
  const { minCosineOf, lowestCosine, selfCheck } = await import(
    '../text/encoder/self-check.ts'
  )
  const encoder = await createNodeEncoder({ modelFolder })
  const { name, wireBytes, golden } = encoder
  return {
    ...{
      encoder: {
        ...encoder,
        encode: (texts) => encoder.encode(readableOnly(texts, encoder.unreadScriptOf)),
      },
      backend: 'wasm',
      tried: ['wasm: in use'],
      model: { name, wireBytes },
    },
    selfCheck: await selfCheck(encoder, golden, minCosineOf(encoder.files)),
    checkAll: async () => ({
      lowest: await lowestCosine(encoder, golden, () => {}),
      texts: golden.length,
    }),
  }
}

/** A file or folder of the package, wherever this file was built to. */
function packaged(...below: readonly string[]): string {
  const path = join(...below)
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, path)) && dirname(folder) !== folder) {
    folder = dirname(folder)
  }
  return join(folder, path)
}
