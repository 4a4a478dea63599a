/** What shops that count their stock state as available. */
import { expect, test } from 'vitest'
import { readItems } from './read-items.ts'
import { tempFolder } from './temp-folder.test-data.ts'

const read = (name: string, lines: readonly string[]) =>
  readItems(tempFolder().write(name, lines.join('\n')))

test('Shopify: what is tracked, has none left and may not be sold on is sold out', async () => {
  const { items, report } = await read('products.csv', [
    'Handle,Title,Variant Inventory Tracker,Variant Inventory Qty,Variant Inventory Policy,Variant Price',
    'a,Snow globe,shopify,0,deny,9',
    'b,Print to order,shopify,0,continue,9',
    'c,Voucher,,0,deny,9',
    'd,Lamp,shopify,0,deny,9',
    'd,,shopify,2,deny,9',
  ])
  expect(items.map(({ id, available }) => [id, available])).toEqual([
    ['b', true],
    ['c', undefined],
    ['d', true],
  ])
  expect(report.leftOut).toMatchObject({ soldOut: 1 })
})

test('Shopify API: variants that count their stock are available while it lasts', async () => {
  const variant = (quantity: number, more = {}) => ({
    price: '9.00',
    inventory_management: 'shopify',
    inventory_policy: 'deny',
    inventory_quantity: quantity,
    ...more,
  })
  const product = (id: number, variants: readonly object[]) => ({
    ...{ id, title: `T${id}`, handle: `t${id}`, body_html: '', vendor: 'Acme' },
    variants,
  })
  const { items } = await read('products.json', [
    JSON.stringify([
      product(1, [variant(0), variant(3)]),
      product(2, [variant(0)]),
      product(3, [variant(0, { inventory_management: null })]),
    ]),
  ])
  expect(items.map(({ id, available }) => [id, available])).toEqual([
    ['1', true],
    ['3', undefined],
  ])
})
