/** Where a test puts what the server serves. */
export const SHOP_PACK = '.cache/e2e/shop/pack'
export const TRAVEL_PACK = '.cache/e2e/travel/pack'

/** The first of two ports, the other 20 further on; another one lets two runs go on at once. */
const PORT = Number(process.env.E2E_PORT ?? 4180)
/** The built site, and the same with a service worker that does nothing. */
export const SITE = `http://127.0.0.1:${PORT}`
export const SITE_WITHOUT_WORKER = `http://127.0.0.1:${PORT + 20}`
