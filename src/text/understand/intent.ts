/** What kind of text it is: a few rules on its first words and its shape. */

export type Intent =
  | 'title' // the catalogue's own
  | 'maker' // by somebody
  | 'like' // "something like Dune"
  | 'fact' // a year, a price, a length
  | 'opinion' // "I loved Dune but the ending dragged"
  | 'question' // "how does …?"
  | 'wish' // what it should be about, or how it should feel

const LIKE =
  /(?<!\p{L})(?:(?:something|books?|anything|more|stories|novels?|films?|games?)\s+like|similar to|in the style of|reminds? me of|(?:et)?was (?:so )?wie|ähnlich wie|comme|parecid[oa]s? a|simile a|parecido com|zoals|podobn\p{L}+ do|похож\p{L}+ на|схож\p{L}+ на|gibi|مثل|जैसा|जैसी|giống(?: như)?|seperti)(?!\p{L})|像.+(?:一样|那样|的)|みたいな|のような|같은/iu
const OPINION =
  /(?<!\p{L})(?:i|we)(?:['’]ve| have)? (?:just )?(?:really |absolutely |didn['’]t |did not )?(?:loved|liked|hated|enjoyed|disliked|finished|adored|thought|found|read)(?!\p{L})|(?<!\p{L})(?:the )?(?:ending|plot|pacing|characters?|writing|prose|story) (?:was|were|is|felt|dragged|drags)(?!\p{L})/iu
const QUESTION =
  /^(?:who|what|when|where|why|how|which|is|are|does|do|did|can|wer|was|wann|wo|warum|wie|qui|quand|où|pourquoi|comment|quién|qué|cuándo|dónde|cómo|chi|cosa|quando|dove|perché|кто|что|когда|где|почему|как)(?!\p{L}).*\?\s*$|[?？]\s*$|(?:吗|呢|ですか|ますか|나요|까요)\s*$/iu

export function intentOf(
  text: string,
  { hasFacts, hasMaker }: { readonly hasFacts: boolean; readonly hasMaker: boolean },
): Intent {
  if (OPINION.test(text)) return 'opinion'
  if (LIKE.test(text)) return 'like'
  if (hasMaker) return 'maker'
  if (QUESTION.test(text)) return 'question'
  return hasFacts ? 'fact' : 'wish'
}

/** "by Stephen King", at the end or before a comma: a name of up to four words. */
const BY =
  /(?<!\p{L})(?:written by|by|von|d[e’']|par|por|di|van|door|от|автор\p{L}*)\s+((?:\p{L}[\p{L}.'’-]*\s*){1,4})(?=,|$)/iu

/** @returns the maker that the text names with "by", as the catalogue spells it */
export function makerIn(
  text: string,
  makerOf: (name: string) => string | undefined,
): { readonly maker: string; readonly rest: string } | undefined {
  const match = text.match(BY)
  const maker = match && makerOf(match[1]!.trim())
  if (!match || !maker) return undefined
  const rest = `${text.slice(0, match.index)} ${text.slice(match.index! + match[0].length)}`
  return {
    maker,
    rest: rest
      .replace(/\s+/g, ' ')
      .replace(/^[\s,]+|[\s,]+$/g, '')
      .replace(
        /^(?:(?:something|anything|books?|novels?|a|an|the|some)(?:\s+|$))+$/iu,
        '',
      ),
  }
}
