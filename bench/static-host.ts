/**
 * A static host for the benches: files as a good host sends them (brotli where it pays,
 * ETags, content-hashed names kept for ever), at the speed asked for, every answer noted.
 */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { brotliCompressSync } from 'node:zlib'

export interface Mount {
  /** Path at which the folder is served, with slashes at both ends; first match wins. */
  readonly at: string
  readonly folder: string
}

/** One answer as it left. */
export interface Sent {
  readonly path: string
  readonly status: number
  /** Content-Encoding, or `identity`. */
  readonly encoding: string
  /** Of the body; headers are not counted. */
  readonly bytes: number
}

export interface HostOptions {
  readonly mounts: readonly Mount[]
  /** Sent with every answer. */
  readonly headers?: Readonly<Record<string, string>>
  /** Of all connections together. Default: as fast as it goes. */
  readonly mbitPerSecond?: number
  /** Whether to compress what hosts compress; slow the first time. Default true. */
  readonly compress?: boolean
  /** Added before each answer. Default 0. */
  readonly latencyMs?: number
}

export interface StaticHost {
  /** With a slash at its end. */
  readonly url: string
  /** Since the start or the last `forget`, in order of completion. */
  readonly sent: readonly Sent[]
  forget(): void
  close(): void
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
}
/** What hosts compress; other types (`.bin`, `.onnx`) go as they are. */
const COMPRESSED = /^(text\/|application\/(json|manifest|wasm)|image\/svg)/
/** Compressed once, at the highest level, as a build step would. */
const BROTLI_FOLDER = '.cache/bench/brotli'
const HASHED = /[.-](?=[\w-]*\d)[\w-]{8,}\.\w+$/
const CHUNK_BYTES = 8_192
/** Unused time that may be made up for at once, ms: timers are late by about this. */
const BURST_MS = 20

export async function startStaticHost(options: HostOptions): Promise<StaticHost> {
  const sent: Sent[] = []
  const take = lane(options.mbitPerSecond)
  const server = createServer((request, response) => {
    answer(request, response, { options, take })
      .then((one) => void sent.push(one))
      .catch(() => response.destroy()) // the browser left
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/`,
    sent,
    forget: () => void sent.splice(0),
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

/** Waits until `bytes` more may leave: one lane for all connections. */
function lane(mbitPerSecond: number | undefined): (bytes: number) => Promise<void> {
  let freeAt = 0
  return async (bytes) => {
    if (mbitPerSecond === undefined) return
    const now = performance.now()
    freeAt = Math.max(freeAt, now - BURST_MS) + (bytes * 8) / (mbitPerSecond * 1_000)
    if (freeAt > now) await wait(freeAt - now)
  }
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  parts: { options: HostOptions; take: (bytes: number) => Promise<void> },
): Promise<Sent> {
  const { mounts, headers = {}, latencyMs = 0, compress = true } = parts.options
  const path = new URL(request.url ?? '/', 'http://host').pathname
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
  await wait(latencyMs)
  const file = fileAt(mounts, path)
  const accepted = compress ? request.headers['accept-encoding'] : undefined
  if (file === undefined) {
    response.writeHead(404).end()
    return { path, status: 404, encoding: 'identity', bytes: 0 }
  }
  const { bytes, encoding, type } = bodyOf(file, accepted)
  const etag = `"${sha(bytes)}"`
  response.setHeader('ETag', etag)
  response.setHeader(
    'Cache-Control',
    HASHED.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache',
  )
  if (request.headers['if-none-match'] === etag) {
    response.writeHead(304).end()
    return { path, status: 304, encoding: 'identity', bytes: 0 }
  }
  response.setHeader('Content-Type', type)
  response.setHeader('Content-Length', bytes.length)
  if (encoding !== 'identity') response.setHeader('Content-Encoding', encoding)
  await sendBody(response, bytes, parts.take)
  return { path, status: 200, encoding, bytes: bytes.length }
}

async function sendBody(
  response: ServerResponse,
  bytes: Uint8Array,
  take: (bytes: number) => Promise<void>,
) {
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
    const chunk = bytes.subarray(at, at + CHUNK_BYTES)
    await take(chunk.length)
    if (response.destroyed) throw new Error('the browser left')
    response.write(chunk)
  }
  response.end()
}

function fileAt(mounts: readonly Mount[], path: string): string | undefined {
  const mount = mounts.find(({ at }) => path.startsWith(at))
  if (mount === undefined) return undefined
  const asked = normalize(join(mount.folder, path.slice(mount.at.length)))
  const file = path.endsWith('/') ? join(asked, 'index.html') : asked
  const isInside = file.startsWith(normalize(mount.folder))
  return isInside && existsSync(file) && statSync(file).isFile() ? file : undefined
}

function bodyOf(file: string, accepted: string | undefined) {
  const raw = readFileSync(file)
  const type = TYPES[extname(file)] ?? 'application/octet-stream'
  const isPacked = COMPRESSED.test(type) && /\bbr\b/.test(accepted ?? '')
  return isPacked
    ? { bytes: brotli(raw), encoding: 'br', type }
    : { bytes: raw, encoding: 'identity', type }
}

const packed = new Map<string, Uint8Array>()

function brotli(raw: Uint8Array): Uint8Array {
  const name = sha(raw)
  const known = packed.get(name)
  if (known) return known
  const path = join(BROTLI_FOLDER, `${name}.br`)
  if (!existsSync(path)) {
    mkdirSync(BROTLI_FOLDER, { recursive: true })
    writeFileSync(path, brotliCompressSync(raw))
  }
  const bytes = readFileSync(path)
  packed.set(name, bytes)
  return bytes
}

function sha(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 24)
}
