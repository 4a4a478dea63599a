/**
 * Makes WebKitGTK's inspector look like the proxy of an iOS device, which is what
 * `webkit.connectOverCDP()` speaks to: `GET /json`, and a socket for each page.
 */
import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'

/**
 * Most bytes of one frame: WebKit's server refuses 128 KiB. Below 64 KiB the length takes
 * two bytes; a multiple of the mask's 4 keeps the mask in step.
 */
const MOST = 32 * 1024

interface Target {
  readonly url: string
  /** "connection/target", as its socket's address names it. */
  readonly place: string
}

/** The pages of the browser whose inspector listens on `port`. */
export async function targetsOf(port: number): Promise<Target[]> {
  const text = await (await fetch(`http://127.0.0.1:${port}/`)).text()
  const found = text.matchAll(
    /targeturl">([^<]*)<[\s\S]*?\/socket\/(\d+\/\d+)\/WebPage/g,
  )
  return [...found].map(([, url, place]) => ({ url: url!, place: place! }))
}

/** @returns the server, and the port it listens on */
export async function proxyOf(
  inspector: number,
): Promise<{ server: Server; port: number }> {
  const server = createServer(async (_, response) => {
    const { port } = server.address() as AddressInfo
    const pages = (await targetsOf(inspector)).map(({ url, place }) => ({
      id: place.replace('/', '-'),
      url,
      title: '',
      webSocketDebuggerUrl: `ws://127.0.0.1:${port}/devtools/page/${place}`,
    }))
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify(pages))
  })
  server.on('upgrade', (request, client, head) => {
    const place = /\/page\/(\d+\/\d+)/.exec(request.url ?? '')?.[1]
    const browser = connect(inspector, '127.0.0.1', () => {
      browser.write(greeting(`/socket/${place}/WebPage`, request.rawHeaders, inspector))
      browser.pipe(client)
      const split = splitter((bytes) => browser.write(bytes))
      split(head)
      client.on('data', split)
    })
    for (const [one, other] of [
      [browser, client],
      [client, browser],
    ] as const) {
      one.on('error', () => other.destroy())
      one.on('close', () => other.destroy())
    }
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  return { server, port: (server.address() as AddressInfo).port }
}

/** The client's request, but for extensions that WebKit does not know. */
function greeting(path: string, raw: readonly string[], inspector: number): string {
  const lines = [`GET ${path} HTTP/1.1`]
  for (let i = 0; i < raw.length; i += 2) {
    const name = raw[i]!
    if (/^sec-websocket-extensions$/i.test(name)) continue
    const value = /^host$/i.test(name) ? `127.0.0.1:${inspector}` : raw[i + 1]
    lines.push(`${name}: ${value}`)
  }
  return `${lines.join('\r\n')}\r\n\r\n`
}

interface Frame {
  readonly isLast: boolean
  readonly kind: number
  /** 4 bytes, or none. */
  readonly mask: Buffer
  readonly body: Buffer
  /** Bytes of the frame, with its head. */
  readonly size: number
}

/** Passes a socket's bytes on, frames longer than `MOST` in pieces. */
function splitter(write: (bytes: Buffer) => void): (chunk: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0)
  return (chunk) => {
    rest = Buffer.concat([rest, chunk])
    for (let frame = frameOf(rest); frame; frame = frameOf(rest)) {
      for (const piece of piecesOf(frame)) write(piece)
      rest = rest.subarray(frame.size)
    }
  }
}

/** @returns undefined while bytes of it are missing. RFC 6455, 5.2 */
function frameOf(bytes: Buffer): Frame | undefined {
  if (bytes.length < 2) return undefined
  const short = bytes[1]! & 127
  const at = short === 126 ? 4 : short === 127 ? 10 : 2
  if (bytes.length < at) return undefined
  const length =
    short === 126
      ? bytes.readUInt16BE(2)
      : short === 127
        ? Number(bytes.readBigUInt64BE(2))
        : short
  const start = at + (bytes[1]! & 128 ? 4 : 0)
  if (bytes.length < start + length) return undefined
  return {
    isLast: (bytes[0]! & 128) !== 0,
    kind: bytes[0]! & 15,
    mask: bytes.subarray(at, start),
    body: bytes.subarray(start, start + length),
    size: start + length,
  }
}

function* piecesOf({ isLast, kind, mask, body }: Frame) {
  for (let start = 0; start === 0 || start < body.length; start += MOST) {
    const piece = body.subarray(start, start + MOST)
    const isEnd = isLast && start + MOST >= body.length
    const first = (isEnd ? 128 : 0) | (start === 0 ? kind : 0)
    const masked = mask.length > 0 ? 128 : 0
    const head =
      piece.length < 126
        ? Buffer.from([first, masked | piece.length])
        : Buffer.from([first, masked | 126, piece.length >> 8, piece.length & 255])
    yield Buffer.concat([head, mask, piece])
  }
}
