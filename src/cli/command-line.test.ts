import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { tempFolder } from '../build/input/temp-folder.test-data.ts'
import { packageVersion } from '../build/package-root.ts'
import { runHearth } from './command-line.ts'
import { type FakeDeps, fakeDeps } from './fake-deps.test-data.ts'

async function run(words: readonly string[], stdin = '') {
  const deps = fakeDeps({}, stdin)
  const exitCode = await runHearth(words, deps)
  return { exitCode, out: deps.printed(), err: deps.complaints(), deps }
}

test('--version prints the version of the package', async () => {
  expect(await run(['--version'])).toMatchObject({
    exitCode: 0,
    out: `${packageVersion()}\n`,
  })
})

test('--help, of hearth and of each command, goes to standard output without colours', async () => {
  const helps = [
    ['--help'],
    [],
    ['build', '--help'],
    ['encode', '-h'],
    ['evaluate', '--help'],
  ]
  for (const words of helps) {
    const { exitCode, out, err } = await run(words)
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' })
    expect(out).toMatch(/hearth/)
    expect(out).not.toContain('\u001B')
    expect(out).not.toMatch(/ $/m)
  }
})

test.each([
  [
    ['bild'],
    'unknown command: got bild, expected build, copy, encode, evaluate, inspect.',
  ],
  [['toString'], 'unknown command: got toString'],
  [['build'], 'missing <items>'],
  [['build', 'x.csv'], 'missing --out DIR'],
  [['build', 'x.csv', 'y.csv'], 'missing --out DIR'],
  [['inspect', '-', '-'], 'standard input (-) can be read once'],
  [['inspect', '-'], 'nothing in standard input: the file is empty'],
  [
    ['build', 'x.csv', '--config', 'none.ts'],
    'cannot read none.ts: there is no such file',
  ],
  [['build', 'x.csv', '--ot', 'y'], 'unknown option: got --ot'],
  [['build', 'x.csv', '--out'], 'no value for --out: got nothing'],
  [['build', 'x.csv', '--force=maybe'], '--force takes no value: got maybe'],
  [['build', 'x.csv', '--out', '--force'], 'no value for --out: got --force'],
  [['build', 'x.csv', '--out', 'y', '--bytes', 'many'], 'bad --bytes: got many'],
  [['build', 'x.csv', '--out', 'y', '--seed=-1'], 'bad --seed: got -1'],
  [
    ['build', 'none.csv', '--out', 'none'],
    'cannot read none.csv: there is no such file.',
  ],
  [['evaluate'], 'missing <folder>'],
  [['evaluate', 'x', '--split', 'half'], 'bad --split: got half'],
  [['evaluate', 'nowhere'], 'cannot read nowhere: there is no such file'],
  [['encode', 'text'], 'one word too many: got text'],
])('%j is one line on standard error and exit code 1', async (words, message) => {
  const { exitCode, out, err } = await run(words)
  const complaint = err.split('\n').filter((line) => line.startsWith('hearth: '))
  expect({ exitCode, out }).toEqual({ exitCode: 1, out: '' })
  expect(complaint).toHaveLength(1)
  expect(complaint[0]).toContain(message)
  expect(err).not.toMatch(/^ +at /m)
})

test('a stack is shown only when debugging', async () => {
  const deps = fakeDeps()
  await runHearth(['bild'], deps, { debug: true })
  expect(deps.complaints()).toMatch(/^ +at /m)
})

test('encode prints one array a line, zeros for an empty one, whatever the batches', async () => {
  const texts = Array.from({ length: 70 }, (_, i) => 'x'.repeat(i % 4))
  const { exitCode, out } = await run(['encode'], `${texts.join('\n')}\n`)
  expect(exitCode).toBe(0)
  const lines = out.trimEnd().split('\n')
  expect(lines).toHaveLength(70)
  expect(lines[0]).toBe('[0,0]')
  expect(lines[3]).toBe('[3,0.33333334]')
  for (const [i, line] of lines.entries()) {
    const vector = Float32Array.from(JSON.parse(line))
    expect(vector).toEqual(Float32Array.from(i % 4 ? [i % 4, 1 / 3] : [0, 0]))
  }
})

test('encode of nothing prints nothing', async () => {
  expect(await run(['encode'])).toMatchObject({ exitCode: 0, out: '' })
})

