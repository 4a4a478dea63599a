/** The one small file that names all others: every field checked, fingerprinted as a whole. */
import { HearthError, messageOf } from '../errors.ts'
import { asColumnType } from './attribute-column.ts'
import { badPack } from './bad-pack.ts'
import { checkCalibration } from './calibration.ts'
import { checkDecaySettings } from './decay-settings.ts'
import {
  asFinite,
  asInteger,
  asList,
  asMatch,
  asObject,
  asText,
  asTexts,
  inside,
  type Place,
  parseJson,
  refuse,
} from './json-check.ts'
import {
  BLOCK_NAMES,
  type ColumnEntry,
  FUSED_COMPONENTS,
  FUSION_BUCKETS,
  type FusedComponent,
  type FusionWeights,
  type Manifest,
  PACK_FORMAT,
  PACK_VERSION,
  type PackFile,
} from './pack.ts'
import type { Rules } from './rules.ts'
import { sha256Hex } from './sha256.ts'

export const MANIFEST_NAME = 'manifest.json'

const MAX_ITEMS = 2 ** 24
const MAX_DIM = 8192
/** So that every bit of a file has an int32 address. */
const MAX_FILE_BYTES = 2 ** 28 - 1
/** Flat names only, so that no file is read outside the pack's folder. */
const FILE_NAME = /^[a-z0-9-]+\.[0-9a-f]{16}\.(bin|json)$/
const SHA256 = /^[0-9a-f]{64}$/

/** @throws HearthError `bad-pack` */
export async function parseManifest(bytes: Uint8Array): Promise<Manifest> {
  const place = { file: MANIFEST_NAME, at: '' }
  const json = asObject(parseJson(MANIFEST_NAME, bytes), place)
  if (json.format !== PACK_FORMAT) {
    throw badPack(
      MANIFEST_NAME,
      `its format is ${json.format}, expected ${PACK_FORMAT}.`,
    )
  }
  if (json.version !== PACK_VERSION) throw otherVersion(json.version)
  const manifest = checkManifest(json, place, await rulesCheck(json))
  const fingerprint = await fingerprintOf(manifest)
  if (manifest.fingerprint === fingerprint) return manifest
  throw badPack(MANIFEST_NAME, 'it was altered: its fingerprint does not match.')
}

/** Of two releases that do not fit, the line names the older one and what to do with it. */
function otherVersion(version: unknown): HearthError {
  if (!Number.isInteger(version)) {
    return badPack(
      MANIFEST_NAME,
      `its version is ${version}, expected ${PACK_VERSION}.`,
    )
  }
  const isOlderPage = (version as number) > PACK_VERSION
  return new HearthError(
    'bad-pack',
    isOlderPage
      ? `cannot read this pack: it has version ${version}, and the page's Hearth reads version ${PACK_VERSION}. The page's Hearth is older than the pack: update its copied folder (\`hearth-recommender copy\`) or its package.`
      : `cannot read this pack: it has version ${version}, and this release of Hearth reads version ${PACK_VERSION}. Rebuild it with \`hearth-recommender build\`.`,
  )
}

/**
 * The writer's side: puts fields in their order and fills in the fingerprint.
 *
 * @throws HearthError `bad-argument` for what `parseManifest` would refuse
 */
export async function sealManifest(
  fields: Omit<Manifest, 'format' | 'version' | 'fingerprint'>,
): Promise<Manifest> {
  const json = { ...fields, fingerprint: '0'.repeat(64) }
  try {
    const place = { file: MANIFEST_NAME, at: '' }
    const manifest = checkManifest(json, place, await rulesCheck(json))
    return { ...manifest, fingerprint: await fingerprintOf(manifest) }
  } catch (cause) {
    throw new HearthError('bad-argument', `invalid manifest: ${messageOf(cause)}`, {
      cause,
    })
  }
}

/** SHA-256 over the manifest with an empty fingerprint: so over every hash in it. */
function fingerprintOf(manifest: Manifest): Promise<string> {
  const json = JSON.stringify({ ...manifest, fingerprint: '' })
  return sha256Hex(new TextEncoder().encode(json))
}

type CheckRules = (value: unknown, place: Place) => Rules

/** Loaded only where there are rules: the first list waits for every byte of script. */
async function rulesCheck(json: { readonly rules?: unknown }): Promise<CheckRules> {
  if (json.rules === undefined) return () => ({})
  return (await import('./rules.ts')).checkRules
}

