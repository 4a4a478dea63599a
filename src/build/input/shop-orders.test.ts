/** Orders as shops of other languages export them: returns, cancelled ones, commas. */
import { expect, test } from 'vitest'
import { readInteractions } from './read-interactions.ts'
import { tempFolder } from './temp-folder.test-data.ts'

const NOW = Date.UTC(2026, 0, 1)
const ITEMS = ['A1', 'B2', 'C3'].map((id) => ({ id, title: `Title of ${id}` }))
const ROWS = new Map(ITEMS.map(({ id }, index) => [id, index]))

async function read(content: string | Uint8Array) {
  const path = tempFolder().write('orders', content)
  const { interactions, report } = await readInteractions(path, ROWS, {
    now: NOW,
    items: ITEMS,
  })
  const { users, rows, weights, times } = interactions
  const events = Array.from(users, (user, at) => [
    user,
    ITEMS[rows[at]!]!.id,
    weights[at],
  ])
  return { events, times, report, text: report.understood!.join('\n') }
}

test('orders of a German, a Spanish, a French and a Russian shop are read alike', async () => {
  for (const header of [
    'Bestellnummer;Kundennummer;Artikelnummer;Menge;Datum;Status',
    'Número de pedido;Cliente;Código producto;Cantidad;Fecha;Estado',
    'Numéro de commande;Client;Référence;Quantité;Date de commande;Statut',
    'Номер заказа;Клиент;Артикул;Количество;Дата заказа;Статус заказа',
  ]) {
    const undone = header.startsWith('B')
      ? 'Storniert'
      : header.startsWith('Número')
        ? 'Cancelado'
        : header.startsWith('Numé')
          ? 'Annulée'
          : 'Отменён'
    const { events, times, report, text } = await read(
      [
        header,
        '1001;K-7;A1;2,00;31.12.2024;ok',
        '1001;K-7;B2;1,00;31.12.2024;ok',
        '1002;K-8;A1;-1,00;02.01.2025;ok',
        `1003;K-8;C3;1,00;03.01.2025;${undone}`,
        '1004;K-9;C3;1,00;04.01.2025;ok',
      ].join('\n'),
    )
    expect([header, events]).toEqual([
      header,
      [
        [0, 'A1', 2],
        [0, 'B2', 1],
        [1, 'C3', 1],
      ],
    ])
    expect(times?.[2]).toBe(Date.UTC(2025, 0, 4))
    expect(report.warnings[0]).toMatchObject({ count: 1, lines: [4] })
    expect(text).toContain(`1 ${undone} left out`)
    expect(text).toContain(`not used: ${header.split(';')[0]}`)
  }
})

test('the order of columns makes no difference', async () => {
  const { events } = await read(
    'Datum\tMenge\tArtikelnummer\tKunde\tPreis\n31.12.2024\t3\tB2\tAnn\t9,99',
  )
  expect(events).toEqual([[0, 'B2', 3]])
})

test('flags of cancelled and returned orders are read as such', async () => {
  for (const [name, yes, no] of [
    ['is_cancelled', 'true', 'false'],
    ['Refunded', '1', '0'],
    ['returned', 'yes', 'no'],
  ] as const) {
    const { events, text } = await read(
      `customer_id,sku,qty,${name}\n7,A1,1,${no}\n7,B2,1,${yes}`,
    )
    expect(events).toEqual([[0, 'A1', 1]])
    expect(text).toContain(`status ← ${name}: 1 ${name} left out`)
  }
})

test('a title stands for the item where its number is of another system', async () => {
  const { events, text } = await read(
    'Kundennummer;Artikelnummer;Artikelname;Menge\n7;990017;Title of B2;1\n7;990018;Title of C3;1',
  )
  expect(events.map(([, id]) => id)).toEqual(['B2', 'C3'])
  expect(text).toContain('item ← Artikelname (by title)')
  expect(text).toContain('not used: Artikelnummer')
})
