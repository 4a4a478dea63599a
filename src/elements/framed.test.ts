// @vitest-environment jsdom
import { afterEach, expect, test, vi } from 'vitest'
import { isRefusedInFrame } from './framed.ts'

afterEach(() => vi.restoreAllMocks())

const another = {
  get location(): Location {
    throw new DOMException('Blocked a frame', 'SecurityError')
  },
} as Window

test('a page of its own, or framed by its own origin, takes presses', () => {
  expect(isRefusedInFrame(document.createElement('hearth-feed'))).toBe(false)
})

test('framed by another origin a press is refused, and the owner can read why', () => {
  const warn = vi.spyOn(console, 'warn').mockReturnValue()
  expect(
    isRefusedInFrame(document.createElement('hearth-feed'), { top: another }),
  ).toBe(true)
  expect(warn).toHaveBeenCalledWith(expect.stringContaining('framed by another origin'))
})

test('the attribute framed lets presses count there', () => {
  const feed = document.createElement('hearth-feed')
  feed.setAttribute('framed', '')
  expect(isRefusedInFrame(feed, { top: another })).toBe(false)
})
