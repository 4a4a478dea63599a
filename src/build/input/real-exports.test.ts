/** Tables as shops and sites give them: each was once refused, or read wrongly. */
import { expect, test } from 'vitest'
import { formatLeftOut } from './cleaning-log.ts'
import { formatColumns } from './item-columns.ts'
import { type ReadItemsOptions, readItems } from './read-items.ts'
import { tempFolder } from './temp-folder.test-data.ts'

function read(
  name: string,
  lines: readonly string[],
  named = {},
  options: ReadItemsOptions = {},
) {
  return readItems(tempFolder().write(name, lines.join('\n')), named, options)
}

const WOOCOMMERCE = [
  'ID,Type,SKU,Name,Published,"In stock?","Regular price",Categories,Images,Parent',
  '44,variable,vneck,V-Neck T-Shirt,1,1,,"Clothing > Tshirts","https://shop.example/a.jpg, https://shop.example/b.jpg",',
  '45,simple,cap,Cap,0,1,16,"Clothing > Accessories",https://shop.example/c.jpg,',
  '46,simple,belt,Belt,1,0,55,"Clothing > Accessories",https://shop.example/d.jpg,',
  '76,variation,vneck-red,"V-Neck T-Shirt - Red",1,1,20,,https://shop.example/e.jpg,vneck',
]

test('WooCommerce: drafts, sold-out items and variations are left out and counted', async () => {
  const { items, report } = await read('products.csv', WOOCOMMERCE)
  expect(items).toEqual([
    {
      id: '44',
      title: 'V-Neck T-Shirt',
      genres: ['Clothing', 'Tshirts'],
      image: 'https://shop.example/a.jpg',
      price: 20,
      available: true,
    },
  ])
  expect(formatLeftOut(report.leftOut)).toBe(
    '1 draft, 1 out of stock, 1 variation left out',
  )
  expect(report).toMatchObject({ rowsRead: 4, rowsKept: 1, warnings: [] })
})

test('sold-out items stay, marked, where the owner asks for it', async () => {
  const { items } = await read('x.csv', WOOCOMMERCE, {}, { keepSoldOut: true })
  expect(items.map(({ id, available }) => [id, available])).toEqual([
    ['44', true],
    ['46', false],
  ])
})

test('a shop that keeps no stock is not sold out', async () => {
  const { items } = await read('x.csv', ['id,title,stock', '1,A,0', '2,B,0'])
  expect(items).toHaveLength(2)
})

const SHOPIFY = [
  'Handle,Title,Body (HTML),Vendor,Type,Tags,Published,Variant SKU,Variant Price,Image Src,Status',
  'blue-shirt,Blue Shirt,"<p>Soft <b>cotton</b></p>",Acme,Shirt,"men, summer",TRUE,BS-S,19.99,https://shop.example/a.jpg,active',
  'blue-shirt,,,,,,,BS-M,19.99,,',
  'old-hat,Old Hat,<p>Straw</p>,Acme,Hat,men,FALSE,OH,9.99,https://shop.example/b.jpg,draft',
]

test('Shopify CSV: variant rows are merged without a fault, drafts left out', async () => {
  const { items, report, columns } = await read('shopify.csv', SHOPIFY)
  expect(items).toEqual([
    {
      id: 'blue-shirt',
      title: 'Blue Shirt',
      authors: ['Acme'],
      genres: ['men', 'summer', 'Shirt'],
      url: '/products/blue-shirt',
      image: 'https://shop.example/a.jpg',
      description: 'Soft cotton',
      price: 19.99,
    },
  ])
  expect(report.warnings).toEqual([])
  expect(report.leftOut).toEqual({ drafts: 1, soldOut: 0, variations: 0, merged: 1 })
  expect(formatColumns(columns)).toBe(
    'id ← Handle, title ← Title, authors ← Vendor, categories ← Tags + Type, ' +
      'description ← Body (HTML), image ← Image Src, price ← Variant Price, ' +
      'listed ← Published, status ← Status, url ← /products/{Handle}; ' +
      'kept as attributes: Variant SKU (category, 1 value)',
  )
})

test('Shopify API: the picture of an object, the text of its HTML, the handle as address', async () => {
  const product = {
    id: 8899151528185,
    title: 'Cruiser Board',
    handle: 'cruiser-board',
    body_html: '<p>Smooth</p>',
    vendor: 'Acme',
    product_type: 'Board',
    tags: 'Sport, Outdoor',
    image: { id: 1, src: 'https://shop.example/c.jpg' },
    images: [{ src: 'https://shop.example/c.jpg' }],
  }
  const sold = {
    ...product,
    id: 2,
    variants: [{ price: '9.00', available: false }],
  }
  const { items, report } = await read('x.json', [JSON.stringify([product, sold])])
  expect(items).toEqual([
    {
      id: '8899151528185',
      title: 'Cruiser Board',
      authors: ['Acme'],
      genres: ['Sport', 'Outdoor', 'Board'],
      url: '/products/cruiser-board',
      image: 'https://shop.example/c.jpg',
      description: 'Smooth',
    },
  ])
  expect(report.leftOut?.soldOut).toBe(1)
})

