import { expect, test } from 'vitest'
import { findTables } from './find-tables.ts'
import { tempFolder } from './temp-folder.test-data.ts'

test('a folder of MovieLens files has its two tables found', async () => {
  const folder = tempFolder()
  const items = folder.write(
    'movies.dat',
    "1::Toy Story (1995)::Animation|Children's\n",
  )
  const interactions = folder.write('ratings.dat', '1::1::5::978300760\n')
  folder.write('users.dat', '1::F::1::10::48067\n')
  folder.write('README.txt', 'Ratings of movies.\n')
  expect(await findTables(folder.path)).toEqual({ items, interactions })
})

test('files of usual names are taken before all others', async () => {
  const folder = tempFolder()
  const items = folder.write('items.csv', 'id,title\n1,Dune\n')
  const interactions = folder.write('ratings.csv', 'user,item\n1,1\n')
  folder.write('feed.xml', '<rss><item><id>1</id><title>Dune</title></item></rss>')
  expect(await findTables(folder.path)).toEqual({ items, interactions })
})

test('a folder without tables has none', async () => {
  const folder = tempFolder()
  folder.write('train.txt', '0 1 2 3\n1 2 3 4\n')
  expect(await findTables(folder.path)).toBeUndefined()
})
