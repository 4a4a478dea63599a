/**
 * Serves what a host would: the built site at `/`, and the stand-alone example under
 * `/shop/plain/` with a copied folder beside it, all under the strict CSP.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import sirv from 'sirv'
import { CONTENT_SECURITY_POLICY } from '../vite.config.ts'
import {
  SHOP_PACK,
  SITE,
  SITE_WITHOUT_WORKER,
  TRAVEL_PACK,
} from './site-server-places.ts'

const site = sirv('dist/site', { dev: true, etag: true })
const plain = sirv('examples/plain', { dev: true, etag: true })
/** Both made by `global-setup.ts`: a copied folder, and a small pack with interactions. */
const copy = sirv('.cache/e2e/hearth', { dev: true, etag: true })
const small = sirv('.cache/e2e/small', { dev: true, etag: true })
/** The shop's own files, and the pack that `shop.spec.ts` builds. */
const shop = sirv('examples/shop', { dev: true, etag: true })
const shopPack = sirv(SHOP_PACK, { dev: true, etag: true })
/** A shop in two languages, and the pack that `travel.spec.ts` builds. */
const travel = sirv('examples/travel', { dev: true, etag: true })
const travelPack = sirv(TRAVEL_PACK, { dev: true, etag: true })

/** Mount point → files; the first that fits serves. */
const mounts = [
  { at: '/shop/plain/hearth/', serve: copy },
  { at: '/shop/plain/', serve: plain },
  { at: '/market/hearth/', serve: copy },
  { at: '/market/pack/', serve: shopPack },
  { at: '/market/', serve: shop },
  { at: '/away/hearth/', serve: copy },
  { at: '/away/pack/', serve: travelPack },
  { at: '/away/', serve: travel },
  { at: '/small/hearth/', serve: site },
  { at: '/small/', serve: small },
  { at: '/', serve: site },
] as const

function answer(request: IncomingMessage, response: ServerResponse) {
  response.setHeader('Content-Security-Policy', CONTENT_SECURITY_POLICY)
  const mount = mounts.find(({ at }) => request.url?.startsWith(at))!
  request.url = `/${request.url!.slice(mount.at.length)}`
  mount.serve(request, response, () => missing(response))
}

function missing(response: ServerResponse) {
  response.statusCode = 404
  response.end('not found')
}

const portOf = (site: string) => Number(new URL(site).port)

createServer(answer).listen(portOf(SITE), '127.0.0.1')
createServer((request, response) => {
  if (request.url !== '/sw.js') return answer(request, response)
  response.setHeader('Content-Type', 'text/javascript')
  response.end('// a worker that does nothing')
}).listen(portOf(SITE_WITHOUT_WORKER), '127.0.0.1')
