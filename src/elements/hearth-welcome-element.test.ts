// @vitest-environment jsdom
import { beforeEach, describe, expect, test } from 'vitest'
import type { Elicitation, HearthState, Profile, ShownEvent } from '../index.ts'
import { loadElement } from './define.ts'
import { hearthOf, settled } from './elements.fixture.ts'
import type { HearthWelcomeElement } from './hearth-welcome-element.ts'
import { isWelcomed } from './welcome-memory.ts'

let element: HearthWelcomeElement
beforeEach(async () => {
  localStorage.clear()
  await loadElement('hearth-welcome')
  element = document.createElement('hearth-welcome')
})

const inside = <T extends HTMLElement>(selector: string) =>
  [...element.shadowRoot!.querySelectorAll(selector)] as T[]
const button = (name: string) =>
  inside<HTMLButtonElement>('button').find(
    (each) => (each.getAttribute('aria-label') ?? each.textContent!.trim()) === name,
  )!
const press = async (name: string) => {
  button(name).click()
  await settled()
}

const FANTASY = { relation: 'genre', name: 'fantasy' } as const
const asked = (ids: string): Elicitation => ({
  items: [...ids].map((id) => ({ id, title: `Title ${id}`, authors: ['A'] })),
  attributes: [FANTASY],
  slate: `elicit:${ids}`,
})

async function show(
  events: ShownEvent[] = [],
  {
    mode = 'indexeddb',
    ...parts
  }: Partial<Profile> & { mode?: 'indexeddb' | 'memory' } = {},
) {
  const screens = [asked('abc'), asked('def'), asked('')]
  const excluded: (readonly string[] | undefined)[] = []
  const undone: string[] = []
  const made = hearthOf(
    {
      elicit: async ({ exclude } = {}) => {
        excluded.push(exclude)
        return screens.shift()!
      },
      state: async () => ({ profile: { mode } }) as HearthState,
    },
    {
      events: async () => events,
      preferences: async () => [],
      undoHistory: async (slate) => {
        undone.push(slate)
        return 1
      },
      ...parts,
    },
  )
  element.hearth = made.hearth
  document.body.replaceChildren(element)
  await settled()
  return { ...made, excluded, undone }
}

const event = (kind: ShownEvent['kind']): ShownEvent => ({
  ...{ kind, item: 'a', at: 1, seq: 1, uid: 'u' },
})

describe('the line', () => {
  test('is shown to a stranger, and to one who only saw or searched', async () => {
    await show([event('impression'), event('search')])
    expect(inside('.line')).toHaveLength(1)
    expect(isWelcomed()).toBe(false)
  })

  test('is not shown to a visitor who is known, nor on any later page', async () => {
    await show([event('like')])
    expect(inside('.line')).toHaveLength(0)
    expect(isWelcomed()).toBe(true)
  })

  test('stays for one who becomes known on this page: nothing jumps, and it is remembered', async () => {
    const events: ShownEvent[] = []
    const { emit } = await show(events)
    events.push(event('like'))
    emit('change', { origin: 'own', kinds: ['like'] })
    await settled()
    expect(inside('.line')).toHaveLength(1)
    expect(isWelcomed()).toBe(true)
  })

  test('goes with "Not now", which is remembered', async () => {
    await show()
    await press('Not now')
    expect(element.hidden).toBe(true)
    expect(isWelcomed()).toBe(true)
  })

  test('of a visitor who wants nothing kept, nothing is kept', async () => {
    await show([], { mode: 'memory' })
    await press('Not now')
    expect(element.hidden).toBe(true)
    expect(localStorage.length).toBe(0)
  })
})

describe('the questions', () => {
  test('record a pick at once as a like of one slate, and take it back by the same press', async () => {
    const { recorded, removed } = await show()
    await press('Pick what you know')
    expect(element.shadowRoot!.activeElement?.id).toBe('question')
    await press('Title b, A')
    expect(recorded).toEqual([{ kind: 'like', item: 'b', slate: 'elicit:abc' }])
    expect(button('Title b, A').getAttribute('aria-pressed')).toBe('true')
    await press('Title b, A')
    expect(removed).toEqual([1])
    expect(button('Title b, A').getAttribute('aria-pressed')).toBe('false')
  })

  test('show others that follow from the picks, none twice, and say when there are no more', async () => {
    const { excluded, recorded } = await show()
    await press('Pick what you know')
    await press('Show others')
    expect(excluded).toEqual([[], ['a', 'b', 'c']])
    await press('Title e, A')
    expect(recorded[0]).toMatchObject({ item: 'e', slate: 'elicit:abc' })
    await press('Show others')
    expect(inside('[role=status]').map(({ textContent }) => textContent)).toContain(
      'That was all.',
    )
    expect(button('Title e, A')).toBeDefined()
  })

  test('go on to what to follow and what never to see', async () => {
    const { recorded } = await show()
    await press('Pick what you know')
    await press('Next')
    expect(inside('.place')[0]!.textContent).toContain('Question 2 of 3')
    await press('fantasy')
    await press('Next')
    await press('fantasy')
    expect(recorded).toMatchObject([
      { kind: 'prefer', attribute: FANTASY, preference: 'follow', slate: 'elicit:abc' },
      { kind: 'prefer', attribute: FANTASY, preference: 'never' },
    ])
    await press('Done')
    expect(inside('.question')).toHaveLength(0)
    expect(isWelcomed()).toBe(true)
  })

  test('end at any place, also by Escape, and all of it can be undone', async () => {
    const { undone } = await show()
    await press('Pick what you know')
    await press('Title a, A')
    inside('.question')[0]!.dispatchEvent(
      new KeyboardEvent('keydown', { key: 'Escape' }),
    )
    await settled()
    expect(inside('.thanks')[0]!.textContent).toContain('1 answer')
    await press('Undo')
    expect(undone).toEqual(['elicit:abc'])
    expect(inside('.thanks')[0]!.textContent).toContain('Undone')
  })

  test('a pick that could not be stored is not shown as made', async () => {
    const { hearth } = await show()
    hearth.record = () => Promise.reject(new Error('the disk is full'))
    await press('Pick what you know')
    await press('Title a, A')
    expect(button('Title a, A').getAttribute('aria-pressed')).toBe('false')
    expect(inside('.note').map(({ textContent }) => textContent)).toContain(
      'the disk is full',
    )
  })
})
