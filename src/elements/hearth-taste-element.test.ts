// @vitest-environment jsdom
import { beforeEach, describe, expect, test } from 'vitest'
import type { ItemDetail, Profile, ShownPreference, TasteSummary } from '../index.ts'
import { loadElement } from './define.ts'
import { hearthOf, itemOf, settled } from './elements.fixture.ts'
import type { HearthTasteElement } from './hearth-taste-element.ts'

let element: HearthTasteElement
beforeEach(async () => {
  await loadElement('hearth-taste')
  element = document.createElement('hearth-taste')
})

const LE_GUIN = { relation: 'author', name: 'Ursula K. Le Guin' } as const
const ROMANCE = { relation: 'genre', name: 'romance' } as const
const CRIME = { relation: 'genre', name: 'crime' } as const

const taste: TasteSummary = {
  attributes: [],
  relations: [
    { relation: 'author', liked: [{ ...LE_GUIN, share: 1, items: 3 }], disliked: [] },
    {
      relation: 'genre',
      liked: [{ ...CRIME, share: 0.5, items: 1 }],
      disliked: [{ ...ROMANCE, share: 1, items: 2 }],
    },
  ],
}
const followed: ShownPreference = {
  ...{ attribute: LE_GUIN, preference: 'follow', at: 1, seqs: [4, 9], items: 12 },
}

const inside = <T extends HTMLElement>(selector: string) =>
  [...element.shadowRoot!.querySelectorAll(selector)] as T[]
const button = (name: string) =>
  inside<HTMLButtonElement>('button').find(
    (each) => (each.getAttribute('aria-label') ?? each.textContent!.trim()) === name,
  )!
const heard = () => inside('.announcement')[0]!.textContent

async function show(
  stated: ShownPreference[],
  parts: Partial<Profile> = {},
  item?: ItemDetail,
) {
  const log = { stated }
  const made = hearthOf(
    { item: async () => item },
    {
      taste: async () => taste,
      preferences: async () => log.stated,
      ...parts,
    },
  )
  element.hearth = made.hearth
  document.body.replaceChildren(element)
  await settled()
  return { ...made, log }
}

describe('the taste', () => {
  test('is shown by relation, what was refused apart from what was liked', async () => {
    await show([])
    expect(inside('h3').map(({ textContent }) => textContent)).toEqual([
      'Makers',
      'Genres',
    ])
    expect(inside('.liked .name').map(({ textContent }) => textContent)).toEqual([
      LE_GUIN.name,
      CRIME.name,
    ])
    expect(inside('.refused .name').map(({ textContent }) => textContent)).toEqual([
      ROMANCE.name,
    ])
    expect(inside('.stated')).toHaveLength(0)
  })

  test('has three choices behind one button a row, which state what is pressed', async () => {
    const { recorded } = await show([])
    const more = button('Follow, less or never: romance')
    expect(more.getAttribute('aria-expanded')).toBe('false')
    more.click()
    await settled()
    button('Never: romance').click()
    await settled()
    expect(recorded).toEqual([
      { kind: 'prefer', attribute: ROMANCE, preference: 'never' },
    ])
    expect(heard()).toBe('romance is in no list of yours any more.')
  })
})

describe('what is stated', () => {
  test('is listed with its choices; the same press again removes all its events', async () => {
    const { removed, recorded, log } = await show([followed])
    const follow = button('Follow: Ursula K. Le Guin')
    expect(follow.getAttribute('aria-pressed')).toBe('true')
    log.stated = []
    follow.click()
    await settled()
    expect(removed).toEqual([4, 9])
    expect(recorded).toEqual([])
    expect(heard()).toBe('Nothing is asked of Ursula K. Le Guin any more.')
  })

  test('another choice takes the place of the one before', async () => {
    const { removed, recorded } = await show([followed])
    button('Less: Ursula K. Le Guin').click()
    await settled()
    expect(removed).toEqual([4, 9])
    expect(recorded).toEqual([
      { kind: 'prefer', attribute: LE_GUIN, preference: 'less' },
    ])
  })

  test('stays as it was where the log refuses, and why is heard', async () => {
    await show([followed], {
      remove: () => Promise.reject(new Error('the disk is full')),
    })
    button('Follow: Ursula K. Le Guin').click()
    await settled()
    expect(heard()).toBe('the disk is full')
    expect(button('Follow: Ursula K. Le Guin').getAttribute('aria-pressed')).toBe(
      'true',
    )
  })
})

describe('of one item', () => {
  const years = { relation: 'years', name: '1960s' } as const
  const detail = { item: itemOf('a'), attributes: [LE_GUIN, CRIME, years] }

  test('is a closed menu of its makers and genres that names what is stated', async () => {
    element.item = 'a'
    await show([followed], {}, detail)
    expect(inside('.name').map(({ textContent }) => textContent)).toEqual([
      LE_GUIN.name,
      CRIME.name,
    ])
    expect(inside<HTMLDetailsElement>('details')[0]!.open).toBe(false)
    expect(inside('summary small')[0]!.textContent).toBe('following Ursula K. Le Guin')
  })

  test('is nothing for an item without any', async () => {
    element.item = 'b'
    await show([], {}, { ...detail, attributes: [years] })
    expect(inside('details')).toHaveLength(0)
  })
})
