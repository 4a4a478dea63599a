/** The words of an event column → what kind of event each names, and how strong a like it is. */

export interface EventKind {
  readonly name: string
  /** Weight of one such event, 0–1; 0: no like, the row is left out. */
  readonly strength: number
  /** As `eventKey` writes them: lower case, letters and digits only. */
  readonly words: readonly string[]
}

/**
 * From the strongest to those that are no likes. The steps follow how rarely each happens
 * on the way to a purchase: a view costs a visitor nothing, a purchase costs money.
 */
export const EVENT_KINDS: readonly EventKind[] = [
  {
    name: 'purchase',
    strength: 1,
    words: [
      ...['purchase', 'purchased', 'buy', 'bought', 'order', 'ordered', 'transaction'],
      ...['sale', 'sold', 'paid', 'payment', 'conversion', 'ordercompleted'],
      ...['completeorder', 'orderplaced', 'placeorder', 'complete', 'completed'],
      ...['finish', 'finished', 'rent', 'rented', 'borrow', 'borrowed', 'loan', 'own'],
      ...['ecommercepurchase', 'subscribe', 'subscribed', 'enroll', 'enrolled'],
      ...['kauf', 'gekauft', 'bestellung', 'bestellt', 'compra', 'comprado', 'pedido'],
      ...['achat', 'acheté', 'commande', 'покупка', 'заказ', 'acquisto'],
    ],
  },
  {
    name: 'like',
    strength: 0.8,
    words: [
      ...[
        'like',
        'liked',
        'love',
        'loved',
        'favorite',
        'favourite',
        'favorited',
        'fav',
      ],
      ...['favourited', 'heart', 'upvote', 'thumbsup', 'recommend', 'share', 'shared'],
      ...['follow', 'followed', 'download', 'downloaded', 'repost', 'retweet'],
    ],
  },
  {
    name: 'cart',
    strength: 0.5,
    words: [
      ...['cart', 'addtocart', 'addedtocart', 'addcart', 'add', 'added', 'basket'],
      ...['addtobasket', 'addtobag', 'productadded', 'checkout', 'begincheckout'],
      ...['checkoutstarted', 'addpaymentinfo', 'addshippinginfo', 'reserve'],
      ...['warenkorb', 'indenwarenkorb', 'carrito', 'añadiralcarrito', 'panier'],
      ...['ajoutaupanier', 'корзина', 'вкорзину', 'carrello'],
    ],
  },
  {
    name: 'save',
    strength: 0.5,
    words: [
      ...['save', 'saved', 'bookmark', 'bookmarked', 'collect', 'collected'],
      ...['wishlist', 'addtowishlist', 'addtofavorites', 'addtofavourites', 'toread'],
      ...['watchlist', 'addtowatchlist', 'plantowatch', 'comment', 'commented'],
      ...['review', 'reviewed', 'rate', 'rated', 'rating'],
    ],
  },
  {
    name: 'play',
    strength: 0.5,
    words: [
      ...['play', 'played', 'listen', 'listened', 'watch', 'watched', 'stream'],
      ...['streamed', 'read', 'start', 'started', 'use', 'used'],
    ],
  },
  {
    name: 'view',
    strength: 0.2,
    words: [
      ...['view', 'viewed', 'views', 'pageview', 'pv', 'click', 'clicked', 'clicks'],
      ...['clk', 'visit', 'visited', 'open', 'opened', 'detail', 'viewitem'],
      ...['itemview', 'productview', 'productviewed', 'viewproduct', 'detailview'],
      ...['viewdetail', 'selectitem', 'selectcontent', 'productclicked', 'browse'],
      ...['itemclick', 'contentview', 'viewcontent', 'screenview', 'preview'],
      ...['ansicht', 'angesehen', 'klick', 'vista', 'visto', 'visita', 'clic', 'vue'],
      ...['consultation', 'просмотр', 'клик'],
    ],
  },
  {
    name: 'shown',
    strength: 0,
    words: [
      ...['impression', 'impressions', 'shown', 'exposure', 'viewitemlist', 'display'],
      ...['displayed', 'search', 'searched', 'scroll', 'hover', 'sessionstart'],
      ...['userengagement', 'firstopen', 'viewcart', 'viewsearchresults', 'formstart'],
      ...['formsubmit', 'filedownload', 'login', 'logout', 'signup'],
    ],
  },
  {
    name: 'removal',
    strength: 0,
    words: [
      ...['removefromcart', 'removedfromcart', 'removefrombasket', 'deletefromcart'],
      ...['removefrombag', 'productremoved', 'remove', 'removed', 'delete', 'deleted'],
      ...['removefromwishlist', 'unsave', 'unbookmark', 'unfavorite', 'unfavourite'],
      ...['return', 'returned', 'refund', 'refunded', 'orderrefunded', 'cancel'],
      ...['cancelled', 'canceled', 'ordercancelled', 'chargeback', 'voided', 'failed'],
      ...['partiallyrefunded', 'trash', 'abandon', 'abandoned', 'dropped', 'reversed'],
      ...['wccancelled', 'wcrefunded', 'wcfailed', 'declined', 'expired', 'rejected'],
      ...['storno', 'storniert', 'retoure', 'retourniert', 'rückgabe', 'erstattet'],
      ...['cancelado', 'cancelada', 'anulado', 'anulada', 'devuelto', 'devolución'],
      ...['devolucion', 'reembolsado', 'reembolsada', 'annulé', 'annulée', 'annule'],
      ...['retour', 'retourné', 'remboursé', 'remboursée', 'отменен', 'отменён'],
      ...['отмена', 'возврат', 'возвращен', 'возвращён', 'annullato', 'geannuleerd'],
    ],
  },
  {
    name: 'dislike',
    strength: 0,
    words: [
      ...['unlike', 'unliked', 'dislike', 'disliked', 'hate', 'downvote', 'thumbsdown'],
      ...['skip', 'skipped', 'hide', 'hidden', 'dismiss', 'dismissed', 'block'],
      ...['notinterested', 'report', 'reported', 'unfollow', 'unsubscribe', 'bounce'],
    ],
  },
]

const KIND_OF_WORD: ReadonlyMap<string, EventKind> = new Map(
  EVENT_KINDS.flatMap((kind) => kind.words.map((word) => [word, kind] as const)),
)

/** `Add to cart`, `add_to_cart` and `addToCart` are one word. */
export function eventKey(word: string): string {
  return word.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
}

/** @returns undefined for a word nobody listed */
export function eventKindOf(word: string): EventKind | undefined {
  return KIND_OF_WORD.get(eventKey(word))
}
