import { expect, test } from 'vitest'
import { familyOf } from './families.ts'

test.each([
  [['science fiction', 'space opera'], 'science-fiction'],
  [['Sci-Fi'], 'science-fiction'],
  [['popular science', 'physics'], 'science'],
  [['fantasy', 'fiction', 'young-adult'], 'fantasy'],
  [['crime', 'mystery', 'fiction'], 'mystery'],
  [['literary fiction'], 'literary'],
  [['graphic-novels', 'fantasy'], 'comics'],
  [['memoir', 'history'], 'life'],
  [['Drama'], 'poetry'],
  [['cookbooks'], 'cooking'],
  [['christian', 'religion'], 'belief'],
  [['pottery'], 'plain'],
  [[], 'plain'],
] as const)('%j is drawn as %s', (genres, family) => {
  expect(familyOf(genres)).toBe(family)
})

test('the first genre counts most', () => {
  expect(familyOf(['horror', 'romance'])).toBe('horror')
  expect(familyOf(['romance', 'romance', 'horror'])).toBe('romance')
})
