/** The names the columns of interactions go by in owners' tables. */
import { columnKey } from './columns.ts'

/**
 * Names a column may have, best first, written as `findColumns` compares them.
 * `order` stands in for a user where there is no other; `itemList` holds several items,
 * or the lines of an order, in one cell.
 */
export const INTERACTION_COLUMNS = {
  user: [
    ...['user', 'userid', 'uid', 'visitor', 'visitorid', 'customer', 'customerid'],
    ...['reviewerid', 'member', 'memberid', 'buyer', 'buyerid', 'account', 'accountid'],
    ...['customernumber', 'customerno', 'customerkey', 'customercode', 'shopperid'],
    ...['userkey', 'useridentifier', 'userpseudoid', 'fullvisitorid', 'personid'],
    ...['clientid', 'profileid', 'readerid', 'playerid', 'reviewer', 'username'],
    ...['login', 'reviewerusername', 'customeremail', 'useremail', 'email'],
    ...[
      'kundennummer',
      'kundennr',
      'kundenid',
      'kunde',
      'kundin',
      'benutzer',
      'nutzer',
    ],
    ...['benutzerid', 'nutzerid', 'cliente', 'idcliente', 'clienteid', 'codigocliente'],
    ...['usuario', 'idusuario', 'usuarioid', 'comprador', 'client', 'idclient'],
    ...['codeclient', 'numeroclient', 'numéroclient', 'utilisateur', 'idutilisateur'],
    ...['клиент', 'клиентid', 'idклиента', 'кодклиента', 'покупатель', 'пользователь'],
    ...['idпользователя', 'utente', 'idutente', 'klant', 'klantnummer', 'klantid'],
  ],
  session: [
    ...['session', 'sessionid', 'sid', 'visit', 'visitid', 'idvisit', 'sessionkey'],
    ...['gasessionid', 'usersession', 'deviceid', 'cookieid', 'anonymousid'],
  ],
  order: [
    ...['orderid', 'order', 'ordernumber', 'orderno', 'invoiceno', 'invoice'],
    ...['invoiceid', 'invoicenumber', 'transactionid', 'basketid', 'cartid'],
    ...['receiptid', 'ticketid', 'salesorderid'],
    ...['bestellnummer', 'bestellnr', 'bestellung', 'bestellid', 'auftragsnummer'],
    ...[
      'auftrag',
      'rechnungsnummer',
      'rechnungsnr',
      'belegnummer',
      'pedido',
      'idpedido',
    ],
    ...['pedidoid', 'numeropedido', 'númeropedido', 'numerodepedido', 'númerodepedido'],
    ...['factura', 'commande', 'idcommande', 'numerocommande', 'numérocommande'],
    ...['numérodecommande', 'numerodecommande', 'facture', 'заказ', 'номерзаказа'],
    ...['idзаказа', 'ordine', 'numeroordine', 'bestelnummer'],
  ],
  item: [
    ...['item', 'itemid', 'iid', 'bookid', 'movieid', 'productid', 'articleid'],
    ...['trackid', 'sku', 'asin', 'isbn', 'slug', 'product', 'book', 'movie', 'film'],
    ...['filmid', 'track', 'song', 'songid', 'article', 'anime', 'animeid', 'game'],
    ...['gameid', 'appid', 'itemcode', 'itemsku', 'productcode', 'productsku'],
    ...['stockcode', 'parentasin', 'contentid', 'objectid', 'newsid', 'videoid'],
    ...['recipeid', 'courseid', 'showid', 'businessid', 'listingid', 'lineitemsku'],
    ...['variantid', 'tconst', 'lineitemproductid', 'productgid', 'productnumber'],
    ...['artikelnummer', 'artikelnr', 'artnr', 'artikelid', 'artikel', 'produktid'],
    ...['produktnummer', 'produkt', 'articulo', 'artículo', 'idarticulo', 'producto'],
    ...['idproducto', 'productoid', 'codigoproducto', 'códigoproducto', 'referencia'],
    ...['produit', 'idproduit', 'produitid', 'codeproduit', 'référence', 'reference'],
    ...['codearticle', 'товар', 'idтовара', 'кодтовара', 'артикул', 'prodotto'],
    ...['idprodotto', 'articolo', 'productnummer', 'id'],
  ],
  rating: [
    ...['rating', 'ratings', 'stars', 'overall', 'score', 'bookrating', 'userrating'],
    ...['starrating', 'myrating', 'yourrating', 'reviewrating', 'reviewscore'],
    ...['ratingvalue', 'ratingscore', 'userscore', 'grade', 'bewertung', 'sterne'],
    ...['puntuacion', 'puntuación', 'valoracion', 'valoración', 'calificacion'],
    ...['calificación', 'note', 'évaluation', 'оценка', 'рейтинг', 'voto'],
  ],
  weight: [
    'weight',
    'strength',
    'count',
    'plays',
    'listens',
    'value',
    'playcount',
    'hours',
    'hoursplayed',
    'playtime',
    'playtimeforever',
  ],
  quantity: [
    ...['quantity', 'qty', 'lineitemquantity', 'orderquantity', 'orderedquantity'],
    ...['itemquantity', 'qtyordered', 'units', 'unitssold', 'amountofitems'],
    ...['menge', 'anzahl', 'stückzahl', 'stueckzahl', 'bestellmenge', 'cantidad'],
    ...['unidades', 'quantité', 'quantite', 'qté', 'qte', 'количество', 'колво', 'кол'],
    ...['quantità', 'quantita', 'aantal', 'quantidade'],
  ],
  event: [
    ...['eventtype', 'event', 'eventname', 'action', 'actiontype', 'behavior'],
    ...['behaviour', 'behaviortype', 'behaviourtype', 'interaction', 'activity'],
    ...['interactiontype', 'activitytype', 'feedback', 'feedbacktype', 'verb'],
    ...['transactiontype', 'type', 'kind'],
  ],
  status: [
    ...['orderstatus', 'status', 'financialstatus', 'orderstate', 'state'],
    ...['paymentstatus', 'fulfillmentstatus', 'bestellstatus', 'auftragsstatus'],
    ...['zahlungsstatus', 'estado', 'estadopedido', 'estadodelpedido', 'statut'],
    ...['statutcommande', 'état', 'etat', 'статус', 'статусзаказа', 'stato'],
    ...['iscancelled', 'iscanceled', 'cancelled', 'canceled', 'isreturned', 'returned'],
    ...['isrefunded', 'refunded', 'isreturn', 'storniert', 'cancelado', 'annulé'],
  ],
  time: [
    ...['time', 'timestamp', 'ts', 'datetime', 'date', 'createdat', 'unixreviewtime'],
    ...['when', 'eventtime', 'eventdate', 'eventtimestamp', 'orderdate', 'invoicedate'],
    ...['purchasedate', 'purchasedat', 'orderedat', 'placedat', 'processedat'],
    ...['reviewtime', 'reviewdate', 'ratedat', 'datetimestamp', 'unixtime'],
    ...['orderpurchasetimestamp', 'playedat', 'watchedat', 'servertime', 'created'],
    ...['datecreated', 'creationdate', 'updatedat', 'day', 'datum', 'bestelldatum'],
    ...['kaufdatum', 'auftragsdatum', 'rechnungsdatum', 'zeit', 'zeitpunkt', 'fecha'],
    ...['fechapedido', 'fechadepedido', 'fechacompra', 'fechadecompra', 'datecommande'],
    ...[
      'datedecommande',
      'dateachat',
      'дата',
      'датазаказа',
      'время',
      'data',
      'dataordine',
    ],
  ],
  itemList: [
    ...['items', 'products', 'lineitems', 'lines', 'orderitems', 'orderlines'],
    ...['orderdetails', 'itemids', 'productids', 'movieids', 'bookids', 'itemlist'],
    ...['cart', 'basket', 'history', 'sequence', 'clicks', 'purchases', 'likes'],
    ...['liked', 'favorites', 'favourites', 'wishlist', 'library', 'books', 'movies'],
    ...['tracks', 'games', 'articles', 'entries', 'events', 'interactions'],
  ],
} as const

