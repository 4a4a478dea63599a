import { describe, expect, test } from 'vitest'
import { cleanTitle } from './clean-title.ts'

describe('a series in the last bracket goes from the title to the series', () => {
  test.each([
    ['Dune (Dune Chronicles #1)', 'Dune', 'Dune Chronicles', 1],
    ['Twilight (Twilight, #1)', 'Twilight', 'Twilight', 1],
    ['I, Robot (Robot #0.1)', 'I, Robot', 'Robot', 0.1],
    ['Sabriel (Abhorsen,  #1)', 'Sabriel', 'Abhorsen', 1],
    ['Long Lost  (Myron Bolitar #9)', 'Long Lost', 'Myron Bolitar', 9],
    ['Women (One Thousand White Women#1)', 'Women', 'One Thousand White Women', 1],
    ['Forward (Foundation: Prequel #2)', 'Forward', 'Foundation: Prequel', 2],
    [
      'Ranma ½, Vol. 1 (Ranma ½ (US 2nd), #1)',
      'Ranma ½, Vol. 1',
      'Ranma ½ (US 2nd)',
      1,
    ],
    [
      'Steel and Snow (Ice and Fire, #3: Part 1 of 2)',
      'Steel and Snow',
      'Ice and Fire',
      3,
    ],
    ['Arrival (Wayfarers, Book 2)', 'Arrival', 'Wayfarers', 2],
  ])('%s', (raw, title, name, position) => {
    expect(cleanTitle(raw)).toEqual({ title, series: { name, position } })
  })

  test('of several series the first one counts', () => {
    expect(cleanTitle('The Light Fantastic (Discworld, #2; Rincewind #2)')).toEqual({
      title: 'The Light Fantastic',
      series: { name: 'Discworld', position: 2 },
    })
    expect(cleanTitle('Night Play (Dark-Hunter #5, Were-Hunter #1)').series).toEqual({
      name: 'Dark-Hunter',
      position: 5,
    })
  })

  test.each(['#1-3', '#1–3', '#4.1, #4.3', '#0.5, 2.5', '#0.1 - 0.4', '#1-4 + 3.5'])(
    'several volumes (%s) have no position',
    (volumes) => {
      expect(cleanTitle(`Box (Saga, ${volumes})`)).toEqual({
        title: 'Box',
        series: { name: 'Saga' },
      })
    },
  )
})

test('other brackets stay in the title', () => {
  const titles = [
    'I Am America (And So Can You!)',
    'Nickel and Dimed: On (Not) Getting By in America',
    'The Firm (Penguin Readers, Level 5)',
    '(500) Days of Summer',
    '(Untitled)',
    'M*A*S*H (a.k.a. MASH)',
  ]
  for (const title of titles) expect(cleanTitle(title)).toEqual({ title })
})

test('a year in the last bracket is the year', () => {
  expect(cleanTitle('Toy Story (1995)')).toEqual({ title: 'Toy Story', year: 1995 })
  expect(cleanTitle('Blade Runner (2049 Cut)')).toEqual({
    title: 'Blade Runner (2049 Cut)',
  })
})

test('a sorted article comes back to the front', () => {
  expect(cleanTitle('War, The').title).toBe('The War')
  expect(cleanTitle("Avventura, L' (Adventure)").title).toBe("L'Avventura (Adventure)")
  expect(cleanTitle('Godfather: Part III, The').title).toBe('The Godfather: Part III')
  expect(cleanTitle('Me, Myself and the').title).toBe('Me, Myself and the')
})

test('a long row of brackets is no slower than its length', () => {
  const raw = '('.repeat(500)
  expect(cleanTitle(raw)).toEqual({ title: raw })
})
