import { expect, test } from 'vitest'
import { countOf } from './counts.ts'
import { withPopularity } from './popularity-column.ts'
import { readItems } from './read-items.ts'
import { tempFolder } from './temp-folder.test-data.ts'

async function read(content: string, popularity?: string) {
  const path = tempFolder().write('items.csv', content)
  const read = await readItems(path, {}, popularity === undefined ? {} : { popularity })
  return { ...read, counts: read.totals && [...read.totals.counts] }
}

test('a column that counts people is found, whatever it is called', async () => {
  for (const name of [
    ...[
      'num_subscribers',
      'ratings_count',
      'Number of Reviews',
      'numVotes',
      'playcount',
    ],
    ...[
      'votes',
      'popularity',
      'total sales',
      'downloads',
      'vote_count',
      'Num_Students',
    ],
  ]) {
    const { counts, totals } = await read(`id,title,${name}\n1,A,10\n2,B,\n3,C,"1,200"`)
    expect([name, counts]).toEqual([name, [10, 0, 1200]])
    expect(totals?.from).toBe(name)
  }
})

test('averages, stock, prices and years are no counts', async () => {
  const { totals } = await read(
    'id,title,rating,average_rating,vote_average,stock,quantity,price,year,rank\n' +
      '1,A,4.5,4.5,7.1,10,3,9.99,2001,1\n2,B,3,3,6,20,4,19.99,2002,2',
  )
  expect(totals).toBeUndefined()
})

test('a column of texts, or of one number everywhere, is passed over for the next', async () => {
  const { totals } = await read(
    'id,title,likes,reviews,views\n1,A,5,so good,10\n2,B,5,meh,20',
  )
  expect(totals?.from).toBe('views')
})

test('the owner names the column, or none', async () => {
  const content = 'id,title,votes,mine\n1,A,1,30\n2,B,2,40'
  expect((await read(content, 'mine')).counts).toEqual([30, 40])
  expect((await read(content, 'none')).totals).toBeUndefined()
  await expect(read(content, 'nope')).rejects.toThrow(
    /no column "nope" \(--popularity\) in .*got id, title, votes, mine/,
  )
})

test('what is taken is shown, and no longer listed as not used', async () => {
  const { columns, totals } = await read('id,title,votes,shelf\n1,A,1,x\n2,B,2,y')
  const [{ columns: shown }] = withPopularity([{ columns }], totals)
  expect(shown.text).toContain('popularity ← votes')
  expect(shown.columns.popularity).toBe('votes')
  expect(shown.unused).not.toContain('votes')
  const sources = [{ columns }] as const
  expect(withPopularity(sources, undefined)).toBe(sources)
})

test('rows that are left out move no count to another item', async () => {
  const { items, counts } = await read(
    'id,title,votes\n1,A,1\n,B,2\n3,,3\n1,again,90\n4,D,4',
  )
  expect(items.map(({ id }) => id)).toEqual(['1', '4'])
  expect(counts).toEqual([1, 4])
})

test('counts are read in the ways they are written', () => {
  for (const [cell, count] of [
    ['1234', 1234],
    [1234, 1234],
    ['1,234', 1234],
    ['1 234', 1234],
    ["1'234", 1234],
    ['3.4k', 3400],
    ['1.2M', 1_200_000],
    ['10,000+', 10_000],
    ['20,000 .. 50,000', 20_000],
    ['20000-50000', 20_000],
    ['0', 0],
  ] as const) {
    expect([cell, countOf(cell)]).toEqual([cell, count])
  }
  for (const cell of ['', 'many', '-5', '4 stars', '1h', '2020-01-01T', null, {}]) {
    expect([cell, countOf(cell)]).toEqual([cell, Number.NaN])
  }
})
