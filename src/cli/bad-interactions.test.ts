/**
 * Interactions as owners really have them, through `build` from the files to the
 * pack: cleaned or refused, with counts; and whatever pack comes out scores soundly.
 */
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import {
  accepted,
  type Case,
  itemTable,
  refused,
} from '../build/input/bad-interactions.test-data.ts'
import { tempFolder } from '../build/input/temp-folder.test-data.ts'
import { requestOf } from '../build/models/fusion/simulate.ts'
import { trainPack } from '../build/train-pack.ts'
import { createJsScanner } from '../math/scanner.ts'
import type { Pack } from '../pack/pack.ts'
import { readPack } from '../pack/read-pack.ts'
import { prepareScoring } from '../scoring/prepare-scoring.ts'
import { rankItems } from '../scoring/rank.ts'
import { ratingPredictor } from '../scoring/rating.ts'
import { scoreAll } from '../scoring/score-all.ts'
import { runHearth } from './command-line.ts'
import { fakeDeps } from './fake-deps.test-data.ts'

async function build({ items = 12, interactions }: Case) {
  const folder = tempFolder()
  const out = join(folder.path, 'pack')
  const deps = fakeDeps({ trainPack })
  const words = [folder.write('items.csv', itemTable(items)), '--out', out]
  if (interactions !== undefined) {
    words.push('--interactions', folder.write('events.csv', interactions))
  }
  const exitCode = await runHearth(
    ['build', ...words, '--no-text', '--threads', '0'],
    deps,
  )
  return { exitCode, out, deps }
}

/** A stranger's list and those after one click: whole, each row once, all finite. */
function assertSound(pack: Pack) {
  const scoring = prepareScoring(pack, createJsScanner())
  for (const clicked of [[], [0], [pack.itemCount - 1]]) {
    const request = requestOf(scoring, Uint32Array.from(clicked))
    const scores = scoreAll(scoring, request)
    for (const values of [scores.score, ...Object.values(scores.components)]) {
      expect(values.every(Number.isFinite)).toBe(true)
    }
    const list = rankItems(scoring, scores, request, { count: 5 })
    expect(new Set(list.map(({ index }) => index)).size).toBe(
      Math.min(5, pack.itemCount),
    )
    expect(list.every(({ match = 0.5 }) => match > 0 && match < 1)).toBe(true)
  }
  const predict = ratingPredictor(pack, [{ index: 0, rating: 4 }])
  if (predict) expect(Number.isFinite(predict(pack.itemCount - 1))).toBe(true)
}

test.each(accepted)(
  '$name: cleaned, reported, and scored soundly',
  async (given) => {
    const { exitCode, out, deps } = await build(given)
    expect(deps.complaints()).not.toContain('hearth:')
    expect(exitCode).toBe(0)
    for (const words of given.messages) expect(deps.printed()).toMatch(words)
    assertSound(
      await readPack(async (name) => new Uint8Array(await readFile(join(out, name)))),
    )
  },
  60_000,
)

test.each(refused)(
  '$name: refused in one message, and nothing built',
  async (given) => {
    const { exitCode, out, deps } = await build(given)
    expect(exitCode).toBe(1)
    expect(deps.complaints().match(/hearth: /g)).toHaveLength(1)
    for (const words of given.messages) expect(deps.complaints()).toMatch(words)
    expect(existsSync(out)).toBe(false)
  },
)
