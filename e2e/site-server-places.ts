/** Where a test puts what the server serves. */
export const SHOP_PACK = '.cache/e2e/shop/pack'

/** The built site, and the same on a host that has lost its service worker. */
export const SITE = 'http://127.0.0.1:4180'
export const SITE_WITHOUT_WORKER = 'http://127.0.0.1:4181'
