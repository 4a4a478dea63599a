import { describe, expect, test } from 'vitest'
import { formatAttributes } from './attribute-columns.ts'
import type { ColumnNames, ItemColumn } from './columns.ts'
import { type ReadItemsOptions, readItems } from './read-items.ts'
import { tempFolder } from './temp-folder.test-data.ts'

async function read(
  rows: readonly string[] | readonly object[],
  options?: ReadItemsOptions,
  named: ColumnNames<ItemColumn> = {},
) {
  const isJson = typeof rows[0] === 'object'
  const text = isJson ? JSON.stringify(rows) : rows.join('\n')
  const path = tempFolder().write(isJson ? 'items.json' : 'items.csv', text)
  return readItems(path, named, options)
}

/** Name → why it was left out. */
const reasons = ({ columns }: Awaited<ReturnType<typeof read>>) =>
  Object.fromEntries(columns.attributes!.leftOut.map(({ name, why }) => [name, why]))

describe('columns that no field uses', () => {
  test('are kept with their types, in the order of the table', async () => {
    const { attributes, columns } = await read([
      'id,title,Material,Weight,In print,Added,Sizes',
      '1,A,linen,1.5 kg,yes,2016-05-09,S|M',
      '2,B,cotton,2 kg,no,2017-05-09,M',
      '3,C,linen,,,,',
    ])
    expect(attributes.map(({ name, type }) => [name, type])).toEqual([
      ['Material', 'category'],
      ['Weight', 'number'],
      ['In print', 'flag'],
      ['Added', 'date'],
      ['Sizes', 'list'],
    ])
    expect(attributes[1]!.values).toEqual([1.5, 2, undefined])
    expect(formatAttributes(columns.attributes!)).toEqual([
      'kept as attributes: Material (category, 2 values), Weight (number), In print (flag), Added (date), Sizes (list, 2 values)',
    ])
  })

  test('are fields of objects within objects too, and not the objects', async () => {
    const { attributes, columns } = await read([
      { id: 1, title: 'A', size: { width: 4, unit: 'cm' }, colour: 'red' },
      { id: 2, title: 'B', size: { width: 5, unit: 'in' }, colour: 'blue' },
    ])
    expect(attributes.map(({ name }) => name)).toEqual([
      'colour',
      'size.width',
      'size.unit',
    ])
    expect(columns.unused).toEqual([])
  })

  test('are left out where nobody can filter by them, each with its reason', async () => {
    const left = await read([
      'id,title,Empty,Same,Copy,Twin,Colour,Trailer,Contact,Teaser,Long,Data',
      ...[1, 2, 3].map((n) =>
        [
          ...[n, `T${n}`, '', 'x', `T${n}`, `c${n % 2}`, `c${n % 2}`],
          `https://x.example/${n}`,
          `a${n}@x.example`,
          `<p>${n}</p> text of it`,
          'word '.repeat(100) + n,
          'A9'.repeat(70) + n,
        ].join(','),
      ),
    ])
    expect(left.attributes.map(({ name }) => name)).toEqual(['Twin', 'Teaser'])
    expect(left.attributes[1]!.values[0]).toBe('1 text of it')
    expect(reasons(left)).toEqual({
      Empty: 'empty',
      Same: 'the same everywhere: x',
      Copy: 'repeats title',
      Colour: 'repeats Twin',
      Trailer: 'addresses',
      Contact: 'e-mail addresses',
      Long: 'long texts',
      Data: 'encoded data',
    })
  })

  test.each([
    'Cost per item',
    'costPrice',
    'wholesale_price',
    'Supplier',
    'supplierID',
    'customer email',
    'E-Mail',
    'Phone number',
    'password',
    'api_token',
    'Internal notes',
    'Einkaufspreis',
    'purchase price',
    'userId',
  ])('named %s are not published', async (name) => {
    const left = await read([`id,title,${name}`, '1,A,red', '2,B,blue'])
    expect(reasons(left)).toEqual({ [name]: 'looks private' })
  })

  test.each(['Shipping cost', 'Costume', 'Hostel', 'mobile friendly'])(
    'named %s are',
    async (name) => {
      const { attributes } = await read([`id,title,${name}`, '1,A,red', '2,B,blue'])
      expect(attributes.map((column) => column.name)).toEqual([name])
    },
  )

  test('that count the stock are left out, those that count anything else are not', async () => {
    const names = ['Variant Inventory Qty', 'Quantity per unit', 'Min quantity']
    const found = await read([`id,title,${names}`, '1,A,7,10,2', '2,B,8,20,4'])
    expect(reasons(found)).toEqual({ 'Variant Inventory Qty': 'a stock count' })
  })

  test('that number the rows are left out', async () => {
    const found = await read(['Unnamed: 0,id,title,n', '0,a,A,5', '1,b,B,4'])
    expect(reasons(found)).toEqual({ 'Unnamed: 0': 'row numbers' })
    expect(found.attributes).toMatchObject([{ name: 'n' }])
  })

  test('with one name, or none, have names of their own', async () => {
    const { attributes } = await read(['id,title,x,x,', '1,A,a,c,e', '2,B,b,d,f'])
    const names = attributes.map(({ name }) => name)
    expect(names).toEqual(['x', 'x (2)', 'column 5'])
  })

  test('are as many as a manifest should name', async () => {
    const names = Array.from({ length: 60 }, (_, i) => `c${i}`)
    const cells = (n: number) => names.map((_, i) => `v${n * (i + 1)}`)
    const found = await read([
      `id,title,${names}`,
      `1,A,${cells(1)}`,
      `2,B,${cells(3)}`,
    ])
    expect(found.attributes).toHaveLength(50)
    expect(reasons(found)).toMatchObject({ c59: 'more than 50 columns' })
  })

  test('are kept whatever they hold where the owner names them, used ones too', async () => {
    const keep = ['Cost', 'price']
    const found = await read(['id,title,Cost,price', '1,A,3,5', '2,B,3,6'], {
      attributes: { keep },
    })
    expect(found.items[0]).toMatchObject({ price: 5 })
    expect(found.attributes).toEqual([
      { name: 'Cost', type: 'number', values: [3, 3] },
      { name: 'price', type: 'number', values: [5, 6] },
    ])
  })

  test('of which some cells are of another kind say how many', async () => {
    const rows = Array.from(
      { length: 100 },
      (_, i) => `${i},T${i},${i === 7 ? '?' : i * 2}`,
    )
    const { columns } = await read(['id,title,pages', ...rows])
    expect(formatAttributes(columns.attributes!)).toEqual([
      'kept as attributes: pages (number; 1 cell of another kind left out)',
    ])
  })
})

