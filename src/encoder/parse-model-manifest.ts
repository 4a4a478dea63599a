/** The text of a `hearth.json` → a manifest that holds together. */
import { HearthError, messageOf } from '../errors.ts'
import { type GoldenVector, unpackGolden } from './golden-vectors.ts'
import {
  fingerprintOf,
  type ModelFile,
  type ModelManifest,
  manifestName,
} from './model-manifest.ts'

/**
 * @throws HearthError `no-encoder` if the text is no `hearth.json`, or one that
 *   contradicts itself
 */
export function parseManifest(text: string): ModelManifest {
  const manifest = asManifest(parseJson(text))
  const expected = fingerprintOf(manifest)
  if (manifest.fingerprint !== expected) {
    throw broken(`fingerprint is ${manifest.fingerprint}`, expected)
  }
  return manifest
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    const isPage = /^\s*</.test(text)
    const got = isPage ? 'an HTML page' : messageOf(error)
    throw broken(got, 'JSON', { cause: error })
  }
}

type Fields = Record<string, unknown>

function asManifest(json: unknown): ModelManifest {
  const fields = asFields(json, 'the file')
  const dim = countOf(fields, 'dim')
  return {
    name: textOf(fields, 'name'),
    dim,
    maxTokens: countOf(fields, 'maxTokens'),
    pooling: oneOf(fields, 'pooling', ['mean', 'cls']),
    fingerprint: textOf(fields, 'fingerprint'),
    files: listOf(fields, 'files').map(asFile),
    golden: listOf(fields, 'golden').map((each) => asGolden(each, dim)),
    licence: textOf(fields, 'licence'),
    teacher: textOf(fields, 'teacher'),
  }
}

/** A file listed by name, size and hash alone lies there plain. */
function asFile(json: unknown): ModelFile {
  const fields = asFields(json, 'a file')
  const name = pathOf(fields, 'name')
  const sizeBytes = countOf(fields, 'sizeBytes')
  const sha256 = textOf(fields, 'sha256')
  const packing = oneOf(fields, 'packing', ['none', 'deflate'])
  if (packing === 'none' && fields.file === undefined) {
    const wire = { file: name, packing, wireBytes: sizeBytes, wireSha256: sha256 }
    return { name, ...wire, sizeBytes, sha256 }
  }
  const wire = {
    file: pathOf(fields, 'file'),
    packing,
    wireBytes: countOf(fields, 'wireBytes'),
    wireSha256: textOf(fields, 'wireSha256'),
  }
  const isSame = wire.wireBytes === sizeBytes && wire.wireSha256 === sha256
  if (packing === 'none' && !isSame) {
    throw broken(`${name} is not packed but differs on the wire`, 'one size and hash')
  }
  return { name, ...wire, sizeBytes, sha256 }
}

/** Part of a URL or path later on: only plain segments, so never `..`. */
function pathOf(fields: Fields, key: string): string {
  const path = textOf(fields, key)
  if (/^\w[\w.-]*(\/\w[\w.-]*)*$/.test(path)) return path
  throw broken(`file name ${path}`, 'a path')
}

function asGolden(json: unknown, dim: number): GoldenVector {
  const fields = asFields(json, 'a golden vector')
  const text = textOf(fields, 'text')
  const golden =
    fields.vector === undefined
      ? unpackGolden(
          { text, scale: Number(fields.scale), levels: textOf(fields, 'levels') },
          dim,
        )
      : { text, vector: Float32Array.from(listOf(fields, 'vector'), Number) }
  if (golden?.vector.length === dim && golden.vector.every(Number.isFinite))
    return golden
  throw broken(`a golden vector of ${text}`, `${dim} finite numbers`)
}

function asFields(json: unknown, what: string): Fields {
  if (typeof json === 'object' && json !== null && !Array.isArray(json)) {
    return json as Fields
  }
  throw broken(`${what} that is ${JSON.stringify(json)}`, 'an object')
}

function textOf(fields: Fields, key: string): string {
  const value = fields[key]
  if (typeof value !== 'string') throw broken(`${key} is ${typeof value}`, 'a string')
  return value
}

/** The first is what an absent field means. */
function oneOf<const T extends string>(
  fields: Fields,
  key: string,
  known: readonly T[],
) {
  const value = fields[key] ?? known[0]
  const found = known.find((each) => each === value)
  if (found === undefined)
    throw broken(`${key} is ${String(value)}`, known.join(' or '))
  return found
}

function countOf(fields: Fields, key: string): number {
  const value = fields[key]
  if (typeof value === 'number' && Number.isInteger(value) && value > 0) return value
  throw broken(`${key} is ${String(value)}`, 'an integer of 1 or more')
}

function listOf(fields: Fields, key: string): readonly unknown[] {
  const value = fields[key]
  if (!Array.isArray(value)) throw broken(`${key} is ${typeof value}`, 'a list')
  return value
}

function broken(got: string, expected: string, options?: ErrorOptions): HearthError {
  return new HearthError(
    'no-encoder',
    `broken ${manifestName}: got ${got}, expected ${expected}. Copy the model folder again.`,
    options,
  )
}