test('Google Merchant: picture, path of categories, price with its currency, stock', async () => {
  const rows = [
    'id\ttitle\tdescription\tlink\timage_link\tavailability\tprice\tbrand\tgoogle_product_category\tproduct_type',
    'sku1\tRed Shirt\tA red shirt\thttps://shop.example/p/1\thttps://shop.example/1.jpg\tin stock\t15.00 EUR\tAcme\tApparel & Accessories > Clothing\tMen > Shirts',
    'sku2\tGone Shirt\tSold out\thttps://shop.example/p/2\thttps://shop.example/2.jpg\tout of stock\t25.00 EUR\tAcme\tApparel & Accessories > Clothing\tMen > Shirts',
  ]
  const { items, report } = await read('google.tsv', rows)
  expect(items).toEqual([
    {
      id: 'sku1',
      title: 'Red Shirt',
      authors: ['Acme'],
      genres: ['Men', 'Shirts'],
      url: 'https://shop.example/p/1',
      image: 'https://shop.example/1.jpg',
      description: 'A red shirt',
      price: 15,
      currency: 'EUR',
      available: true,
    },
  ])
  expect(formatLeftOut(report.leftOut)).toBe('1 out of stock left out')
})

test('Google Merchant: of the variants of a group one item is made', async () => {
  const { items, report } = await read('g.tsv', [
    'id\ttitle\timage_link\tavailability\titem_group_id',
    'a-s\tShirt S\thttps://x.example/a.jpg\tout of stock\ta',
    'a-m\tShirt M\thttps://x.example/b.jpg\tin stock\ta',
  ])
  expect(items).toMatchObject([{ id: 'a-s', available: true }])
  expect(report.leftOut?.variations).toBe(1)
})

test('IMDb: tconst, primaryTitle, startYear', async () => {
  const { items } = await read('imdb.tsv', [
    'tconst\ttitleType\tprimaryTitle\toriginalTitle\tisAdult\tstartYear\tendYear\truntimeMinutes\tgenres',
    'tt0000001\tshort\tCarmencita\tCarmencita\t0\t1894\t\\N\t1\tDocumentary,Short',
  ])
  expect(items).toEqual([
    {
      id: 'tt0000001',
      title: 'Carmencita',
      year: 1894,
      genres: ['Documentary', 'Short'],
      url: 'https://www.imdb.com/title/tt0000001/',
    },
  ])
})

test('Algolia: objectID and name', async () => {
  const airport = { name: 'Charles de Gaulle', city: 'Paris', objectID: '1382' }
  const { items } = await read('algolia.json', [JSON.stringify([airport])])
  expect(items).toEqual([{ id: '1382', title: 'Charles de Gaulle' }])
})

test('Book-Crossing: author, year and picture', async () => {
  const { items } = await read('books.csv', [
    '"ISBN";"Book-Title";"Book-Author";"Year-Of-Publication";"Publisher";"Image-URL-L"',
    '"0060973129";"Decision in Normandy";"Carlo D\'Este";"1991";"HarperPerennial";"https://img.example/a.jpg"',
  ])
  expect(items).toEqual([
    {
      id: '0060973129',
      title: 'Decision in Normandy',
      authors: ["Carlo D'Este"],
      year: 1991,
      image: 'https://img.example/a.jpg',
    },
  ])
})

test('Magento: paths without their root, hidden variants and disabled products out', async () => {
  const { items, report } = await read('magento.csv', [
    'sku,product_type,categories,name,product_online,visibility,price,url_key,base_image,is_in_stock',
    'm1,simple,"Default Category/Gear,Default Category/Gear/Bags",Bag,1,"Catalog, Search",34.0000,bag,/b/a.jpg,1',
    'm2,simple,Default Category/Gear,Off,2,"Catalog, Search",1,off,,1',
    'm1-s,simple,Default Category/Gear,Bag S,1,Not Visible Individually,34,bag-s,,1',
  ])
  expect(items).toEqual([
    {
      id: 'm1',
      title: 'Bag',
      genres: ['Gear', 'Bags'],
      url: '/bag.html',
      image: '/b/a.jpg',
      price: 34,
      available: true,
    },
  ])
  expect(report.leftOut).toEqual({ drafts: 1, soldOut: 0, variations: 1, merged: 0 })
})

