import { expect, test } from 'vitest'
import { EVENT_KINDS, eventKey, eventKindOf } from './event-kinds.ts'

const strength = (word: string) => eventKindOf(word)?.strength

test('a view is less than a cart, a cart less than a purchase', () => {
  expect(strength('view')).toBeLessThan(strength('cart')!)
  expect(strength('add_to_cart')).toBeLessThan(strength('like')!)
  expect(strength('favorite')).toBeLessThan(strength('purchase')!)
  expect(strength('buy')).toBe(1)
})

test('what takes something back, or only shows it, is no like', () => {
  for (const word of ['remove_from_cart', 'return', 'Refunded', 'unlike', 'dislike'])
    expect(strength(word)).toBe(0)
  expect(strength('impression')).toBe(0)
})

test('case, spaces and signs do not matter', () => {
  for (const word of ['Add to cart', 'add_to_cart', 'addToCart', 'ADD-TO-CART'])
    expect(eventKindOf(word)?.name).toBe('cart')
})

test('words nobody listed, and those of every object, are unknown', () => {
  for (const word of ['', 'frobnicate', 'constructor', '__proto__'])
    expect(eventKindOf(word)).toBeUndefined()
})

test('every word is written as it is looked up, and names one kind', () => {
  const words = EVENT_KINDS.flatMap((kind) => kind.words)
  expect(new Set(words).size).toBe(words.length)
  for (const word of words) expect(eventKey(word)).toBe(word)
  for (const kind of EVENT_KINDS) expect(kind.strength).toBeLessThanOrEqual(1)
})
