/** A page whose captured events, clock and view the test controls. */
import { afterEach, beforeEach, vi } from 'vitest'
import type { EventInput } from '../../index.ts'
import { type Capture, type CaptureOptions, captureEvents } from './capture.ts'

/** Reports as in view what the test shows. */
export class FakeIntersectionObserver {
  static all: FakeIntersectionObserver[] = []
  readonly observed = new Set<Element>()
  readonly callback: IntersectionObserverCallback

  constructor(callback: IntersectionObserverCallback) {
    this.callback = callback
    FakeIntersectionObserver.all.push(this)
  }
  observe(element: Element) {
    this.observed.add(element)
  }
  unobserve(element: Element) {
    this.observed.delete(element)
  }
  disconnect() {
    this.observed.clear()
  }
  static show(element: Element, share: number) {
    for (const observer of FakeIntersectionObserver.all) {
      if (!observer.observed.has(element)) continue
      const entry = {
        target: element,
        isIntersecting: share > 0,
        intersectionRatio: share,
      } as unknown as IntersectionObserverEntry
      observer.callback([entry], observer as unknown as IntersectionObserver)
    }
  }
}
export const show = FakeIntersectionObserver.show

export const batches: EventInput[][] = []
export let stop: Capture
export const recorded = () => batches.flat().map(({ kind, item }) => `${kind} ${item}`)
export const find = (selector: string) =>
  document.querySelector(selector) as HTMLElement

export function start(html: string, options: Partial<CaptureOptions> = {}) {
  document.body.innerHTML = html
  stop = captureEvents({
    ...{ root: document, now: () => Date.now() },
    record: (events) => void batches.push(events),
    ...options,
  })
}

export function setVisible(isVisible: boolean) {
  const state = isVisible ? 'visible' : 'hidden'
  Object.defineProperty(document, 'visibilityState', {
    value: state,
    configurable: true,
  })
  document.dispatchEvent(new Event('visibilitychange'))
}

/** MutationObservers answer in a microtask. */
export const mutations = () => Promise.resolve()

export function useFakePage() {
  beforeEach(() => {
    batches.length = 0
    FakeIntersectionObserver.all = []
    vi.stubGlobal('IntersectionObserver', FakeIntersectionObserver)
    vi.useFakeTimers({ now: 1_000_000, toFake: ['setTimeout', 'clearTimeout', 'Date'] })
  })
  afterEach(() => {
    stop()
    setVisible(true)
    vi.useRealTimers()
    vi.unstubAllGlobals()
    vi.restoreAllMocks()
  })
}
