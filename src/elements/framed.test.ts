// @vitest-environment jsdom
import { afterEach, expect, test, vi } from 'vitest'
import './define.ts'
import { isRefusedInFrame } from './framed.ts'

afterEach(() => vi.restoreAllMocks())

const another = {
  get location(): Location {
    throw new DOMException('Blocked a frame', 'SecurityError')
  },
} as Window

test('a page of its own, or framed by its own origin, takes presses', () => {
  expect(isRefusedInFrame({ framed: false })).toBe(false)
})

test('framed by another origin a press is refused, and the owner can read why', () => {
  const warn = vi.spyOn(console, 'warn').mockReturnValue()
  expect(isRefusedInFrame({ framed: false }, { top: another })).toBe(true)
  expect(warn).toHaveBeenCalledWith(expect.stringContaining('framed by another origin'))
})

test('the attribute framed lets presses count there, and is known to every element', () => {
  const warn = vi.spyOn(console, 'warn').mockReturnValue()
  const feed = document.createElement('hearth-feed')
  feed.setAttribute('framed', '')
  document.body.append(feed)
  expect(isRefusedInFrame(feed, { top: another })).toBe(false)
  expect(warn).not.toHaveBeenCalled()
})
