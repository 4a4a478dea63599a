// @vitest-environment jsdom
import { expect, test } from 'vitest'
import { loadElement } from './define.ts'
import './index.ts'
import type { HearthElementAttributes } from './element-attributes.ts'

/** Every name of the types, so that a new attribute without its type is a red test. */
const SHARED = { pack: 0, assets: 0, storage: 0, backend: 0, framed: 0 }
const WISHES = { filter: 0, exclude: 0, boost: 0, threshold: 0, fallback: 0 }
const PROPERTIES = { hearth: 0, itemHref: 0, messages: 0, 'onhearth-open': 0 }
const typed: {
  [Tag in keyof HearthElementAttributes]: Record<
    keyof HearthElementAttributes[Tag],
    unknown
  >
} = {
  'hearth-feed': {
    ...SHARED,
    ...PROPERTIES,
    ...WISHES,
    tileOf: 0,
    count: 0,
    surprise: 0,
    compare: 0,
    more: 0,
  },
  'hearth-related': {
    ...{ ...SHARED, ...PROPERTIES, ...WISHES, tileOf: 0 },
    ...{ item: 0, count: 0, heading: 0 },
  },
  'hearth-search': {
    ...{ ...SHARED, ...PROPERTIES, ...WISHES, tileOf: 0, 'onhearth-search': 0 },
    ...{ placeholder: 0, label: 0, count: 0, value: 0 },
  },
  'hearth-profile': { ...SHARED, ...PROPERTIES, history: 0 },
  'hearth-taste': { ...SHARED, ...PROPERTIES, item: 0 },
  'hearth-welcome': { ...SHARED, ...PROPERTIES, tileOf: 0, count: 0 },
}

test('every attribute that an element observes has its type', async () => {
  const late = [
    'hearth-search',
    'hearth-profile',
    'hearth-taste',
    'hearth-welcome',
  ] as const
  await Promise.all(late.map(loadElement))
  for (const [tag, names] of Object.entries(typed)) {
    const element = customElements.get(tag) as unknown as {
      observedAttributes: string[]
    }
    const observed = element.observedAttributes.filter((name) => name !== 'state')
    expect(Object.keys(names), tag).toEqual(expect.arrayContaining(observed))
  }
})

test('a property that a framework sets is there under its typed name', () => {
  const element = document.createElement('hearth-related')
  for (const name of Object.keys(typed['hearth-related'])) {
    if (!name.startsWith('on')) expect(name in element, name).toBe(true)
  }
})
