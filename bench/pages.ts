/**
 * A folder of 1,000 built pages → a pack with text, and the processor time of each step against the
 * time that the HTML parser alone takes for the same pages.
 *
 *   npx tsx bench/pages.ts [pages]
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { parseDocument } from 'htmlparser2'
import { readItems } from '../src/build/input/read-items.ts'
import { defaultModelFolder } from '../src/build/package-root.ts'
import { trainPack } from '../src/build/train-pack.ts'
import { createRandom, type Random } from '../src/math/random.ts'
import { createNodeEncoder } from '../src/text/encoder/node-encoder.ts'

const count = Number(process.argv[2] ?? 1000)
const WORDS = (
  'the of and to in a is that it was for on are as with they be at this from have or by one ' +
  'had not but what all were when we there can an your which their said if do will each how ' +
  'tree wood river garden stone light winter summer house road letter music number history'
).split(' ')

function sentence(random: Random, words: number): string {
  const text = Array.from({ length: words }, () => WORDS[random.integer(WORDS.length)])
  return `${text.join(' ')}.`
}

function page(at: number, random: Random): string {
  const links = Array.from(
    { length: 40 },
    (_, i) => `<li class="nav-item"><a href="/p/${i}/">Page ${i}</a></li>`,
  )
  const body = Array.from(
    { length: 25 },
    (_, i) =>
      `${i % 5 === 0 ? `<h2>${sentence(random, 4)}</h2>` : ''}<p>${sentence(random, 60)} <a href="/p/${i}/">more</a></p>`,
  )
  const title = sentence(random, 5)
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title} | A Site</title>
<meta name="description" content="${sentence(random, 20)}"><link rel="canonical" href="https://site.example/p/${at}/">
<script type="application/ld+json">${JSON.stringify({ '@type': 'Article', headline: title, author: { name: 'Ada' }, datePublished: '2024-01-02', keywords: 'tree, wood' })}</script>
<style>${'.a{color:red}'.repeat(200)}</style></head><body><header><nav><ul>${links.join('')}</ul></nav></header>
<main><article><h1>${title}</h1>${body.join('\n')}</article></main>
<aside><h2>Newsletter</h2><form><input name="mail"><button>Go</button></form></aside>
<footer>© A Site ${links.slice(0, 10).join('')}</footer><script>${'var a = 1;'.repeat(300)}</script></body></html>`
}

const folder = mkdtempSync(join(tmpdir(), 'hearth-pages-'))
try {
  const random = createRandom(1)
  const files = Array.from({ length: count }, (_, at) =>
    join(folder, 'p', String(at), 'index.html'),
  )
  for (const [at, file] of files.entries()) {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, page(at, random))
  }
  // of the processor: other work on the machine does not count
  const time = async <T>(work: () => T | Promise<T>): Promise<[T, number]> => {
    const start = process.cpuUsage()
    const made = await work()
    const { user, system } = process.cpuUsage(start)
    return [made, (user + system) / 1e6]
  }
  const [bytes, parser] = await time(() => {
    let sum = 0
    for (const file of files) {
      const text = readFileSync(file, 'utf8')
      parseDocument(text)
      sum += text.length
    }
    return sum
  })
  const [read, reading] = await time(() => readItems(folder))
  const encoder = await createNodeEncoder({ modelFolder: defaultModelFolder() })
  const { items, bodies } = read
  const [, training] = await time(() =>
    trainPack({ name: 'pages', items, ...(bodies && { bodies }) }, { encoder }),
  )
  await encoder.dispose()
  const row = (name: string, value: string) =>
    console.log(name.padEnd(34), value.padStart(12))
  row('pages', String(items.length))
  row('HTML, MB', (bytes / 1e6).toFixed(1))
  row('the parser alone, CPU s', parser.toFixed(2))
  row('reading the folder, CPU s', reading.toFixed(2))
  row('reading / the parser alone', (reading / parser).toFixed(2))
  row('with text vectors, CPU s', (reading + training).toFixed(2))
  row('pages a CPU second', (items.length / (reading + training)).toFixed(0))
  row('peak memory, MB', String(Math.round(process.resourceUsage().maxRSS / 1024)))
} finally {
  rmSync(folder, { recursive: true, force: true })
}
