/** docs/pack-format.md against the writer, and against a reader written from the page alone. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { beforeAll, expect, test } from 'vitest'
import { halfBlend } from '../scoring/fusion.ts'
import { FLAG_COLD_START, type Manifest } from './pack.ts'
import { memoryFolder } from './sample-source.test-data.ts'
import { writePack } from './write-pack.ts'

const page = readFileSync('docs/pack-format.md', 'utf8')
const folder = memoryFolder()
let manifest: Manifest
beforeAll(async () => {
  manifest = await writePack(
    {
      name: 'One',
      licence: 'CC0-1.0',
      attribution: '',
      provenance: { generator: 'example', interactions: 0, users: 0, notes: [] },
      items: [{ id: 'a', title: 'A' }],
      fusion: halfBlend,
      attributes: {
        values: [],
        indptr: Uint32Array.of(0, 0),
        indices: new Uint16Array(0),
      },
      popularity: Float32Array.of(0),
      flags: Uint8Array.of(FLAG_COLD_START),
      firstRows: [0],
    },
    folder.sink,
  )
})

const textOf = (name: string) => new TextDecoder().decode(folder.files.get(name))
const sha256 = (bytes: string | Uint8Array) =>
  createHash('sha256').update(bytes).digest('hex')

test('the page shows every byte of the blocks of the smallest pack', () => {
  for (const { name, sizeBytes } of Object.values(manifest.blocks)) {
    const dump = page.slice(page.indexOf(`\`${name}\`, ${sizeBytes} bytes`))
    const shown = [...dump.matchAll(/^ {4}[0-9a-f]0 {2}((?:[0-9a-f]{2} )+)/gm)]
    const hex = shown.map(([, bytes]) => bytes!.replaceAll(' ', '')).join('')
    const written = Buffer.from(folder.files.get(name)!).toString('hex')
    expect(hex.slice(0, written.length)).toBe(written)
  }
})

test('the page shows its records, file entries and fingerprint', () => {
  for (const file of [manifest.first, ...manifest.shards]) {
    expect(page).toContain(`    ${textOf(file.name)}\n`)
    expect(page).toContain(`\`${file.name}\`, ${file.sizeBytes} bytes`)
  }
  const files = [...Object.values(manifest.blocks), manifest.first, ...manifest.shards]
  for (const file of files)
    for (const value of Object.values(file)) {
      expect(page).toContain(JSON.stringify(value))
    }
  expect(page).toContain(JSON.stringify(manifest.fingerprint))
})

test('the fingerprint is what the page’s rule gives of the written manifest', () => {
  const written = JSON.parse(textOf('manifest.json'))
  const text = JSON.stringify({ ...written, fingerprint: '' })
  expect(sha256(text)).toBe(written.fingerprint)
})
