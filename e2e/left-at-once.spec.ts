/**
 * A page that is left in the moment of an act, before its worker stored anything: what was
 * done is there on the next page all the same. The worker is made deaf, so that nothing
 * depends on which of the two is faster.
 */
import {
  act,
  askHearth,
  askProfile,
  done,
  expect,
  type Page,
  shelf,
  test,
  titlesIn,
} from './visit.ts'

const SHELF = 'Widely chosen'

/** Workers of this page hear nothing any more once `deafen` was called. */
async function open(page: Page) {
  await page.addInitScript(() => {
    const post = Worker.prototype.postMessage as (...args: unknown[]) => void
    Worker.prototype.postMessage = function (...args: unknown[]) {
      if (!('isDeaf' in window)) post.apply(this, args)
    }
  })
  await page.goto('/small/')
  await expect(shelf(page, SHELF)).toBeVisible()
}

const deafen = (page: Page) =>
  page.evaluate(() => Object.assign(window, { isDeaf: true }))
const noted = (page: Page) =>
  page.evaluate(
    () =>
      Object.keys(localStorage).filter((key) => key.startsWith('hearth-act:')).length,
  )

test('a like is there on the next page, and its list is made of it', async ({
  page,
}) => {
  await open(page)
  const [title] = await titlesIn(page, SHELF)
  await deafen(page)
  await act(page, 'Like', title!)
  await page.goto('/small/')
  await expect(shelf(page, 'For you')).toBeVisible()
  expect((await done(page)).map(({ kind }) => kind)).toEqual(['like'])
  await expect.poll(() => noted(page)).toBe(0)
  await page.goto('/small/')
  await expect(shelf(page, 'For you')).toBeVisible()
  expect(await done(page)).toHaveLength(1)
})

test('a change of mind and a like taken back are as the visitor left them', async ({
  page,
}) => {
  await open(page)
  const [first, second] = await titlesIn(page, SHELF)
  await act(page, 'Like', first!)
  await act(page, 'Like', second!)
  await expect.poll(async () => (await done(page)).length).toBe(2)
  const [later, sooner] = await done(page) // newest first; the list may have gone on
  await deafen(page)
  const dislike = { kind: 'dislike', item: sooner!.item!, at: Date.now() } as const
  void askHearth(page, 'record', dislike, { instead: [sooner!.seq] }).catch(() => {})
  void askProfile(page, 'remove', [later!.seq]).catch(() => {})
  await expect.poll(() => noted(page)).toBe(2)
  await page.goto('/small/')
  await expect(shelf(page, SHELF)).toBeVisible()
  await expect
    .poll(async () => (await done(page)).map(({ kind }) => kind))
    .toEqual(['dislike'])
})

test('what was erased does not come back from a page that was left', async ({
  page,
}) => {
  await open(page)
  const [title] = await titlesIn(page, SHELF)
  await deafen(page)
  await act(page, 'Like', title!)
  expect(await noted(page)).toBe(1)
  void askProfile(page, 'erase').catch(() => {}) // it has no answer: the worker is deaf
  await expect.poll(() => noted(page)).toBe(0)
  await page.goto('/small/')
  await expect(shelf(page, SHELF)).toBeVisible()
  expect(await done(page)).toEqual([])
})
