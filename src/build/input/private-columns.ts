/** Columns that an owner would not publish, known by their names: a pack is public. */

/** `costPerItem`, `Cost per item` → `cost per item`, with a space at both ends. */
function phraseOf(name: string): string {
  const words = name
    .replace(/(\p{Ll}|\p{N})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .match(/[\p{L}\p{M}\p{N}]+/gu)
  return ` ${(words ?? []).join(' ')} `
}

const PRIVATE = new RegExp(
  [
    // what it costs the shop
    ' (costs?|cogs|wholesale|margin|markup|profit|costo|coste|coût|einkaufspreis) ',
    ' (purchase|buying|buy|landed|dealer|trade|ek) (price|preis)',
    ' (закупочная|себестоимость) ',
    // whom it buys from
    ' (suppliers?|lieferant|fournisseur|proveedor|fornitore|поставщик) ',
    // people
    ' e ?mails?( address| addresses)? $',
    ' (phone|telephone|mobile|tel|fax|telefon|téléphone|телефон)( number| no| nummer)? $',
    ' (ip|billing|home|street|mac) address',
    ' (customer|client|buyer|user)s? (name|id|e ?mail|address|phone)',
    ' (username|user name|iban|ssn|passport|date of birth|credit card)',
    // ways in
    ' (passwords?|passwd|pwd|passwort|пароль|secrets?|tokens?|apikey) ',
    ' (api|access|private|secret) key ',
    // notes to oneself
    ' (internal|private|confidential|staff) ',
  ].join('|'),
)
const SHIPPING = / (shipping|delivery|postage|versand) /

/** Names of what nobody but the owner should read: costs, suppliers, people, keys. */
export function looksPrivate(name: string): boolean {
  const phrase = phraseOf(name)
  return PRIVATE.test(phrase) && !(SHIPPING.test(phrase) && / cost/.test(phrase))
}

const STOCK =
  / (stock|inventory|qty|quantity|units? on order|on hand|reorder level|lagerbestand|остаток) /
const NO_COUNT = / (min|max|minimum|maximum|per|pack|status|policy|tracker|unit) /

/** How many are left, which changes by the hour: only whether there are any is kept. */
export function looksLikeStock(name: string): boolean {
  const phrase = phraseOf(name)
  return STOCK.test(phrase) && !NO_COUNT.test(phrase)
}

const CODE =
  / (isbn|isbn13|isbn10|issn|ean|ean13|upc|gtin|barcode|mpn|sku|zip|zipcode|postal|postcode|plz|code) /

/** Digits that count nothing: `0380013169` is no number. */
export function looksLikeCode(name: string): boolean {
  return CODE.test(phraseOf(name))
}

const OPTION =
  / (sizes?|colou?rs?|größen?|farben?|taille|couleur|talla|rozmiar|storage|material) $/

/** What the variants of a product differ in. */
export function looksLikeOption(name: string): boolean {
  return OPTION.test(phraseOf(name))
}

/** pandas and spreadsheets number their rows under such names. */
export function looksLikeRowNumber(name: string): boolean {
  return /^ ((unnamed( 0)?|index|row( number| no| id)?|no|nr|sr no|s no|id) )?$/.test(
    phraseOf(name),
  )
}