describe('of the variants of a product', () => {
  const SHOPIFY = 'Handle,Title,Option1 Name,Option1 Value,Variant Price,Grams,Colour'

  test('options are a list under their name, other columns the first one’s', async () => {
    const { attributes } = await read([
      SHOPIFY,
      'shirt,Shirt,Size,S,5,100,red',
      'shirt,,,M,5,120,blue',
      'shirt,,,M,5,120,blue',
      'mug,Mug,Title,Default Title,5,300,white',
      'hat,Hat,size,L,5,40,',
    ])
    expect(attributes).toEqual([
      { name: 'Grams', type: 'number', values: [100, 300, 40] },
      { name: 'Colour', type: 'list', values: [['red', 'blue'], ['white'], undefined] },
      { name: 'Size', type: 'list', values: [['S', 'M'], undefined, ['L']] },
    ])
  })

  test('options of a shop’s interface are lists too', async () => {
    const product = (id: number, values: string[]) => ({
      id,
      title: `T${id}`,
      options: [{ name: 'Size', position: 1, values }],
    })
    const { attributes } = await read([product(1, ['S', 'M']), product(2, ['L'])])
    expect(attributes).toEqual([
      { name: 'Size', type: 'list', values: [['S', 'M'], ['L']] },
    ])
  })

  test('attributes of WooCommerce go by their names', async () => {
    const { attributes } = await read([
      'ID,Type,SKU,Name,Published,Categories,Parent,Attribute 1 name,Attribute 1 value(s)',
      '1,variable,a,A,1,x,,Colour,"Red, Blue"',
      '2,variable,b,B,1,y,,Storage,64 GB',
    ])
    expect(attributes).toMatchObject([
      { name: 'Colour', values: [['Red', 'Blue'], undefined] },
      { name: 'Storage', values: [undefined, ['64 GB']] },
    ])
  })
})

describe('groups', () => {
  test('are shared by editions, which stay items of their own', async () => {
    const rows = ['id,title,work_id', '1,A,7', '2,A (paperback),7', '3,B,8']
    const { items } = await read(rows)
    expect(items.map(({ id, group }) => [id, group])).toEqual([
      ['1', '7'],
      ['2', '7'],
      ['3', undefined],
    ])
  })

  test('hold the original that editions name', async () => {
    const { items } = await read(['id,title,edition_of', '1,A,', '2,A2,1', '3,B,'])
    expect(items.map(({ group }) => group)).toEqual(['1', '1', undefined])
  })

  test('are a column of any name where the owner names it', async () => {
    const rows = ['id,title,master', '1,A,x', '2,B,x']
    const { items } = await read(rows, {}, { group: 'master' })
    expect(items.map(({ group }) => group)).toEqual(['x', 'x'])
  })

  test('are the work of an edition of Open Library', async () => {
    const edition = (key: string) => ({
      ...{ key, title: key, first_publish_year: 1965 },
      works: [{ key: '/works/OL1W' }],
    })
    const { items } = await read([edition('/books/OL1M'), edition('/books/OL2M')])
    expect(items.map(({ group }) => group)).toEqual(['/works/OL1W', '/works/OL1W'])
  })
})

describe('the size of a picture', () => {
  test('stands in its object, in the first of several, or in columns', async () => {
    const image = { src: 'a.jpg', width: 400, height: '600' }
    const { items } = await read([
      { id: 1, title: 'A', image },
      { id: 2, title: 'B', image: [{ alt: 'x' }, image] },
      { id: 3, title: 'C', image: 'c.jpg' },
      { id: 4, title: 'D', image: { src: 'd.jpg', width: 0, height: 600 } },
    ])
    expect(items.map(({ imageSize }) => imageSize)).toEqual([
      { width: 400, height: 600 },
      { width: 400, height: 600 },
      undefined,
      undefined,
    ])
    const rows = [
      'id,title,image,image_width,image_height',
      '1,A,a.jpg,4,6',
      '2,B,,4,6',
    ]
    const table = await read(rows)
    expect(table.items.map(({ imageSize }) => imageSize)).toEqual([
      { width: 4, height: 6 },
      undefined,
    ])
  })
})