export type InteractionColumn = keyof typeof INTERACTION_COLUMNS

/** Columns of pages: items by their address, where no column names them by id. */
export const PAGE_COLUMNS = [
  ...[
    'pagelocation',
    'pageurl',
    'url',
    'producturl',
    'itemurl',
    'metadataurl',
    'pagepath',
  ],
  ...[
    'urlpath',
    'pagepathandscreenclass',
    'pagepathquerystring',
    'landingpage',
    'path',
  ],
  ...['page', 'uri', 'requesturi', 'requesturl', 'link', 'href', 'address', 'location'],
  ...['label', 'name', 'screen', 'fullpageurl', 'documentlocation'],
] as const

/** Columns of titles, where neither an id nor an address is there. */
export const TITLE_COLUMNS = [
  ...['title', 'itemname', 'productname', 'itemtitle', 'producttitle', 'booktitle'],
  ...[
    'movietitle',
    'filmtitle',
    'songtitle',
    'trackname',
    'name',
    'pagetitle',
    'label',
  ],
  ...['description', 'lineitemname', 'gametitle', 'coursetitle', 'artikelname'],
  ...['artikelbezeichnung', 'bezeichnung', 'produkt', 'producto', 'produit', 'товар'],
] as const

/** What a name means, and how good a name it is for that: 0 is best. */
interface KnownName {
  readonly field: InteractionColumn
  readonly rank: number
}

const MEANING: ReadonlyMap<string, KnownName> = new Map(
  (Object.keys(INTERACTION_COLUMNS) as InteractionColumn[]).flatMap((field) =>
    INTERACTION_COLUMNS[field].map((alias, rank) => [alias, { field, rank }] as const),
  ),
)

/** @returns undefined for a name that no field goes by */
export function meaningOf(name: string): KnownName | undefined {
  return MEANING.get(columnKey(name))
}

/** Where the names of a field are among others, best first. */
export function namesOfField(
  names: readonly string[],
  field: InteractionColumn,
): number[] {
  const ranked = names.flatMap((name, at) => {
    const known = meaningOf(name)
    return known?.field === field ? [{ at, rank: known.rank }] : []
  })
  return ranked.sort((a, b) => a.rank - b.rank).map(({ at }) => at)
}

/** Is it the id that any record has, whatever it is a record of? */
export function isOwnId(name: string): boolean {
  return name.trim().toLowerCase() === 'id'
}

/** Names that hold an item's id, best first: a record's own id only where no other is. */
export function itemNames(names: readonly string[]): number[] {
  const all = namesOfField(names, 'item')
  const others = all.filter((at) => !isOwnId(names[at]!))
  return others.length > 0 ? others : all
}
