/** The names columns go by in owners' tables. */
/**
 * Names a column may have, best first. Case, spaces, `_` and `-` do not matter: `Movie ID`,
 * `movie_id` and `movieId` are one name.
 */
export const ITEM_COLUMNS = {
  id: [
    'id',
    'itemid',
    'iid',
    'bookid',
    'movieid',
    'productid',
    'articleid',
    'trackid',
    'sku',
    'asin',
    'isbn',
    'slug',
    'guid',
  ],
  title: [
    'title',
    'name',
    'itemname',
    'producttitle',
    'productname',
    'booktitle',
    'movietitle',
    'headline',
  ],
  authors: [
    'authors',
    'author',
    'creators',
    'creator',
    'director',
    'directors',
    'artist',
    'artists',
    'brand',
    'by',
  ],
  year: [
    'year',
    'releaseyear',
    'publicationyear',
    'originalpublicationyear',
    'published',
    'pubdate',
    'releasedate',
    'date',
  ],
  genres: ['genres', 'genre', 'categories', 'category', 'tags', 'subjects', 'topics'],
  description: [
    'description',
    'plot',
    'summary',
    'overview',
    'synopsis',
    'abstract',
    'blurb',
    'excerpt',
    'content',
  ],
  url: ['url', 'link', 'href', 'permalink', 'canonical', 'page'],
  image: [
    'image',
    'imageurl',
    'cover',
    'coverurl',
    'img',
    'poster',
    'posterurl',
    'thumbnail',
    'picture',
  ],
  language: ['language', 'languagecode', 'lang', 'locale'],
  series: ['series', 'seriesname', 'seriestitle'],
  position: ['seriesposition', 'seriesindex', 'seriesnumber', 'volume'],
} as const

export const INTERACTION_COLUMNS = {
  user: [
    'user',
    'userid',
    'uid',
    'visitor',
    'visitorid',
    'customer',
    'customerid',
    'reviewerid',
    'session',
    'sessionid',
  ],
  item: [
    'item',
    'itemid',
    'iid',
    'bookid',
    'movieid',
    'productid',
    'articleid',
    'trackid',
    'sku',
    'asin',
    'isbn',
    'slug',
    'id',
  ],
  rating: ['rating', 'ratings', 'stars', 'overall', 'score'],
  weight: ['weight', 'strength', 'count', 'plays', 'listens', 'quantity', 'value'],
  time: [
    'time',
    'timestamp',
    'ts',
    'datetime',
    'date',
    'createdat',
    'unixreviewtime',
    'when',
  ],
} as const

export type ItemColumn = keyof typeof ITEM_COLUMNS
export type InteractionColumn = keyof typeof INTERACTION_COLUMNS

/** Where each field is: its cell's index. */
export type ColumnMap<Field extends string> = Readonly<Partial<Record<Field, number>>>

/** What the owner said on the command line: field → column name. */
export type ColumnNames<Field extends string> = Readonly<Partial<Record<Field, string>>>