test('PrestaShop: names with a star and explanations', async () => {
  const { items } = await read('prestashop.csv', [
    'ID;Active (0/1);Name*;Categories (x,y,z...);Price tax excl. Or Price tax incl.;Image URLs (x,y,z...)',
    '1;1;iPod Nano;Home,iPods;49.90;https://x.example/a.jpg',
    '2;0;Off;Home;1;',
  ])
  expect(items).toEqual([
    {
      id: '1',
      title: 'iPod Nano',
      genres: ['Home', 'iPods'],
      image: 'https://x.example/a.jpg',
      price: 49.9,
    },
  ])
})

test('BigCommerce: products, not their SKUs', async () => {
  const { items } = await read('bigcommerce.csv', [
    'Item Type,Product ID,Product Name,Brand Name,Price,Category,Product Visible?,Product URL,Product Image URL - 1',
    'Product,7,Towel,Acme,9.50,Bath/Towels,Y,/towel/,https://x.example/t.jpg',
    'SKU,8,Red,,,,,,',
    'Product,9,Off,Acme,1,Bath,N,/off/,',
  ])
  expect(items).toEqual([
    {
      id: '7',
      title: 'Towel',
      authors: ['Acme'],
      genres: ['Bath', 'Towels'],
      url: '/towel/',
      image: 'https://x.example/t.jpg',
      price: 9.5,
    },
  ])
})

test('histories of Goodreads and Letterboxd, works of Open Library, games of Steam', async () => {
  const goodreads = await read('g.csv', [
    'Book Id,Title,Author,Additional Authors,My Rating,Year Published,Original Publication Year,Date Read',
    '7,"Dune (Dune, #1)",Frank Herbert,,5,2005,1965,2020/01/02',
  ])
  expect(goodreads.items[0]).toEqual({
    id: '7',
    title: 'Dune',
    authors: ['Frank Herbert'],
    year: 1965,
    series: { name: 'Dune', position: 1 },
    url: 'https://www.goodreads.com/book/show/7',
  })
  const letterboxd = await read('l.csv', [
    'Date,Name,Year,Letterboxd URI',
    '2020-01-02,Alien,1979,https://boxd.it/2awY',
  ])
  expect(letterboxd.items[0]).toEqual({
    id: 'https://boxd.it/2awY',
    title: 'Alien',
    year: 1979,
    url: 'https://boxd.it/2awY',
  })
  const library = await read('o.json', [
    '[{"key": "/works/OL45804W", "title": "Fantastic Mr Fox", "author_name": ["Roald Dahl"], "first_publish_year": 1970}]',
  ])
  expect(library.items[0]).toEqual({
    id: '/works/OL45804W',
    title: 'Fantastic Mr Fox',
    authors: ['Roald Dahl'],
    year: 1970,
    url: 'https://openlibrary.org/works/OL45804W',
  })
  const steam = await read('s.csv', [
    'AppID,Name,Release date,Price,About the game,Header image,Genres',
    '20200,Bowling,"Oct 21, 2008",19.99,Roll.,https://x.example/h.jpg,"Casual,Sports"',
  ])
  expect(steam.items[0]).toEqual({
    id: '20200',
    title: 'Bowling',
    year: 2008,
    published: '2008-10-21',
    genres: ['Casual', 'Sports'],
    description: 'Roll.',
    url: 'https://store.steampowered.com/app/20200',
    image: 'https://x.example/h.jpg',
    price: 19.99,
  })
})

test('without an id column the title is the id, and the report states it', async () => {
  const films = [
    {
      Title: 'The Land Girls',
      Director: null,
      'Major Genre': 'Drama',
      'Release Date': 'Jun 12 1998',
    },
    {
      Title: 'Slam',
      Director: 'Marc Levin',
      'Major Genre': 'Drama',
      'Release Date': 'Oct 09 1998',
    },
    { Title: 'Slam', Director: null, 'Major Genre': null, 'Release Date': null },
  ]
  const text = [JSON.stringify(films)]
  const { items, report, columns } = await read('movies.json', text)
  expect(items).toEqual([
    {
      id: 'The Land Girls',
      title: 'The Land Girls',
      year: 1998,
      genres: ['Drama'],
      published: '1998-06-12',
    },
    {
      id: 'Slam',
      title: 'Slam',
      authors: ['Marc Levin'],
      year: 1998,
      genres: ['Drama'],
      published: '1998-10-09',
    },
    { id: 'Slam (2)', title: 'Slam' },
  ])
  expect(report.notes?.[0]).toBe(
    "no id column: each item's id is its title (Title); another: --id COLUMN",
  )
  expect(columns.columns).toMatchObject({ id: 'Title', title: 'Title' })
  const named = await read('movies.json', text, { id: 'Title' })
  expect(named.items.map(({ id }) => id)).toEqual(['The Land Girls', 'Slam'])
  expect(named.items[0]!.title).toBe('The Land Girls')
})

