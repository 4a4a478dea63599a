/**
 * 200 typed refusals in eight languages, written for this measure. Every second of a language
 * is kept aside from tuning.
 */

export interface RefusalCase {
  readonly language: string
  readonly text: string
  /** Categories, as the catalogue names them. */
  readonly refused: string
  readonly wanted: string | undefined
  /** The refused words as they are typed. */
  readonly typed: string
  readonly isKeptAside: boolean
}

const PAIRS: readonly (readonly [wanted: string, refused: string])[] = [
  ['fantasy', 'dragons'],
  ['mystery', 'horror'],
  ['science fiction', 'war'],
  ['horror', 'vampires'],
  ['thriller', 'romance'],
]

/** Each language's word of a topic, refused and wanted alike unless a second form is given. */
// biome-ignore format: a table of words
const WORDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  en: { fantasy: 'fantasy', dragons: 'dragons', mystery: 'mystery', horror: 'horror', 'science fiction': 'science fiction', war: 'war', vampires: 'vampires', thriller: 'thriller', romance: 'romance' },
  de: { fantasy: 'Fantasy', dragons: 'Drachen', mystery: 'Krimi', horror: 'Horror', 'science fiction': 'Science-Fiction', war: 'Krieg', vampires: 'Vampire', thriller: 'Thriller', romance: 'Liebesgeschichten' },
  fr: { fantasy: 'fantasy', dragons: 'dragons', mystery: 'polar', horror: 'horreur', 'science fiction': 'science-fiction', war: 'guerre', vampires: 'vampires', thriller: 'thriller', romance: 'romance' },
  es: { fantasy: 'fantasía', dragons: 'dragones', mystery: 'misterio', horror: 'terror', 'science fiction': 'ciencia ficción', war: 'guerra', vampires: 'vampiros', thriller: 'thriller', romance: 'romance' },
  ru: { fantasy: 'фэнтези', dragons: 'драконов', mystery: 'детектив', horror: 'ужасов', 'science fiction': 'научная фантастика', war: 'войны', vampires: 'вампиров', thriller: 'триллер', romance: 'романтики' },
  zh: { fantasy: '奇幻', dragons: '龙', mystery: '推理', horror: '恐怖', 'science fiction': '科幻', war: '战争', vampires: '吸血鬼', thriller: 'thriller', romance: '爱情' },
  ja: { fantasy: 'ファンタジー', dragons: 'ドラゴン', mystery: 'ミステリー', horror: 'ホラー', 'science fiction': 'サイエンスフィクション', war: '戦争', vampires: 'ヴァンパイア', thriller: 'スリラー', romance: '恋愛' },
  ko: { fantasy: '판타지', dragons: '드래곤', mystery: '미스터리', horror: '공포', 'science fiction': '과학소설', war: '전쟁', vampires: '뱀파이어', thriller: '스릴러', romance: '로맨스' },
}

/** Five ways to say it in each language: with a wish in four, a refusal alone in the fifth. */
// biome-ignore format: a table of words
const FRAMES: Readonly<Record<string, readonly string[]>> = {
  en: ['{w} without {r}', '{w}, but no {r} please', 'I want {w}, I hate {r}', '{w} that is not about {r}', 'no more {r}'],
  de: ['{w} ohne {r}', '{w}, aber bitte kein {r}', 'ich suche {w}, nichts mit {r}', '{w} außer {r}', 'ich mag kein {r}'],
  fr: ['{w} sans {r}', '{w}, mais pas de {r}', 'je cherche {w}, rien avec {r}', '{w} sauf {r}', 'je déteste {r}'],
  es: ['{w} sin {r}', '{w}, pero nada de {r}', 'quiero {w}, no quiero {r}', '{w} excepto {r}', 'odio {r}'],
  ru: ['{w} без {r}', '{w}, но без {r}', 'хочу {w}, только не {r}', '{w}, кроме {r}', 'никаких {r}'],
  zh: ['没有{r}的{w}小说', '想看{w}，不要{r}', '{w}，但是不喜欢{r}', '推荐{w}，别给我{r}', '我讨厌{r}'],
  ja: ['{r}なしの{w}', '{w}がいい、{r}は嫌い', '{r}の出てこない{w}', '{w}、でも{r}はいらない', '{r}以外'],
  ko: ['{r} 없는 {w}', '{w} 추천해줘, {r}은 싫어요', '{r} 말고 {w}', '{r} 빼고 {w}', '{r} 제외'],
}

/** 8 languages × 5 pairs × 5 ways. */
export const REFUSALS: readonly RefusalCase[] = Object.entries(FRAMES).flatMap(
  ([language, frames]) =>
    frames.flatMap((frame, f) =>
      PAIRS.map(([wanted, refused], p): RefusalCase => {
        const words = WORDS[language]!
        const typed = words[refused]!
        const text = frame.replace('{w}', words[wanted]!).replace('{r}', typed)
        return {
          ...{ language, text, refused, typed },
          wanted: frame.includes('{w}') ? wanted : undefined,
          isKeptAside: (f + p) % 2 === 1,
        }
      }),
    ),
)
