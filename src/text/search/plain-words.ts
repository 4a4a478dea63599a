/** A text as words that can be compared: what is typed, and what a record holds. */

/** Lower case, without accents, words separated by one space. */
export function plain(text: string): string {
  const letters = text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
  // an apostrophe is part of its word: "o'brien" is one name
  const words = letters.replace(/['’]/g, '').match(/[\p{L}\p{N}]+/gu) ?? []
  const plain = words.join(' ')
  if (!UNSPACED.test(plain)) return plain
  return plain.replace(UNSPACED_RUN, pairsOf).replace(/ +/g, ' ').trim()
}

// Chinese, Japanese, Thai and their neighbours write no spaces: any two letters that follow
// each other are a word, so that what stands inside a title is found.

const SCRIPTS = ['Han', 'Hiragana', 'Katakana', 'Thai', 'Lao', 'Khmer', 'Myanmar']
const LETTER = `[${SCRIPTS.map((name) => `\\p{Script=${name}}`).join('')}ー]`
/** A letter of a script that writes no spaces. */
export const UNSPACED = new RegExp(LETTER, 'u')
/** The last letter of each run of such letters. */
export const LAST_LETTERS = new RegExp(`${LETTER}\\p{M}*(?!\\p{M}|${LETTER})`, 'gu')
const UNSPACED_RUN = new RegExp(` ?${LETTER}+ ?`, 'gu')

/** 救赎者 → " 救赎 赎者 "; a letter alone stays one. */
function pairsOf(run: string): string {
  const letters = [...run.trim()]
  if (letters.length === 1) return ` ${letters[0]} `
  return ` ${letters
    .slice(1)
    .map((letter, i) => letters[i]! + letter)
    .join(' ')} `
}
