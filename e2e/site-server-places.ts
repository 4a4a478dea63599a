/** Where a test puts what the server serves. */
export const SHOP_PACK = '.cache/e2e/shop/pack'
export const TRAVEL_PACK = '.cache/e2e/travel/pack'
