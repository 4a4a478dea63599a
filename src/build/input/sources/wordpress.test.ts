import { expect, test } from 'vitest'
import { readItems } from '../read-items.ts'
import { tempFolder } from '../temp-folder.test-data.ts'

const meta = (key: string, value: string) =>
  `<wp:postmeta><wp:meta_key>${key}</wp:meta_key><wp:meta_value><![CDATA[${value}]]></wp:meta_value></wp:postmeta>`

const entry = (id: number, type: string, fields: string) =>
  `<item><wp:post_id>${id}</wp:post_id><wp:post_type>${type}</wp:post_type>${fields}</item>`

const FEED = `<?xml version="1.0"?><rss><channel><title>Shop</title>
${entry(
  6,
  'product',
  `<title>Wool hat</title><link>https://shop.example/hat/</link><wp:status>publish</wp:status>
  <wp:post_date>2024-03-05 10:00:00</wp:post_date>
  <category domain="pa_color" nicename="blue">Blue</category>
  <category domain="product_visibility">featured</category>
  <category domain="product_type">variable</category>
  <category domain="product_cat">Hats</category><category domain="product_tag">winter</category>
  ${meta('_thumbnail_id', '9')}${meta('_stock_status', 'instock')}${meta('_edit_lock', '1:1')}`,
)}
${entry(7, 'product_variation', `<title>Wool hat - Blue</title><wp:post_parent>6</wp:post_parent>${meta('_price', '12.50')}`)}
${entry(8, 'nav_menu_item', '<title>Home</title>')}
${entry(9, 'attachment', '<title>hat</title><wp:attachment_url>https://shop.example/hat.jpg</wp:attachment_url>')}
${entry(10, 'post', '<title>News</title><wp:status>draft</wp:status>')}
</channel></rss>`

test('an export of WordPress: pictures and prices join their product, the rest stays out', async () => {
  const { items, report } = await readItems(tempFolder().write('wp.xml', FEED))
  expect(items).toEqual([
    {
      id: '6',
      title: 'Wool hat',
      genres: ['Hats', 'winter'],
      url: 'https://shop.example/hat/',
      image: 'https://shop.example/hat.jpg',
      price: 12.5,
      available: true,
      published: '2024-03-05',
    },
  ])
  expect(report.leftOut).toMatchObject({ drafts: 1, variations: 1 })
})

test('who typed a product in is not its maker, nor the day its year; of a post both are', async () => {
  const fields = (title: string) =>
    `<title>${title}</title><dc:creator>ann</dc:creator><wp:post_date>2024-03-05 10:00:00</wp:post_date>`
  const feed =
    '<rss xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>' +
    `${entry(1, 'product', fields('Hat'))}${entry(2, 'post', fields('News'))}</channel></rss>`
  const { items } = await readItems(tempFolder().write('wp.xml', feed))
  expect(items).toEqual([
    { id: '1', title: 'Hat', published: '2024-03-05' },
    { id: '2', title: 'News', authors: ['ann'], year: 2024, published: '2024-03-05' },
  ])
})

test('other feeds pass as they are', async () => {
  const feed =
    '<rss><channel><item><title>A walk</title><guid>g1</guid><category domain="https://x.example/tags">sea</category></item></channel></rss>'
  const { items } = await readItems(tempFolder().write('rss.xml', feed))
  expect(items).toEqual([{ id: 'g1', title: 'A walk', genres: ['sea'] }])
})
