import { expect, test } from 'vitest'
import type { Manifest } from '../pack/pack.ts'
import { tempFolder } from './input/temp-folder.test-data.ts'
import { formatChanges, type ListedPack, listPack } from './pack-changes.ts'

function pack(
  fingerprint: string,
  titles: Readonly<Record<string, string>>,
): ListedPack {
  const manifest = { fingerprint } as Manifest
  return { manifest, items: new Map(Object.entries(titles)) }
}

const before = pack('1', { a: 'Sea', b: 'Land', c: 'Sky' })

test('the same pack is one line', () => {
  expect(formatChanges(before, before, { textsEncoded: 0 })).toEqual([
    "nothing changed: the pack's files keep their bytes and names",
  ])
})

test('what is other is counted, and what was reused named', () => {
  const after = pack('2', { a: 'Sea', b: 'Island', d: 'Fire', e: 'Ice' })
  const difference = { items: 0.02, interactions: 0.0149 }
  expect(
    formatChanges(before, after, {
      textsEncoded: 1234,
      reuse: { kind: 'settings', difference },
    }),
  ).toEqual([
    'items against the pack before: 2 added, 1 removed, 1 changed',
    'texts encoded anew: 1,234',
    'models refitted by settings chosen before 1.5 % of the interactions, 2.0 % of the items changed (--fresh chooses anew)',
  ])
  expect(formatChanges(before, after, { reuse: { kind: 'models' } })[1]).toBe(
    'models reused: nothing that they are made from changed',
  )
  expect(
    formatChanges(before, after, { reuse: { kind: 'nothing', difference } })[1],
  ).toBe(
    'models and settings made anew: 1.5 % of the interactions, 2.0 % of the items changed',
  )
})

test('of a first build there is nothing to report', async () => {
  const made = { textsEncoded: 3, reuse: { kind: 'nothing' } } as const
  expect(formatChanges(undefined, before, made)).toEqual([])
  expect(await listPack(tempFolder().path)).toBeUndefined()
})
