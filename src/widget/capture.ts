/**
 * What the visitor sees, opens and reads, taken from the page as signals. Sends nothing
 * and changes nothing: it only calls `record`.
 *
 * Items are the elements that carry `data-hearth-item="<id>"`, and the links that
 * `itemIdOf` knows; the page of one item carries `data-hearth-page-item="<id>"`.
 */
import type { Signal } from '../signals/signal.ts'
import { type Batch, createBatch } from './capture-batch.ts'
import { createDwellClock, type DwellClock } from './capture-dwell.ts'
import { type ImpressionWatch, watchImpressions } from './capture-impressions.ts'
import { ITEM_ATTRIBUTE, type ItemIdOf, PAGE_ITEM_ATTRIBUTE } from './capture-item.ts'
import { listen } from './capture-listen.ts'
import { watchOpenings } from './capture-openings.ts'

export interface CaptureOptions {
  /** Elements added later count too. Shadow trees within it: clicks, but no impressions. */
  readonly root: Document | ShadowRoot | Element
  readonly record: (signals: Signal[]) => void
  readonly itemIdOf?: ItemIdOf | undefined
  /** Unix ms. */
  readonly now: () => number
}

/** Call it to stop: what was seen and read until then is recorded, and nothing stays. */
export interface Capture {
  (): void
  /**
   * The page is about this item now, or about none, whatever its attributes say.
   * @returns stops that
   */
  watchDwell(itemId: string | undefined): () => void
}

export function captureSignals(options: CaptureOptions): Capture {
  const { root, itemIdOf, now } = options
  const page = root.ownerDocument ?? (root as Document)
  const isVisible = () => page.visibilityState !== 'hidden'
  const batch = createBatch(options.record)
  const dwell = createDwellClock({ isVisible, now, record: batch.add })
  const impressions = watchImpressions({
    ...{ itemIdOf, now },
    onSeen: (itemId) => batch.add({ kind: 'impression', at: now(), itemId }),
  })
  if (!isVisible()) impressions.pause()
  const stops = [
    watchOpenings(root, { itemIdOf, now, onOpened: batch.addNow }),
    watchVisibility(page, { dwell, impressions, batch, isVisible }),
  ]
  const pageItem = watchTree(root, { dwell, impressions })
  stops.push(pageItem.stop)
  const stop = () => {
    for (const each of stops) each()
    dwell.flush()
    batch.flush()
    impressions.stop()
  }
  return Object.assign(stop, { watchDwell: pageItem.choose })
}

/** Reading and looking stop while the tab is hidden, and end with the page. */
function watchVisibility(
  page: Document,
  parts: {
    dwell: DwellClock
    impressions: ImpressionWatch
    batch: Batch
    isVisible: () => boolean
  },
) {
  const { dwell, impressions, batch } = parts
  const away = () => {
    impressions.pause()
    dwell.flush()
    batch.flush() // a phone may end a hidden page without another word
  }
  const back = () => {
    impressions.resume()
    dwell.resume()
  }
  const onVisibility = () => (parts.isVisible() ? back() : away())
  const stopPage = listen(page, { visibilitychange: onVisibility })
  if (!page.defaultView) return stopPage
  const stopWindow = listen(page.defaultView, {
    pagehide: away,
    pageshow: onVisibility,
  })
  return () => {
    stopPage()
    stopWindow()
  }
}

/** Follows elements that come, go or change their item. */
function watchTree(
  root: CaptureOptions['root'],
  { dwell, impressions }: { dwell: DwellClock; impressions: ImpressionWatch },
) {
  let chosen: { itemId: string | undefined } | undefined
  const readPageItem = () => dwell.watch(chosen ? chosen.itemId : pageItemOf(root))
  const observer = new MutationObserver((changes) => {
    for (const { type, target, addedNodes, removedNodes } of changes) {
      if (type === 'attributes') impressions.add(target)
      for (const node of removedNodes) impressions.remove(node)
      for (const node of addedNodes) impressions.add(node)
    }
    readPageItem()
  })
  const attributeFilter = [ITEM_ATTRIBUTE, PAGE_ITEM_ATTRIBUTE, 'href']
  observer.observe(root, { subtree: true, childList: true, attributeFilter })
  impressions.add(root)
  readPageItem()
  const choose = (itemId: string | undefined) => {
    const choice = { itemId }
    chosen = choice
    readPageItem()
    return () => {
      if (chosen !== choice) return // another has been chosen since
      chosen = undefined
      readPageItem()
    }
  }
  return { stop: () => observer.disconnect(), choose }
}

function pageItemOf(root: CaptureOptions['root']): string | undefined {
  const selector = `[${PAGE_ITEM_ATTRIBUTE}]`
  const isOwn = 'matches' in root && root.matches(selector)
  const element = isOwn ? root : root.querySelector(selector)
  return element?.getAttribute(PAGE_ITEM_ATTRIBUTE) || undefined
}
