import { expect, test } from 'vitest'
import type { Scanner } from '../math/scanner.ts'
import { createJsScanner } from '../math/scanner.ts'
import { setUp } from './sample-engine.test-data.ts'

/** A scanner that counts its passes over the catalogue. */
function countingScanner() {
  const plain = createJsScanner()
  let scans = 0
  const scanner: Scanner = {
    kind: plain.kind,
    hold: (table) => {
      const held = plain.hold(table)
      const scanInto: typeof held.scanInto = (query, out) => {
        scans++
        held.scanInto(query, out)
      }
      return { ...held, scanInto }
    },
  }
  const count = () => {
    const before = scans
    scans = 0
    return before
  }
  return { scanner, count }
}

test('what is like a liked item is ranked while the like is written, not by the next shelves', async () => {
  const { scanner, count } = countingScanner()
  const { engine, at } = await setUp({ scanner })
  await engine.item('id2') // what makes lists of one's own is here
  await engine.record([{ kind: 'like', item: 'id2', at: at(1) }])
  count()
  const { shelves } = await engine.shelves({ count: 4 })
  expect(shelves.map(({ kind }) => kind)).toContain('because')
  expect(count()).toBe(2) // the visitor's own: tower and content
})

test('a click is not ranked for before a feed asks', async () => {
  const { scanner, count } = countingScanner()
  const { engine, at } = await setUp({ scanner })
  await engine.record([{ kind: 'click', item: 'id2', at: at(1) }])
  expect(count()).toBe(0)
  await engine.shelves()
  expect(count()).toBe(4)
})
