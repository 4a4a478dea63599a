/**
 * Builds a small catalogue with interactions through the command itself, for the tests
 * that need every component of the score and a list short enough for a software GPU; and
 * copies the folder that hand-written pages stand on.
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { createRandom } from '../src/math/random.ts'

const FOLDER = '.cache/e2e'
const GROUPS = [
  ['sea stories', ['boat', 'harbour', 'tide', 'lighthouse', 'whale', 'sailor']],
  ['gardening', ['rose', 'orchard', 'seed', 'compost', 'greenhouse', 'meadow']],
  ['space', ['rocket', 'planet', 'comet', 'orbit', 'station', 'nebula']],
] as const
const ADJECTIVES = ['quiet', 'lost', 'bright', 'old', 'slow', 'hidden', 'last', 'first']
/** What a careless or hostile catalogue may hold. */
export const HOSTILE_TITLE = '<img src=x onerror=document.title=1> boat'
const ITEMS = 60
const USERS = 90
const LIKES = 12

function makeItems(): string {
  const lines = ['id,title,author,year,genres']
  for (let i = 0; i < ITEMS; i++) {
    const [genre, nouns] = GROUPS[i % GROUPS.length]!
    const noun = nouns[Math.floor(i / GROUPS.length) % nouns.length]
    const adjective = ADJECTIVES[i % ADJECTIVES.length]
    const title = i === 0 ? HOSTILE_TITLE : `The ${adjective} ${noun} ${i}`
    lines.push(`s${i},${title},Author ${i % 15},${1960 + i},${genre}`)
  }
  return `${lines.join('\n')}\n`
}

/** Each reader stays mostly with one group. */
function makeInteractions(): string {
  const random = createRandom(11)
  const lines = ['user,item']
  for (let user = 0; user < USERS; user++) {
    const own = user % GROUPS.length
    for (let n = 0; n < LIKES; n++) {
      const strays = random.next() < 0.15
      const group = strays ? random.integer(GROUPS.length) : own
      const place = random.integer(ITEMS / GROUPS.length)
      lines.push(`u${user},s${place * GROUPS.length + group}`)
    }
  }
  return `${lines.join('\n')}\n`
}

const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>A small catalogue</title>
    <link rel="icon" href="hearth/favicon.svg" />
    <script type="module" src="hearth/elements/hearth.js"></script>
  </head>
  <body>
    <h1>A small catalogue</h1>
    <article id="own" data-hearth-item="s0"><h2>The page's own card of an item</h2></article>
    <hearth-feed pack="pack"></hearth-feed>
  </body>
</html>
`

// biome-ignore lint/style/noDefaultExport: Playwright asks for one
export default function setUp() {
  rmSync(FOLDER, { recursive: true, force: true })
  mkdirSync(`${FOLDER}/small`, { recursive: true })
  writeFileSync(`${FOLDER}/items.csv`, makeItems())
  writeFileSync(`${FOLDER}/interactions.csv`, makeInteractions())
  writeFileSync(`${FOLDER}/small/index.html`, PAGE)
  const interactions = ['--interactions', `${FOLDER}/interactions.csv`]
  hearth(
    'build',
    `${FOLDER}/items.csv`,
    ...interactions,
    '--out',
    `${FOLDER}/small/pack`,
    '--no-cache',
  )
  hearth('copy', `${FOLDER}/hearth`)
}

function hearth(...words: string[]) {
  execFileSync(process.execPath, ['bin/hearth.js', ...words], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
}
