import fc from 'fast-check'
import { expect, test } from 'vitest'
import { clausesOf, MAX_CHARS } from './clauses.ts'

/** typed | wanted | refused, by ";" */
const REFUSALS = [
  ['not romance', '', 'romance'],
  ['fantasy without dragons', 'fantasy', 'dragons'],
  ['no more vampires', '', 'vampires'],
  ['I hate fantasy', '', 'fantasy'],
  ['anything but horror', '', 'horror'],
  ['no romance or vampires, please', '', 'romance;vampires'],
  ["I don't want romance, I want crime", 'I want crime', 'romance'],
  ['science fiction, no aliens, no war', 'science fiction', 'aliens;war'],
  ['something funny but not childish', 'something funny', 'childish'],
  ['gore-free horror', 'horror', 'gore'],
  ['想要海滩不想爬山', '海滩', '爬山'],
  ['没有龙的奇幻小说', '奇幻小说', '龙'],
  ['不要爱情要悬疑', '悬疑', '爱情'],
  ['ドラゴンの出てこないファンタジー', 'ファンタジー', 'ドラゴン'],
  ['恋愛やホラーは嫌い', '', '恋愛;ホラー'],
  ['로맨스 말고 추리소설', '추리소설', '로맨스'],
  ['용이 없는 판타지', '판타지', '용'],
  ['Fantasy ohne Drachen', 'Fantasy', 'Drachen'],
  ['Krimi, aber nicht in England', 'Krimi', 'England'],
  ["je n'aime pas les vampires", '', 'vampires'],
  ['nada de romance', '', 'romance'],
  ['fantasia sem dragões', 'fantasia', 'dragões'],
  ['niente horror', '', 'horror'],
  ['fantasy zonder draken', 'fantasy', 'draken'],
  ['fantasy bez smoków', 'fantasy', 'smoków'],
  ['фэнтези без драконов', 'фэнтези', 'драконов'],
  ['фентезі без драконів', 'фентезі', 'драконів'],
  ['korku olmayan gerilim', 'gerilim', 'korku'],
  ['روايات خيال بدون تنانين', 'روايات خيال', 'تنانين'],
  ['मुझे डरावनी कहानी नहीं चाहिए', '', 'डरावनी कहानी'],
  ['truyện giả tưởng không có rồng', 'truyện giả tưởng', 'rồng'],
  ['fantasi tanpa naga', 'fantasi', 'naga'],
] as const

test.each(REFUSALS)('%s', (text, wanted, refused) => {
  expect(clausesOf(text)).toMatchObject({ wanted, refused: refused.split(';') })
})

test.each([
  'not only romance but also crime',
  "can't get enough of vampires",
  'no one writes like Tolkien',
  "I don't hate romance",
  'not without dragons',
  'non-fiction about bees',
  'The Girl with No Name',
  'Never Let Me Go',
  'Not Without My Daughter',
  'And Then There Were None',
  'books like Never Let Me Go',
  'livros no Brasil',
  '别人的书',
  '不仅有爱情还有悬疑',
  'nicht nur Krimis',
  'no solo romance',
])('refuses nothing: %s', (text) => {
  expect(clausesOf(text)).toMatchObject({ wanted: text, refused: [] })
})

test('a title of the catalogue is no refusal, however it is written', () => {
  const text = 'books like not without my daughter'
  expect(clausesOf(text, [{ from: 11, to: text.length }]).refused).toEqual([])
})

test.each([
  '',
  ' ',
  'no',
  'not',
  '🙂',
  '!!!',
  'without',
  '不要',
  '\u0000\u0007',
  '\u202eabc',
])('a text with nothing to refuse refuses nothing: %j', (text) => {
  expect(clausesOf(text).refused).toEqual([])
})

test('any text is read without failing, and no more of it than it has to be', () => {
  const word = fc.constantFrom(
    'not',
    'no',
    'without',
    'ohne',
    '不要',
    '抜き',
    'but',
    ',',
    'and',
    'बिना',
  )
  const text = fc.array(fc.oneof(word, fc.string({ unit: 'binary' })), {
    maxLength: 40,
  })
  fc.assert(
    fc.property(text, (parts) => {
      const { wanted, refused } = clausesOf(parts.join(' '))
      expect(wanted.length).toBeLessThanOrEqual(2 * MAX_CHARS)
      expect(refused.every((each) => each.trim() !== '')).toBe(true)
    }),
  )
  expect(clausesOf('no dragons '.repeat(10_000)).refused.length).toBeLessThan(MAX_CHARS)
})
