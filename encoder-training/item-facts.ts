/**
 * `npx tsx encoder-training/item-facts.ts FOLDER SEED > facts.json`
 *
 * What the builder reads of a catalogue's items, and who chose those of training and of
 * validation; nobody's choice of a test item is written. FOLDER is one of new items, or
 * tables, of which a seeded tenth of the items is test and a twentieth validation.
 * TypeScript on purpose: texts, words and facts come from the code that the build uses.
 */
import { readDataset } from '../src/build/build-catalogue.ts'
import { findTables } from '../src/build/input/find-tables.ts'
import { findCold, readCold } from '../src/evaluate/layouts/read-cold.ts'
import { type ColdSplit, cutCold } from '../src/evaluate/splits/cold-start.ts'
import type { Positives } from '../src/build/dataset/dataset.ts'
import { itemText } from '../src/build/dataset/item-text.ts'
import { itemFeatures } from '../src/build/models/cold-start/kernel.ts'
import type { WordVectors } from '../src/build/models/cold-start/kernel.ts'
import { toPositives } from '../src/build/dataset/positives.ts'

async function readSplit(folder: string, seed: number): Promise<ColdSplit> {
  const cold = await findCold(folder)
  if (cold) return readCold(cold)
  const tables = await findTables(folder)
  if (!tables) throw new Error(`neither new items nor tables: got ${folder}`)
  const how = { now: Date.now(), onProgress: () => {} }
  return cutCold((await readDataset(tables, how)).dataset, { seed })
}

const listed = ({ indptr, rows }: Positives) => ({
  indptr: [...indptr],
  indices: [...rows],
})

const csr = ({ words, indptr, indices, values }: WordVectors) => ({
  columns: words,
  indptr: [...indptr],
  indices: [...indices],
  values: Array.from(values, (value) => Number(value.toFixed(6))),
})

const [folder = '', seed = '1'] = process.argv.slice(2)
const { train, valid } = await readSplit(folder, Number(seed))
const { items, interactions } = train
if (!interactions) throw new Error(`no interactions in ${folder}`)
const { words, names, genres, genreWeights, meanGenres, years } = itemFeatures(items, [])
const kinds = genres.indices.reduce((most, kind) => Math.max(most, kind + 1), 0)
const facts = {
  texts: items.map(itemText),
  words: words.map(csr),
  names: names.map(csr),
  genres: csr({ words: kinds, ...genres, values: genreWeights }),
  meanGenres,
  years: Array.from(years, (year) => (Number.isNaN(year) ? null : year)),
  train: listed(toPositives(interactions, items.length)),
  valid: listed(valid.chosen),
  validRows: [...valid.rows],
}
process.stdout.write(JSON.stringify(facts))