test('evaluate finds the two tables by their columns and writes the figures', async () => {
  const folder = tempFolder()
  folder.write('films.csv', 'movieId,title\n1,A\n2,B\n')
  folder.write('stars.csv', 'userid,movieid,rating,timestamp\n7,2,4,964982703\n')
  folder.write('notes.json', 'none of this is a table')
  const json = join(folder.path, 'figures.json')
  const words = ['evaluate', folder.path, '--json', json, '--components', 'cf, tower']
  const more = ['--seed', '3', '--split', 'time', '--ablate']
  const { exitCode, out, deps } = await run([...words, ...more])
  expect({ exitCode, out }).toEqual({ exitCode: 0, out: 'a table of dataset\n' })
  expect(readFileSync(json, 'utf8')).toBe('{"all":{}}')
  const { task, options } = deps.evaluated[0]!
  if (task.kind !== 'dataset') throw new Error(`got ${task.kind}`)
  const { dataset } = task
  expect(dataset.items.map(({ title }) => title)).toEqual(['A', 'B'])
  expect(dataset.interactions?.rows).toEqual(Uint32Array.of(1))
  expect(task.by).toBe('time')
  expect(options).toMatchObject({ seed: 3, components: ['cf', 'tower'], ablate: true })
  expect(options.encoder?.fingerprint).toBe('fake')
})

test('evaluate takes a folder that came cut into training and test as it is', async () => {
  const folder = tempFolder()
  folder.write('train.txt', '0 1 2\n')
  folder.write('test.txt', '0 3\n')
  const { exitCode, out, deps } = await run(['evaluate', folder.path, '--bytes', '64'])
  expect({ exitCode, out }).toEqual({ exitCode: 0, out: 'a table of given\n' })
  const { task, options } = deps.evaluated[0]!
  if (task.kind !== 'given') throw new Error(`got ${task.kind}`)
  expect(task.split.itemIds).toEqual(['1', '2', '3'])
  expect(options).toMatchObject({ bytesPerItem: 64 })
  expect(options).not.toHaveProperty('encoder')
})

test('evaluate takes a folder of cold-start items as it is, and cuts tables into one', async () => {
  const folder = tempFolder()
  folder.write('items.csv', 'iid,title\na,A\nb,B\nc,C\n')
  folder.write('train.csv', 'uid,iid\n0,a\n')
  folder.write('valid.csv', 'uid,iid\n0,b\n')
  folder.write('test.csv', 'uid,iid\n0,c\n')
  const given = await run(['evaluate', folder.path, '--no-text'])
  expect(given.out).toBe('a table of cold-start\n')
  expect(heldOut(given.deps)).toEqual(Uint32Array.of(2))

  const tables = tempFolder()
  const ids = Array.from({ length: 20 }, (_, n) => n)
  tables.write('films.csv', `id,title\n${ids.map((n) => `${n},T${n}\n`).join('')}`)
  tables.write('stars.csv', `user,item\n${ids.map((n) => `7,${n}\n`).join('')}`)
  for (const name of ['cold-start', 'cold']) {
    const words = ['evaluate', tables.path, '--split', name, '--no-text']
    expect(heldOut((await run(words)).deps)).toHaveLength(2)
  }

  function heldOut({ evaluated }: FakeDeps) {
    const { task } = evaluated[0]!
    return task.kind === 'cold-start' ? task.split.test.rows : undefined
  }
})

test('an option is understood by its former name, which help does not show', async () => {
  const folder = tempFolder()
  folder.write('train.txt', '0 1 2\n')
  folder.write('test.txt', '0 3\n')
  for (const words of [['--parts', 'cf'], ['--parts=cf']]) {
    const { exitCode, deps } = await run(['evaluate', folder.path, ...words])
    expect(exitCode).toBe(0)
    expect(deps.evaluated[0]!.options.components).toEqual(['cf'])
  }
  expect((await run(['evaluate', '--help'])).out).not.toContain('--parts')
})

test('help shows the command as it is installed', async () => {
  expect((await run([])).out).toContain('hearth-recommender build <items>')
  expect((await run(['build', '--help'])).out).toContain('hearth-recommender build')
  expect((await run(['copy'])).err).toContain('See hearth-recommender copy --help.')
})

test('evaluate reports before its work that the figures have no place to go', async () => {
  const folder = tempFolder()
  const { exitCode, err, deps } = await run(['evaluate', 'x', '--json', folder.path])
  expect(exitCode).toBe(1)
  expect(err).toContain('it is a folder, expected a file')
  expect(deps.evaluated).toEqual([])
})

test('a folder without one table of each kind is one clear error', async () => {
  const folder = tempFolder()
  folder.write('notes.txt', 'nothing here')
  const nothing = (await run(['evaluate', folder.path])).err
  expect(nothing).toContain('nothing to evaluate in')
  expect(nothing).toContain('train.txt.gz and test.txt.gz; or')
  folder.write('a.csv', 'id,title\n1,A\n')
  expect((await run(['evaluate', folder.path])).err).toContain(
    'no single table of interactions (user and item columns)',
  )
  folder.write('b.csv', 'id,title\n1,A\n')
  expect((await run(['evaluate', folder.path])).err).toContain('got a.csv, b.csv')
  const file = folder.write('c.txt', '')
  expect((await run(['evaluate', file])).err).toContain(
    'it is a file, expected a folder',
  )
})
