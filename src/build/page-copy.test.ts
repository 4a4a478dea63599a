import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { tempFolder } from './input/temp-folder.test-data.ts'
import { packageVersion } from './package-root.ts'
import { copyForPages, firstScripts } from './page-copy.ts'

const VERSION = packageVersion()

/** Stand-ins for the built scripts and the encoder, and a place to copy them to. */
function givenPackage() {
  const { path } = tempFolder()
  const files = {
    'scripts/hearth.js': `import{a}from"./${VERSION}/chunks/a.js";`,
    [`scripts/${VERSION}/engine-worker.js`]:
      'import"./chunks/a.js";import("./chunks/b.js")',
    [`scripts/${VERSION}/chunks/a.js`]: 'export const a=1',
    [`scripts/${VERSION}/chunks/b.js`]: 'export const b=2',
    'model/hearth.json': '{}',
  }
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(path, name, '..'), { recursive: true })
    writeFileSync(join(path, name), text)
  }
  const out = join(path, 'public/hearth')
  return {
    out,
    options: { out, scripts: join(path, 'scripts'), model: join(path, 'model') },
  }
}

test('scripts and model lie in one folder, and the copy lists their sizes', async () => {
  const { out, options } = givenPackage()
  const copy = await copyForPages(options)
  expect(readdirSync(out).sort()).toEqual(
    [VERSION, 'hearth-copy.json', 'hearth.js', 'models'].sort(),
  )
  expect(readdirSync(join(out, 'models/hearth-encoder'))).toEqual(['hearth.json'])
  const sum = copy.parts.reduce((total, { sizeBytes }) => total + sizeBytes, 0)
  expect(copy.sizeBytes).toBe(sum)
  expect(copy.firstBytes).toBeGreaterThan(0)
})

test('what a feed loads is what its scripts import at once', async () => {
  const { out, options } = givenPackage()
  await copyForPages(options)
  expect(firstScripts(out, VERSION)).toEqual([
    'hearth.js',
    `${VERSION}/chunks/a.js`,
    `${VERSION}/engine-worker.js`,
  ])
})

test('replaces its own copy, with what a host put beside the files', async () => {
  const { out, options } = givenPackage()
  await copyForPages(options)
  writeFileSync(join(out, 'hearth.js.br'), '')
  await copyForPages(options)
  expect(readdirSync(out)).not.toContain('hearth.js.br')
})

test('refuses a folder that is no copy, or holds more than one', async () => {
  const { out, options } = givenPackage()
  mkdirSync(out, { recursive: true })
  writeFileSync(join(out, 'mine.txt'), '')
  await expect(copyForPages(options)).rejects.toThrow(
    'it is neither empty nor a Hearth copy (--force replaces it).',
  )
  await copyForPages({ ...options, force: true })
  writeFileSync(join(out, 'models/mine.txt'), '')
  await expect(copyForPages(options)).rejects.toThrow(
    'beside its copy it holds models/mine.txt, which would be lost',
  )
})

test('states what is missing where nothing was built', async () => {
  const { options } = givenPackage()
  await expect(copyForPages({ ...options, scripts: 'not/there' })).rejects.toThrow(
    'no not/there: got nothing there, expected a part of the package.',
  )
})
