/** Genre words → a family of covers, by weighted votes of all the item's genres. */
export const FAMILIES = [
  'comics',
  'cooking',
  'travel',
  'poetry',
  'horror',
  'science-fiction',
  'fantasy',
  'mystery',
  'romance',
  'science',
  'belief',
  'life',
  'history',
  'children',
  'young-adult',
  'classics',
  'literary',
  'plain',
] as const
export type Family = (typeof FAMILIES)[number]

/** Which family a genre points to, and how distinctive it is: "fiction" is hardly distinctive. */
const VOTES: readonly (readonly [Family, number, RegExp])[] = [
  ['comics', 3, /comic|graphic novel|manga|superhero/],
  ['cooking', 2.6, /cook|food|recipe|culinary|baking/],
  ['travel', 2, /travel|western|exploration|outdoor/],
  ['poetry', 2, /\bpoe(m|t)|^drama$|^plays?$|theat|musical/],
  ['horror', 1.7, /horror|ghost|vampire|zombie|creepy|gothic/],
  [
    'science-fiction',
    1.7,
    /sci ?fi|science fiction|dystop|\bspace|cyberpunk|alien|time travel/,
  ],
  ['fantasy', 1.5, /fantas|magic|dragon|wizard|paranormal|mytholog/],
  ['mystery', 1.5, /myster|thriller|crime|detective|suspense|noir|\bspy|espionage/],
  ['romance', 1.4, /romance|chick ?lit|love|erotic/],
  [
    'science',
    1.8,
    /^(?!.*fiction).*(scien(?!ce fi)|math|physic|biolog|nature|psycholog|medic|technolog|animals$)/,
  ],
  ['belief', 1.6, /relig|christian|spiritual|philosoph|theolog|buddh|\bfaith|bible/],
  ['life', 1.8, /biograph|memoir/],
  [
    'history',
    1.1,
    /histor|politic|\bwar\b|econom|business|non ?fiction|self help|essay|document|journalis/,
  ],
  ['children', 1.5, /child|picture book|kids|juvenile|middle grade|animation|fairy/],
  ['young-adult', 1.2, /young adult|\bya\b|teen/],
  ['classics', 1, /classic|victorian|ancient|epic/],
  ['literary', 0.6, /litera|contemporary|novel|short stor|adult fiction|realis/],
]

/** Later genres count less: the first is the most specific. Per place in the list. */
const FADE = 0.85

/** @param genres most specific first; the strongest family wins, ties to the earlier one */
export function familyOf(genres: readonly string[]): Family {
  const scores = new Map<Family, number>()
  genres.slice(0, 12).forEach((genre, place) => {
    const words = genre
      .toLowerCase()
      .replaceAll(/[-_/]+/g, ' ')
      .trim()
    for (const [family, weight, pattern] of VOTES) {
      if (!pattern.test(words)) continue
      scores.set(family, (scores.get(family) ?? 0) + weight * FADE ** place)
    }
  })
  let best: Family = 'plain'
  for (const [family, score] of scores) {
    if (score > (scores.get(best) ?? 0)) best = family
  }
  return best
}
