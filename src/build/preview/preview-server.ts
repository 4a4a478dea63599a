/**
 * The preview of a pack on this machine alone: the page that the package ships, the
 * elements, and the pack, as a static host would serve them.
 *
 *   /              the page          /pack/        the pack
 *   /hearth/       the elements      /facts.json   what the build found
 *   /changes       a stream of events: the page loads itself again
 */

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import sirv from 'sirv'
import { HearthError } from '../../errors.ts'
import type { PreviewFacts } from './preview-facts.ts'

export interface PreviewFolders {
  /** The page, as the package ships it. */
  readonly page: string
  /** The elements and their workers. */
  readonly scripts: string
  /** The text encoder that Hearth ships. */
  readonly model: string
  readonly pack: string
}

interface PreviewOptions {
  readonly folders: PreviewFolders
  /** The first to try; each of the next PORTS is tried where one is taken. */
  readonly port: number
  /** Whether pictures of other hosts may be loaded. Default false. */
  readonly showsPictures?: boolean
  readonly facts: () => PreviewFacts
}

export interface PreviewServer {
  /** With a slash at its end. */
  readonly url: string
  /** Every open page loads itself again. */
  reload(): void
  close(): Promise<void>
}

const HOST = '127.0.0.1'
/** Ports tried in all. */
const PORTS = 20
const POLICY =
  "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; base-uri 'none'; " +
  "form-action 'none'; frame-ancestors 'none'; object-src 'none'"
const PICTURES = "img-src 'self' data: http: https:"

/** @throws HearthError `bad-argument` if no port of those tried is free */
export async function servePreview(options: PreviewOptions): Promise<PreviewServer> {
  const open = new Set<ServerResponse>()
  const answer = createAnswer(options, open)
  const server = createServer((request, response) => {
    // a page of another site, whose name was pointed at this machine, gets nothing
    if (!isOwnHost(request.headers.host)) return void response.writeHead(403).end()
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return void response.writeHead(405).end()
    }
    answer(request, response)
  })
  const port = await listen(server, options.port)
  return {
    url: `http://${HOST}:${port}/`,
    reload() {
      for (const response of open) response.write('event: changed\ndata: 1\n\n')
    },
    async close() {
      for (const response of open) response.end()
      const closed = new Promise<void>((done) => server.close(() => done()))
      server.closeAllConnections()
      await closed
    },
  }
}

function isOwnHost(host = ''): boolean {
  return /^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host)
}

function createAnswer(
  { folders, facts, showsPictures }: PreviewOptions,
  open: Set<ServerResponse>,
) {
  const policy = showsPictures ? `${POLICY}; ${PICTURES}` : POLICY
  const serve = (folder: string) => sirv(folder, { dev: true, etag: true })
  const mounts = [
    { at: '/pack/', files: serve(folders.pack) },
    { at: '/hearth/models/hearth-encoder/', files: serve(folders.model) },
    { at: '/hearth/', files: serve(folders.scripts) },
    { at: '/', files: serve(folders.page) },
  ]
  return (request: IncomingMessage, response: ServerResponse) => {
    response.setHeader('Content-Security-Policy', policy)
    response.setHeader('X-Content-Type-Options', 'nosniff')
    response.setHeader('Referrer-Policy', 'no-referrer')
    response.setHeader('Cache-Control', 'no-store')
    const path = request.url ?? '/'
    if (path === '/changes') return listenTo(response, open)
    if (path === '/facts.json') {
      response.setHeader('Content-Type', 'application/json')
      return void response.end(JSON.stringify(facts()))
    }
    const mount = mounts.find(({ at }) => path.startsWith(at))
    const notFound = () => void response.writeHead(404).end('not found')
    if (!mount) return notFound()
    request.url = `/${path.slice(mount.at.length)}`
    mount.files(request, response, notFound)
  }
}

function listenTo(response: ServerResponse, open: Set<ServerResponse>) {
  response.writeHead(200, { 'Content-Type': 'text/event-stream' })
  response.write(':\n\n')
  open.add(response)
  response.on('close', () => open.delete(response))
}

async function listen(server: ReturnType<typeof createServer>, first: number) {
  for (let port = first; port < first + PORTS && port < 65_536; port++) {
    const error = await new Promise<NodeJS.ErrnoException | undefined>((done) => {
      server.once('error', done)
      server.listen(port, HOST, () => {
        server.off('error', done)
        done(undefined)
      })
    })
    if (!error) return (server.address() as AddressInfo).port
    if (error.code !== 'EADDRINUSE' && error.code !== 'EACCES') throw error
    server.removeAllListeners('error')
  }
  throw new HearthError(
    'bad-argument',
    `no free port: got ${first} to ${Math.min(first + PORTS, 65_536) - 1}, all taken or ` +
      'not allowed. Name another with --port.',
  )
}
