/** A catalogue's title → what a cover can carry: no series brackets, subtitle apart. */

export interface TitleWords {
  readonly title: string
  /** What followed a colon or a dash; empty if nothing did. */
  readonly subtitle: string
}

/** No cover needs more; bounds the work on hostile titles. */
const MAX_CHARACTERS = 240

export function titleWords(written: string): TitleWords {
  const whole = tidy(written)
  const bare = tidy(whole.replaceAll(/\s*[([{][^)\]}]*[)\]}]/g, ' ')) || whole
  const cut = /^(.{2,}?)(?::\s+|\s+[-–—|/]\s+|:$)(.*)$/su.exec(bare)
  if (!cut) return { title: bare, subtitle: '' }
  return { title: cut[1]!.trim(), subtitle: cut[2]!.trim() }
}

/** One space between words, no control or direction characters, a bounded length. */
function tidy(text: string): string {
  return text
    .slice(0, MAX_CHARACTERS * 2)
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, ' ')
    .replaceAll(/\s+/gu, ' ')
    .trim()
    .slice(0, MAX_CHARACTERS)
}

/** Whether the first strong letter is written from right to left. */
export function isRightToLeft(text: string): boolean {
  const letter = /\p{L}/u.exec(text)?.[0] ?? ''
  return /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/.test(letter)
}
