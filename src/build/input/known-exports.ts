/**
 * What shops and sites call the columns of their exports. Each is a table of names; a new
 * one needs no code.
 */
import { columnKey, type ItemColumn } from './columns.ts'

type Names = Partial<Readonly<Record<ItemColumn, readonly string[]>>>

/** A shop counts a variant only where it is tracked, and may go on selling without stock. */
interface StockNames {
  readonly tracker: string
  readonly quantity: string
  readonly policy: string
}

export interface KnownExport {
  readonly name: string
  /** Recognised where all columns of one of these are there. */
  readonly has: readonly (readonly string[])[]
  /**
   * Of the columns of a field that are there, the first that is filled counts. A field
   * that is not here goes by its usual names; one without names has no column.
   */
  readonly columns: Names
  /** Columns whose names are added to those of a list. */
  readonly also?: Partial<Readonly<Record<'authors' | 'genres', readonly string[]>>>
  /** An item's address, where it has no column: `/products/{Handle}`. */
  readonly url?: string
  /** Columns that tell together whether a variant is sold out. */
  readonly stock?: StockNames
  /** Further rows with an id are variants and pictures of its product. */
  readonly mergesRows?: boolean
  /** Variants and pictures follow their product, and do not name it. */
  readonly followsProduct?: boolean
  /** How the names of a category path are joined, where not by ` > `. */
  readonly pathSeparator?: string
  /** One category path a cell, so that a comma belongs to a name. */
  readonly isOnePath?: boolean
  /** Roots that every path begins with: no names of categories. */
  readonly pathRoots?: readonly string[]
  /** What its flag has for products that are not shown, besides 0 and false. */
  readonly unlistedFlags?: readonly string[]
}