/** Fields come out in this order, whatever order they came in; unknown ones are dropped. */
function checkManifest(
  json: Record<string, unknown>,
  place: Place,
  checkRules: CheckRules,
): Manifest {
  const at = (field: string) => inside(place, field)
  const items = asInteger(json.items, at('items'), { min: 1, max: MAX_ITEMS })
  const shardItems = asInteger(json.shardItems, at('shardItems'), {
    min: 1,
    max: MAX_ITEMS,
  })
  const blocks = checkBlocks(json.blocks, at('blocks'))
  if (json.sequence !== undefined && !blocks.sequence) {
    refuse(at('sequence'), json.sequence, 'none, as there is no sequence block')
  }
  const shards = asList(json.shards, at('shards'), Math.ceil(items / shardItems))
  return {
    format: PACK_FORMAT,
    version: PACK_VERSION,
    name: asText(json.name, at('name')),
    items,
    dims: checkDims(json.dims, at('dims')),
    ...(json.encoder !== undefined && {
      encoder: checkEncoder(json.encoder, at('encoder')),
    }),
    provenance: checkProvenance(json.provenance, at('provenance')),
    licence: asText(json.licence, at('licence')),
    attribution: asText(json.attribution, at('attribution')),
    fusion: checkFusion(json.fusion, at('fusion')),
    ...(json.calibration !== undefined && {
      calibration: checkCalibration(
        json.calibration,
        at('calibration'),
        FUSION_BUCKETS.length,
      ),
    }),
    ...(json.sequence !== undefined && {
      sequence: checkDecaySettings(json.sequence, at('sequence')),
    }),
    ...(json.rules !== undefined && { rules: checkRules(json.rules, at('rules')) }),
    ...(json.overlay !== undefined && { overlay: asTrue(json.overlay, at('overlay')) }),
    blocks,
    first: checkFile(json.first, at('first')),
    shards: shards.map((file, i) => checkFile(file, inside(at('shards'), i))),
    shardItems,
    ...(json.columns !== undefined && {
      columns: checkColumns(json.columns, at('columns')),
    }),
    fingerprint: asMatch(json.fingerprint, at('fingerprint'), SHA256),
  }
}

function asTrue(value: unknown, place: Place): true {
  return value === true ? value : refuse(place, value, 'true')
}

function checkDims(value: unknown, place: Place): Manifest['dims'] {
  const dims = asObject(value, place)
  const dim = (name: string) =>
    asInteger(dims[name], inside(place, name), { min: 0, max: MAX_DIM })
  return { tower: dim('tower'), content: dim('content'), encoder: dim('encoder') }
}

function checkEncoder(value: unknown, place: Place) {
  const { name, fingerprint, model } = asObject(value, place)
  return {
    name: asText(name, inside(place, 'name')),
    fingerprint: asText(fingerprint, inside(place, 'fingerprint')),
    ...(model !== undefined && { model: checkFile(model, inside(place, 'model')) }),
  }
}

function checkProvenance(value: unknown, place: Place): Manifest['provenance'] {
  const from = asObject(value, place)
  const range = { min: 0, max: Number.MAX_SAFE_INTEGER }
  return {
    generator: asText(from.generator, inside(place, 'generator')),
    interactions: asInteger(from.interactions, inside(place, 'interactions'), range),
    users: asInteger(from.users, inside(place, 'users'), range),
    ...(from.popularity !== undefined && {
      popularity: asText(from.popularity, inside(place, 'popularity')),
    }),
    notes: asTexts(from.notes, inside(place, 'notes')),
  }
}

function checkFusion(value: unknown, place: Place): FusionWeights {
  const { source, buckets } = asObject(value, place)
  const at = inside(place, 'buckets')
  return {
    source: asMatch(source, inside(place, 'source'), /^(fitted|default)$/) as
      | 'fitted'
      | 'default',
    buckets: asList(buckets, at, FUSION_BUCKETS.length).map((bucket, i) => {
      const weights = asObject(bucket, inside(at, i))
      return Object.fromEntries(
        FUSED_COMPONENTS.map((name) => [
          name,
          asFinite(weights[name], inside(inside(at, i), name)),
        ]),
      ) as Record<FusedComponent, number>
    }),
  }
}

function checkBlocks(value: unknown, place: Place): Manifest['blocks'] {
  const blocks = asObject(value, place)
  const files = BLOCK_NAMES.flatMap((name) => {
    const file = blocks[name]
    return file === undefined ? [] : [[name, checkFile(file, inside(place, name))]]
  })
  return Object.fromEntries(files)
}

function checkColumns(value: unknown, place: Place): ColumnEntry[] {
  const columns = asList(value, place).map((entry, i) => {
    const at = inside(place, i)
    const { name, type, file } = asObject(entry, at)
    return {
      name: asMatch(name, inside(at, 'name'), /./s),
      type: asColumnType(type, inside(at, 'type')),
      file: checkFile(file, inside(at, 'file')),
    }
  })
  const names = columns.map(({ name }) => name)
  const twice = names.find((name, i) => names.indexOf(name) !== i)
  return twice === undefined ? columns : refuse(place, twice, 'each name once')
}

function checkFile(value: unknown, place: Place): PackFile {
  const file = asObject(value, place)
  return {
    name: asMatch(file.name, inside(place, 'name'), FILE_NAME),
    sizeBytes: asInteger(file.sizeBytes, inside(place, 'sizeBytes'), {
      min: 1,
      max: MAX_FILE_BYTES,
    }),
    sha256: asMatch(file.sha256, inside(place, 'sha256'), SHA256),
  }
}
