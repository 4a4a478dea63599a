/** What the visitor's own clicks and skips teach: guarded, undone event by event, reset by one press. */
import type { EventInput } from '../src/index.ts'
import { askHearth, askProfile, expect, type Page, test } from './visit.ts'

const START = Date.UTC(2026, 0, 1)

/** Uniform in [0, 1), the same in every run (mulberry32). */
function uniforms(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

/**
 * A simulated visit under a ranker: guesses of two kinds, drawn half and half by the pack's
 * fusion and the learned one. Those that the pack's favours are opened in half of the cases;
 * the other ones by `share`.
 */
function guesses(ids: readonly string[], share: number): EventInput[] {
  const next = uniforms(7)
  return Array.from({ length: 200 }, (_, i): EventInput[] => {
    const isBuilt = next() < 0.5
    const chances = isBuilt
      ? { shipped: 0.8, learned: 0.2 }
      : { shipped: 0.2, learned: 0.8 }
    const of = { item: ids[i % ids.length]!, slate: `sim-${i}`, at: START + i * 60_000 }
    const parts = { tower: next() - 0.5, popularity: next() - 0.5 }
    const shown = { place: 3, propensity: 0.5, policy: 'guess', parts, chances }
    const view: EventInput = { ...of, kind: 'impression', shown }
    const isOpened = next() < (isBuilt ? 0.5 : share)
    return isOpened ? [view, { ...of, kind: 'click', at: of.at + 1000 }] : [view]
  }).flat()
}

/** On the page that shows no lists: nothing but what is recorded here is seen. */
async function visit(page: Page, share: number) {
  await page.goto('/#/you')
  await expect(page.locator('hearth-profile')).toBeVisible()
  const { items } = await askHearth(page, 'first')
  const ids = items.slice(0, 24).map(({ id }) => id)
  await askHearth(page, 'record', guesses(ids, share))
  return askHearth(page, 'state')
}

test('the guard trips on a bad ranker, the page states it, and one press resets', async ({
  page,
}) => {
  const { learning } = await visit(page, 0.05)
  expect(learning.state).toBe('off')
  expect(learning.interval![1]).toBeLessThan(0)
  const line = page.locator('[data-learning]')
  await expect(line).toContainText('did worse')
  await page.getByRole('button', { name: 'Back to the picks as built' }).click()
  await expect(line).toContainText('too few to learn from')
  await page.reload()
  await expect(line).toContainText('too few to learn from')
})

test('a good ranker stays on', async ({ page }) => {
  const { learning } = await visit(page, 0.95)
  expect(learning.state).toBe('on')
})

test('lists are as before once an event is removed again', async ({ page }) => {
  await visit(page, 0.95)
  const ids = async () => {
    const { shelves } = await askHearth(page, 'shelves', { count: 12 })
    return shelves.map(({ key, items }) => [key, ...items.map(({ id }) => id)])
  }
  const learned = async () => (await askHearth(page, 'state')).learning
  await expect
    .poll(async () => (await askHearth(page, 'state')).towers.state)
    .toBe('ready')
  const [before, learnedBefore] = [await ids(), await learned()]
  const [, ...first] = before[0]!
  const at = START + 1e9
  const like = { kind: 'like', item: first[5]!, at } as const
  const [event] = await askHearth(page, 'record', like)
  expect(await ids()).not.toEqual(before)
  await askProfile(page, 'remove', [event!.seq])
  await expect.poll(ids).toEqual(before)
  expect(await learned()).toEqual(learnedBefore)
})
