/**
 * Makes the figures of the Lab page: runs `evaluate` into `public/lab/<id>.json`
 * and notes in `public/lab/index.json` how and when. Run `npm run build` first.
 *
 *   npx tsx bench/lab.ts <id> <folder> [flags of evaluate]
 */
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { parseEvaluation } from '../src/demo/lab/evaluation.ts'
import { type LabIndex, type LabRun, parseIndex } from '../src/demo/lab/evaluations.ts'

const FOLDER = 'public/lab'
const INDEX = `${FOLDER}/index.json`

const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'))

const [id = '', folder = '', ...flags] = process.argv.slice(2)
if (!/^[\w-]+$/.test(id) || !folder) {
  console.error('usage: npx tsx bench/lab.ts <id> <folder> [flags of evaluate]')
  process.exit(1)
}
const file = `${id}.json`
const args = ['evaluate', folder, ...flags, '--json', `${FOLDER}/${file}`]
const { status } = spawnSync(process.execPath, ['bin/hearth.js', ...args], {
  stdio: 'inherit',
})
if (status !== 0) process.exit(1)

const { name } = parseEvaluation(readJson(`${FOLDER}/${file}`))
const run: LabRun = {
  id,
  name,
  file,
  command: `hearth-recommender ${args.join(' ')}`,
  date: new Date().toISOString().slice(0, 10),
}
const { version, runs } = parseIndex(readJson(INDEX))
const isKnown = runs.some((each) => each.id === id)
const index: LabIndex = {
  version,
  runs: isKnown ? runs.map((each) => (each.id === id ? run : each)) : [...runs, run],
}
writeFileSync(INDEX, `${JSON.stringify(index, null, 2)}\n`)
console.log(`${INDEX}: ${run.command}`)