test('without an id column an address is the id before the title is', async () => {
  const { items } = await read('x.csv', ['title,url', 'A,/a', 'B,', 'C,/a'])
  expect(items.map(({ id }) => id)).toEqual(['/a', 'B'])
})

test('the unnamed first column of pandas is the id', async () => {
  const { items } = await read('games.csv', [
    ',name,categories,year_published',
    '0,Outburst,Party,1986.0',
    '1,Siedler von Catan,Strategy,1995.0',
  ])
  expect(items).toEqual([
    { id: '0', title: 'Outburst', genres: ['Party'], year: 1986 },
    { id: '1', title: 'Siedler von Catan', genres: ['Strategy'], year: 1995 },
  ])
})

test('titles, categories and texts are freed of markup and keep their capitals', async () => {
  const { items } = await read('items.csv', [
    'id,title,description,categories',
    '1,Tom &amp; Jerry&#39;s Caf&eacute;,"<p>Warm <b>bread</b></p>",Home &amp; Garden',
    '2,Plain,plain text,LED Tubes',
  ])
  expect(items).toEqual([
    {
      id: '1',
      title: "Tom & Jerry's Café",
      description: 'Warm bread',
      genres: ['Home & Garden'],
    },
    { id: '2', title: 'Plain', description: 'plain text', genres: ['LED Tubes'] },
  ])
})

test('a template makes addresses, and a catalogue without any is a note', async () => {
  const rows = ['id,title,Some Slug', 'blue shirt,Blue,x/y', 'red-shirt,Red,']
  const bare = await read('items.csv', rows)
  expect(bare.report.notes).toEqual([
    'no item has an address, so cards lead nowhere: give --url COLUMN or a template, --url "/products/{id}"',
  ])
  const byId = await read('items.csv', rows, { url: '/products/{id}' })
  expect(byId.items.map(({ url }) => url)).toEqual([
    '/products/blue%20shirt',
    '/products/red-shirt',
  ])
  expect(byId.report.notes).toBeUndefined()
  const bySlug = await read('items.csv', rows, { url: '/p/{some_slug}' })
  expect(bySlug.items.map(({ url }) => url)).toEqual(['/p/x/y', undefined])
  await expect(read('items.csv', rows, { url: '/p/{nope}' })).rejects.toThrow(
    'no column "nope" (--url)',
  )
})

test('dates in every common form have their year', async () => {
  const dates = [
    '2016/05/09',
    '09.05.2016',
    'Jun 12 1998',
    '"Mon, 06 Sep 2021 00:01:00 +0000"',
    '1479164400',
    '20160509',
    '2016年5月9日',
    '2016-05-09',
  ]
  const rows = dates.map((date, i) => `${i},A,${date}`)
  const { items, report } = await read('items.csv', ['id,title,date', ...rows])
  expect(items.map(({ year }) => year)).toEqual([
    2016, 2016, 1998, 2021, 2016, 2016, 2016, 2016,
  ])
  expect(items[0]!.published).toBe('2016-05-09')
  expect(report.warnings).toEqual([])
})

test('lists that Python or JSON printed are lists', async () => {
  const { items } = await read('x.csv', [
    'id,title,genres,author',
    `1,A,"['Drama', ""Sci-Fi""]","[{'id': 1, 'name': 'Ann'}]"`,
    '2,B,"[""War"", ""Love""]",Acme',
  ])
  expect(items.map(({ genres }) => genres)).toEqual([
    ['Drama', 'Sci-Fi'],
    ['War', 'Love'],
  ])
  expect(items[0]!.authors).toEqual(['Ann'])
})

test('a title and an id under longer names are found where no better column is', async () => {
  const { items, columns } = await read('anime.csv', [
    'mal_id,title_eng,title_jap,year',
    '5,Bebop,ビバップ,1998',
  ])
  expect(items).toEqual([{ id: '5', title: 'Bebop', year: 1998 }])
  expect(columns.columns).toEqual({ id: 'mal_id', title: 'title_eng', year: 'year' })
})

test('a name under a longer name is a title, unless it is of somebody else', async () => {
  const { columns } = await read('recipes.csv', [
    ',author_name,recipe_name,img_src',
    '0,Ann,Bread,b.jpg',
  ])
  expect(columns.columns).toMatchObject({ title: 'recipe_name', image: 'img_src' })
})