const EXPORTS: readonly KnownExport[] = [
  {
    name: 'Shopify',
    has: [
      ['Handle', 'Title', 'Variant Price'],
      ['Handle', 'Title', 'Variant SKU'],
      ['Handle', 'Title', 'Image Src'],
    ],
    columns: {
      id: ['Handle'],
      title: ['Title'],
      description: ['Body (HTML)', 'Body HTML'],
      authors: ['Vendor'],
      genres: ['Tags'],
      image: ['Image Src', 'Variant Image'],
      price: ['Variant Price'],
      listed: ['Published'],
      status: ['Status'],
      published: [],
      available: [],
    },
    also: { genres: ['Type'] },
    url: '/products/{Handle}',
    stock: {
      tracker: 'Variant Inventory Tracker',
      quantity: 'Variant Inventory Qty',
      policy: 'Variant Inventory Policy',
    },
    mergesRows: true,
  },
  {
    name: 'Shopify API',
    has: [
      ['handle', 'body_html', 'title'],
      ['handle', 'product_type', 'vendor'],
    ],
    columns: {
      id: ['id', 'handle'],
      title: ['title'],
      description: ['body_html'],
      authors: ['vendor'],
      genres: ['tags'],
      image: ['image', 'images', 'featured_image'],
      price: ['price', 'variants'],
      available: ['available', 'variants'],
      published: ['published_at'],
      status: ['status'],
    },
    also: { genres: ['product_type'] },
    url: '/products/{handle}',
  },
  {
    name: 'WooCommerce',
    has: [
      ['In stock?', 'Regular price'],
      ['Type', 'SKU', 'Name', 'Published', 'Categories'],
      ['В наличии?', 'Имя'],
      ['Vorrätig?', 'Name'],
      ['¿Existencias?', 'Nombre'],
      ['En stock ?', 'Nom'],
    ],
    columns: {
      id: ['ID', 'SKU', 'Артикул'],
      title: ['Name', 'Имя', 'Nombre', 'Nom'],
      description: [
        'Description',
        'Short description',
        'Описание',
        'Краткое описание',
        'Beschreibung',
        'Kurzbeschreibung',
        'Descripción',
        'Descripción corta',
        'Description courte',
      ],
      authors: ['Brands', 'Brand', 'Бренды', 'Marken', 'Marcas', 'Marques'],
      genres: ['Categories', 'Категории', 'Kategorien', 'Categorías', 'Catégories'],
      image: ['Images', 'Изображения', 'Bilder', 'Imágenes'],
      price: [
        'Sale price',
        'Regular price',
        'Price',
        'Цена распродажи',
        'Акционная цена',
        'Базовая цена',
        'Angebotspreis',
        'Regulärer Preis',
        'Precio rebajado',
        'Precio normal',
        'Tarif promo',
        'Tarif régulier',
      ],
      available: [
        'In stock?',
        'В наличии?',
        'Vorrätig?',
        '¿Existencias?',
        'En stock ?',
      ],
      listed: ['Published', 'Опубликован', 'Veröffentlicht', 'Publicado', 'Publié'],
      published: [],
      kind: ['Type', 'Тип', 'Typ', 'Tipo'],
      parent: ['Parent', 'Родительский', 'Übergeordnetes Produkt', 'Superior'],
      sku: ['SKU', 'Артикул', 'Artikelnummer', 'UGS'],
    },
    also: { genres: ['Tags', 'Метки', 'Schlagwörter', 'Etiquetas', 'Étiquettes'] },
  },
  {
    name: 'WordPress',
    has: [['wp:post_type', 'wp:post_id']],
    columns: {
      id: ['wp:post_id'],
      title: ['title'],
      description: ['excerpt:encoded', 'description', 'content'],
      authors: ['creator'],
      genres: ['category'],
      url: ['link'],
      image: ['image'],
      price: ['wp:price'],
      available: ['wp:stock'],
      published: ['wp:post_date', 'pubDate'],
      status: ['wp:status'],
      kind: ['wp:kind'],
      parent: ['wp:parent'],
      sku: ['wp:sku'],
    },
  },
  {
    name: 'WooCommerce API',
    has: [
      ['permalink', 'stock_status', 'name'],
      ['permalink', 'catalog_visibility', 'name'],
      ['permalink', 'is_in_stock', 'name'],
    ],
    columns: {
      id: ['id'],
      title: ['name'],
      description: ['description', 'short_description'],
      authors: ['brands'],
      genres: ['categories'],
      // of the shop's own interface `prices` holds cents: not read as what it is not
      price: ['price', 'regular_price'],
      available: ['stock_status', 'is_in_stock'],
      listed: ['catalog_visibility'],
      published: ['date_created'],
      status: ['status'],
      kind: ['type'],
      url: ['permalink'],
      image: ['images'],
      parent: [],
    },
    also: { genres: ['tags'] },
    unlistedFlags: ['hidden'],
  },
  {
    name: 'Google Merchant',
    has: [
      ['id', 'title', 'image_link'],
      ['id', 'title', 'image link'],
    ],
    columns: {
      id: ['id'],
      title: ['title'],
      authors: ['brand'],
      genres: ['product_type', 'google_product_category'],
      image: ['image_link', 'additional_image_link'],
      price: ['sale_price', 'price'],
      available: ['availability'],
      published: [],
    },
    isOnePath: true,
  },
  {
    name: 'Magento',
    has: [
      ['sku', 'product_type', 'product_online'],
      ['sku', 'attribute_set_code', 'name'],
    ],
    columns: {
      id: ['sku'],
      title: ['name'],
      description: ['description', 'short_description'],
      genres: ['categories'],
      image: ['base_image', 'image', 'small_image', 'thumbnail_image'],
      price: ['special_price', 'price'],
      available: ['is_in_stock'],
      listed: ['product_online'],
      kind: ['visibility'],
      published: [],
    },
    url: '/{url_key}.html',
    pathSeparator: '/',
    pathRoots: ['Default Category', 'Root Catalog'],
    unlistedFlags: ['2'],
  },
  {
    name: 'PrestaShop',
    has: [
      ['Active (0/1)', 'Name'],
      ['Name', 'Categories (x,y,z...)'],
      ['Name', 'Image URLs (x,y,z...)'],
    ],
    columns: {
      id: ['ID', 'Product ID', 'Reference', 'Reference #'],
      title: ['Name'],
      description: ['Description', 'Summary', 'Short description'],
      authors: ['Manufacturer', 'Brand'],
      genres: ['Categories (x,y,z...)', 'Categories'],
      image: ['Image URLs (x,y,z...)', 'Image URLs', 'Image'],
      price: [
        'Price tax included',
        'Price tax incl.',
        'Price tax excluded',
        'Price tax excl.',
        'Price tax excluded or Price tax included',
        'Price tax excl. Or Price tax incl.',
        'Price',
      ],
      available: ['Available for order (0 = No, 1 = Yes)', 'Quantity'],
      listed: ['Active (0/1)', 'Active'],
      published: [],
    },
    also: { genres: ['Tags (x,y,z...)', 'Tags'] },
  },
  {
    name: 'BigCommerce',
    has: [
      ['Product Name', 'Product Visible?'],
      ['Item Type', 'Product ID', 'Product Name'],
    ],
    columns: {
      id: ['Product ID', 'Product Code/SKU'],
      title: ['Product Name'],
      description: ['Product Description'],
      authors: ['Brand Name'],
      genres: ['Category', 'Category Details'],
      image: [
        'Product Image URL - 1',
        'Product Image File - 1',
        'Product Image File 1',
      ],
      price: ['Sale Price', 'Price'],
      listed: ['Product Visible?'],
      url: ['Product URL'],
      kind: ['Item Type'],
      available: [],
      published: [],
    },
    pathSeparator: '/',
  },
  {
    name: 'BigCommerce (version 3)',
    has: [['Item', 'ID', 'Name', 'Internal Image URL (Export)']],
    columns: {
      id: ['ID'],
      title: ['Name'],
      description: ['Description'],
      image: ['Internal Image URL (Export)', 'Image URL (Import)', 'Variant Image URL'],
      price: ['Sale Price', 'Price'],
      listed: ['Is Visible'],
      url: ['Product URL'],
      kind: ['Item'],
      // numbers of categories and brands, and a stock of 0 where none is kept
      genres: [],
      authors: [],
      available: [],
      published: [],
    },
    followsProduct: true,
  },
  {
    name: 'IMDb list',
    has: [['Const', 'Title', 'Title Type']],
    columns: {
      id: ['Const'],
      title: ['Title'],
      authors: ['Directors'],
      year: ['Year'],
      genres: ['Genres'],
      url: ['URL'],
      published: ['Release Date'],
      description: [],
    },
  },
  {
    name: 'IMDb',
    has: [['tconst', 'primaryTitle']],
    columns: {
      id: ['tconst'],
      title: ['primaryTitle'],
      year: ['startYear'],
      genres: ['genres'],
    },
    url: 'https://www.imdb.com/title/{tconst}/',
  },
  {
    name: 'Book-Crossing',
    has: [['ISBN', 'Book-Title']],
    columns: {
      id: ['Book_ID', 'ISBN'],
      title: ['Book-Title'],
      authors: ['Book-Author'],
      year: ['Year-Of-Publication'],
      image: ['Image-URL-L', 'Image-URL-M', 'Image-URL-S'],
    },
  },
  {
    name: 'MovieLens',
    has: [['movieId', 'title', 'genres']],
    columns: { id: ['movieId'], title: ['title'], genres: ['genres'] },
  },
  {
    name: 'Goodreads',
    has: [['Book Id', 'Title', 'Author', 'My Rating']],
    columns: {
      id: ['Book Id'],
      title: ['Title'],
      authors: ['Author'],
      year: ['Original Publication Year', 'Year Published'],
      genres: [],
      published: [],
    },
    also: { authors: ['Additional Authors'] },
    url: 'https://www.goodreads.com/book/show/{Book Id}',
  },
  {
    name: 'Letterboxd',
    has: [['Name', 'Letterboxd URI']],
    columns: {
      id: ['Letterboxd URI'],
      title: ['Name'],
      year: ['Year'],
      url: ['Letterboxd URI'],
      genres: [],
      published: [],
    },
  },
  {
    name: 'Open Library',
    has: [
      ['key', 'title', 'author_name'],
      ['key', 'title', 'first_publish_year'],
      ['key', 'title', 'first_publish_date'],
      ['key', 'title', 'latest_revision'],
    ],
    columns: {
      id: ['key'],
      title: ['title'],
      authors: ['author_name', 'by_statement'],
      genres: ['subject', 'subjects'],
      year: ['first_publish_year', 'first_publish_date', 'publish_date'],
      description: ['description.value', 'description', 'first_sentence.value'],
      group: ['works', 'work_key'],
    },
    url: 'https://openlibrary.org{key}',
  },
  {
    name: 'Steam',
    has: [['appid', 'name']],
    columns: {
      id: ['appid'],
      title: ['name'],
      authors: ['developers', 'developer'],
      description: ['short_description', 'about_the_game', 'detailed_description'],
      genres: ['genres'],
      image: ['header_image', 'capsule_image'],
      published: ['release_date'],
    },
    url: 'https://store.steampowered.com/app/{appid}',
  },
  {
    name: 'JSON Feed',
    has: [
      ['id', 'content_html', 'url'],
      ['id', 'content_text', 'url'],
      ['id', 'content_html', 'date_published'],
      ['id', 'content_text', 'date_published'],
    ],
    columns: {
      id: ['id'],
      // notes have no title of their own
      title: ['title', 'summary', 'content_text'],
      authors: ['authors', 'author'],
      genres: ['tags'],
      description: ['summary', 'content_text', 'content_html'],
      url: ['url', 'external_url'],
      image: ['image', 'banner_image'],
      language: ['language'],
      published: ['date_published', 'date_modified'],
    },
  },
  {
    name: 'Algolia',
    has: [
      ['objectID', 'name'],
      ['objectID', 'title'],
    ],
    columns: { id: ['objectID'] },
  },
]

/** The first export whose columns are there. */
export function findExport(columns: readonly string[]): KnownExport | undefined {
  // `image.src` is a field within another, not the column Image Src
  const keys = new Set(columns.filter((name) => !name.includes('.')).map(columnKey))
  const isThere = (name: string) => keys.has(columnKey(name))
  return EXPORTS.find(({ has }) => has.some((all) => all.every(isThere)))
}
