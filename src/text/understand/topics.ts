/**
 * Common topics of a catalogue and the words people use for them, in several languages, so
 * that "keine Drachen" finds the category "dragons" of an English catalogue.
 */

/** A category's words → what people type for it: sources of a regular expression. */
// biome-ignore format: a table of words
const TOPICS: Readonly<Record<string, string>> = {
  horror: 'horror|scary|frightening|terror|gor[ey]|恐怖|惊悚|驚悚|鬼故事|ホラー|怖い|공포|호러|무서운|grusel\\p{L}*|horreur|épouvante|ужас\\p{L}*|жах\\p{L}*|korku|رعب|الرعب|डरावनी|kinh dị|horor',
  romance: 'romance|romances|romantic|love stor(?:y|ies)|爱情|愛情|言情|浪漫|恋愛|ロマンス|ラブストーリー|로맨스|연애|사랑|liebesroman\\p{L}*|liebesgeschicht\\p{L}*|romantik\\p{L}*|histoires? d[’\']amour|romantique|romántic\\p{L}*|historias? de amor|romantic[oi]|любовн\\p{L}*|романтик\\p{L}*|aşk(?: romanı)?|romantiek|romans(?:ów|e|u)?|रोमांस|प्रेम|lãng mạn|ngôn tình|romantis',
  fantasy: 'fantasy|fantas(?:ie|ía|ia|tique|tik|tyk\\p{L}*)|奇幻|玄幻|魔幻|ファンタジー|판타지|фэнтези|фентезі|फंतासी|خيال|giả tưởng',
  dragons: 'dragons?|龙|龍|ドラゴン|竜|용|드래곤|drachen?|dragon[ei]s|dragões|draghi|drag[oó]n|дракон\\p{L}*|ejderha\\p{L}*|draken|smok\\p{L}*|تنانين|التنانين|ड्रैगन|rồng|naga',
  vampires: 'vampires?|吸血鬼|ヴァンパイア|뱀파이어|흡혈귀|vampir\\p{L}*|вампир\\p{L}*|вампір\\p{L}*|wampir\\p{L}*|مصاصي الدماء|ma cà rồng',
  crime: 'crime|murders?|serial killers?|犯罪|犯罪もの|범죄|verbrechen|crimes|crimen|crímenes|преступлен\\p{L}*|криминал\\p{L}*|злочин\\p{L}*|suç|جريمة',
  mystery: 'myster(?:y|ies)|whodunn?its?|悬疑|懸疑|推理|侦探|偵探|ミステリー|추리(?:소설)?|미스터리|krimis?|policiers?|polars?|misteri[oi]?|policíac\\p{L}*|детектив\\p{L}*|kryminał\\p{L}*|polisiye|gizem|غموض|trinh thám|रहस्य',
  'science fiction': 'science[ -]fiction|sci-?fi|科幻|科学幻想|サイエンスフィクション|공상 ?과학|과학소설|SF|science-fiction|ciencia ficción|fantascienza|ficção científica|научн\\p{L}+ фантастик\\p{L}*|наукова фантастика|bilim ?kurgu|الخيال العلمي|khoa học viễn tưởng|fiksi ilmiah',
  thriller: 'thrillers?|スリラー|스릴러|триллер\\p{L}*|трилер\\p{L}*|gerilim|إثارة',
  war: 'wars?|warfare|战争|戰爭|戦争|전쟁|kriegs?\\p{L}*|guerres?|guerras?|guerra|войн\\p{L}*|війн\\p{L}*|savaş\\p{L}*|حرب|युद्ध|chiến tranh|perang|wojn\\p{L}*|oorlog\\p{L}*',
  history: 'history|历史|歷史|歴史|역사|geschichtsb\\p{L}*|histoire|historia|storia|истори[яиюе]\\p{L}*|історі\\p{L}*|tarih\\p{L}*|تاريخ|lịch sử|sejarah',
  "children's": "children(?:['’]?s)?|kids?|kinderb\\p{L}*|儿童|兒童|子供|こども|어린이|enfants?|infantil\\p{L}*|niños|детск\\p{L}*|дитяч\\p{L}*",
  'young adult': 'young adult|ya|teens?|teenagers?|青少年|青春|청소년|jugendb\\p{L}*|juvenil\\p{L}*|подростк\\p{L}*',
  'graphic novels': 'comics?|graphic novels?|漫画|漫畫|マンガ|만화|комикс\\p{L}*|bandes? dessinées?|cómics?',
  poetry: 'poetry|poems?|verse|诗歌?|詩|시집|gedichte|lyrik|poésie|poesía|стих\\p{L}*|поэзи\\p{L}*',
  biography: 'biograph(?:y|ies)|传记|傳記|伝記|전기|biogra(?:fie|phie|fía)\\p{L}*|биограф\\p{L}*',
  'witches and wizards': 'witch(?:es)?|wizards?|巫师|女巫|魔法使い|魔女|마법사|마녀|hexen|zauberer|sorcièr\\p{L}*|sorciers|brujas|magos|ведьм\\p{L}*|волшебник\\p{L}*|магов',
  'ghost stories': 'ghosts?|spirits|鬼魂|幽霊|유령|귀신|geister|fantômes|fantasmas|призрак\\p{L}*',
  'erotic romance': 'erotica?|sex|smut|steamy|情色|エロ|에로|erotik|érotique|erótic\\p{L}*|эротик\\p{L}*',
  religion: 'religio(?:n|us)|宗教|종교|religión|религи\\p{L}*',
  politics: 'politic(?:s|al)|政治|정치|politik|politique|política|политик\\p{L}*',
  'Second World War': 'ww ?(?:ii|2)|second world war|world war (?:ii|two|2)|nazis?|二战|二戰|第二次世界大戦|zweite[rn]? weltkrieg',
  dystopia: 'dystopia[ns]?|反乌托邦|ディストピア|디스토피아|dystopi[en]+|dystopie|distopías?|антиутопи\\p{L}*',
  paranormal: 'paranormal|supernatural|超自然|초자연|übernatürlich\\p{L}*|surnaturel\\p{L}*|sobrenatural|сверхъестествен\\p{L}*',
  manga: 'manga|漫画|漫畫|マンガ',
  'non-fiction': 'non-?fiction|sachb\\p{L}*|非虚构|ノンフィクション|논픽션',
  'fairy tales': 'fairy ?tales?|童话|童話|おとぎ話|동화|märchen|contes? de fées|cuentos? de hadas|сказ[ко]\\p{L}*',
  classics: 'classics?|经典|經典|古典|고전|klassiker|classiques?|clásicos?|классик\\p{L}*',
  superheroes: 'super-?hero(?:es)?|超级英雄|スーパーヒーロー|superhelden|superhéroes|супергеро\\p{L}*',
}

const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u

let made:
  | readonly (readonly [topic: string, spaced: RegExp, unspaced: RegExp])[]
  | undefined

function patterns() {
  made ??= Object.entries(TOPICS).map(([topic, source]) => {
    // a word of a script without spaces is found within others
    const inside = source.split('|').filter((each) => UNSPACED.test(each))
    return [
      topic,
      new RegExp(
        `(?<![\\p{L}\\p{M}\\p{N}])(?:${source})(?![\\p{L}\\p{M}\\p{N}])`,
        'iu',
      ),
      inside.length > 0 ? new RegExp(inside.join('|'), 'u') : /(?!)/u,
    ] as const
  })
  return made
}

/** @returns the topics whose words the text holds, as an English catalogue names them */
export function topicsIn(text: string): readonly string[] {
  return patterns()
    .filter(([, spaced, inside]) => spaced.test(text) || inside.test(text))
    .map(([topic]) => topic)
}
