/**
 * The examples the formulas came with, as numbers and as small catalogues. Where the
 * source's arithmetic was wrong, the right number stands here and a comment gives theirs.
 */
import { describe, expect, test } from 'vitest'
import { cosine } from '../math/vectors.ts'
import { createKeywordIndex } from '../text/search/keyword-search.ts'
import { blend, collaborativeScore, contentScore } from './feedback-terms.ts'
import { constantFusion, halfBlend } from './fusion.ts'
import { rankItems } from './rank.ts'
import { relatedItems } from './related.ts'
import { sampleScoring, tasteOf } from './sample-pack.test-data.ts'
import type { ScoringPack, TasteView } from './score.ts'
import { scoreAll } from './score-all.ts'

describe('the formulas, one item at a time', () => {
  test('r_cf = Sim + α·e⁺ − β·e⁻: 0.5 + 0.25 − 0.25 = 0.5', () => {
    expect(collaborativeScore(0.5, 0.5, 0.5, { alpha: 0.5, beta: 0.5 })).toBe(0.5)
    expect(collaborativeScore(0.5, 1, 0, { alpha: 0.25, beta: 0.25 })).toBe(0.75)
    expect(collaborativeScore(0.5, 0, 1, { alpha: 0.25, beta: 0.25 })).toBe(0.25)
  })

  test('r_cb = Cos + γ·e⁺ − δ·e⁻ is the same over text', () => {
    expect(contentScore(0.5, 0.5, 0.5, { gamma: 0.5, delta: 0.5 })).toBe(0.5)
  })

  test('the blend 0.6·0.8 + 0.4·0.5 is 0.68 (the source printed 0.54)', () => {
    expect(blend(0.8, 0.5, { w1: 0.6, w2: 0.4 })).toBeCloseTo(0.68, 12)
  })

  test('the blend 0.6·0.9 + 0.4·0.7 is 0.82 (the source printed 0.58)', () => {
    expect(blend(0.9, 0.7, { w1: 0.6, w2: 0.4 })).toBeCloseTo(0.82, 12)
  })

  test('the plain blend is one half each', () => {
    expect(blend(0.8, 0.4)).toBeCloseTo(0.6, 12)
    expect(halfBlend.buckets[0]).toMatchObject({ cf: 0.5, content: 0.5 })
  })

  test('the cosine of a vector with itself is 1 (the source printed 0.5)', () => {
    const vector = Float32Array.of(0.5, 0.5, 0.7)
    expect(cosine(vector, vector)).toBeCloseTo(1, 6)
  })
})

describe('a travel site', () => {
  // content axes: city culture, beach, mountain walking
  const titles = ['Paris', 'Rome', 'Bali', 'Maldives', 'Sahara', 'Italy by train']
  const travel = sampleScoring({
    items: titles.map((title, i) => ({
      title,
      genres: [['culture', 'culture', 'beach', 'beach', 'desert', 'culture'][i]],
    })),
    content: [
      [1, 0, 0.1],
      [0.95, 0.1, 0.1],
      [0.05, 1, 0.2],
      [0, 1, 0],
      [0, 0.1, 1],
      [0.9, 0, 0.4],
    ],
    popularity: [0.9, 0.5, 0.9, 0.8, 0.9, 0.1],
    fusion: constantFusion({ content: 1, attributes: 0.5, popularity: 0.1 }),
  })

  test('who liked Paris is shown Italy before an unrelated place', () => {
    const order = ranking(travel, tasteOf([0], { positive: { 0: 1 } }), titles)
    expect(order.slice(0, 2).toSorted()).toEqual(['Italy by train', 'Rome'])
    expect(order.indexOf('Rome')).toBeLessThan(order.indexOf('Sahara'))
  })

  test('Bali and Maldives, both beaches, lead to each other', () => {
    expect(titles[relatedItems(travel, 2, 1)[0].index]).toBe('Maldives')
    expect(titles[relatedItems(travel, 3, 1)[0].index]).toBe('Bali')
  })
})

test('a trekking reader gets trekking books and gear first', () => {
  const titles = [
    'Trekking in Nepal',
    'Alpine trails',
    'Trekking poles',
    'French baking',
  ]
  const shop = sampleScoring({
    items: titles.map((title) => ({ title })),
    content: [
      [1, 0.1, 0],
      [0.9, 0.3, 0],
      [0.8, 0, 0.2],
      [0, 0.1, 1],
    ],
    popularity: [0.2, 0.2, 0.2, 1],
    fusion: halfBlend,
  })
  const order = ranking(shop, tasteOf([0]), titles)
  expect(order.slice(0, 2).toSorted()).toEqual(['Alpine trails', 'Trekking poles'])
  expect(order.at(-1)).toBe('French baking')

  const words = createKeywordIndex(
    titles.map((title, index) => ({ index, record: record(title) })),
  )
  expect(words.search('trekking', 5).map(({ index }) => index)).toEqual([2, 0])
})

test('after a phone come the tablet and the earphones, in the order they are used together', () => {
  const titles = ['Phone', 'Tablet', 'Earphones', 'Kettle']
  const shop = sampleScoring({
    items: titles.map((title) => ({ title })),
    // of those who have a phone 12 in 15 also have a tablet, 9 earphones, 1 a kettle
    cf: [
      [0, 12, 9, 1],
      [12, 0, 6, 1],
      [9, 6, 0, 1],
      [1, 1, 1, 0],
    ],
    fusion: halfBlend,
  })
  expect(ranking(shop, tasteOf([0]), titles)).toEqual(['Tablet', 'Earphones', 'Kettle'])
})

function record(title: string) {
  return { id: title, title }
}

/** Titles not in the history, best first, by score alone. */
function ranking(scoring: ScoringPack, taste: TasteView, titles: readonly string[]) {
  const exclude = new Uint8Array(titles.length)
  for (const { index } of taste.history) exclude[index] = 1
  const scores = scoreAll(scoring, { taste })
  const options = { count: titles.length, exclude, lambda: 1 }
  const ranked = rankItems(scoring, scores, { taste }, options)
  return ranked.map(({ index }) => titles[index])
}
