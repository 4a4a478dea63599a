/**
 * The words by which a text states what it does not want, by language: data for `clauses.ts`.
 *
 * Each is a regular expression's source. `before` stands in front of what is refused
 * ("without dragons"), `after` behind it (ドラゴン抜き). `ends` ends what is refused: a
 * conjunction or the word that turns to something else. `idioms` hold such words and refuse
 * nothing. `fillers` are words that mean nothing to what is wanted or refused.
 */

export const LANGUAGES = [
  ...(['en', 'zh', 'ja', 'ko', 'de', 'fr', 'es', 'it', 'pt', 'nl'] as const),
  ...(['pl', 'ru', 'uk', 'tr', 'ar', 'hi', 'vi', 'id'] as const),
] as const
/** The languages whose refusals are read, ISO 639-1. */
export type Language = (typeof LANGUAGES)[number]

export interface Cues {
  readonly before: readonly string[]
  readonly after?: readonly string[]
  readonly ends: readonly string[]
  readonly idioms: readonly string[]
  readonly fillers: readonly string[]
  /** Words that show the language: of those written in the same script the most hits win. */
  readonly signs: readonly string[]
}

const APOSTROPHE = "['’]?"

// biome-ignore format: a table of words
const en: Cues = {
  before: [
    ...['anything but(?! ordinary)', 'anything other than', 'no more', 'nothing (?:with|about|by|like|too)'],
    `(?:i )?(?:really |just |absolutely )?(?:do not|don${APOSTROPHE}t|does not|doesn${APOSTROPHE}t|did not|didn${APOSTROPHE}t|never) (?:really )?(?:want|like|need|enjoy|care for|have|read|give me|show me|include|involve|feel like)`,
    `(?:is not|isn${APOSTROPHE}t|are not|aren${APOSTROPHE}t|not)`,
    ...[`can${APOSTROPHE}t stand`, 'cannot stand', 'can not stand', 'hate', 'hates', 'dislike', 'loathe', 'avoid', 'skip'],
    ...['(?:so )?(?:sick|tired) of', 'bored (?:of|with|by)', '(?:had )?enough(?: of)?(?= \\p{L})', 'fed up with'],
    ...['without', 'w/o', 'sans', 'except(?: for)?', 'excluding', 'minus', 'other than', 'apart from', 'free of', 'never again', 'none of', 'no', 'neither', 'nor'],
  ],
  after: ['-free', ' not wanted', ' excluded'],
  ends: [
    ...['but', 'instead', 'with', 'please', 'though', 'although', 'just', 'only', 'rather', 'yet', 'because', 'since', 'even if', 'still', 'more'],
    ...['(?:and|or) (?:a|an|some|more|with|lots|plenty|i|preferably|set|about|under|before|after)', 'set', 'for', 'from', 'in', 'by', 'about', 'under', 'before', 'after', 'published', 'where', 'i (?:want|like|love|prefer)', 'give me', 'show me'],
  ],
  idioms: [
    ...['not (?:only|just|merely|to mention|least|yet|sure|bad)', 'not (?:un\\p{L}+)', 'why not', 'whether or not', 'if not', 'or not'],
    ...[`(?:can${APOSTROPHE}t|cannot|could ?n${APOSTROPHE}t|could not|couldn${APOSTROPHE}t) (?:get enough(?: of)?|stop|put (?:it )?down|wait(?: for)?|live without|go wrong(?: with)?)`],
    ...['no (?:one|body) (?:else )?(?:writes?|does|like|beats|can)(?: like| it like)?', 'nobody (?:writes?|does|beats)(?: like)?', 'nothing (?:like|beats|but)(?= a| the| \\p{Lu})', 'nothing but', 'no (?:matter|doubt|problem|wonder|less than|nonsense)', 'never (?:gets? old|ending|disappoints?|bored?)'],
    ...[`(?:do not|don${APOSTROPHE}t) (?:mind|hate|dislike|avoid|skip)`, 'not (?:hate|dislike|averse to|without|free of)', 'no shortage of', 'never without', 'sure enough', 'good enough', 'old enough', 'without (?:a )?(?:doubt|question|fail)', 'no longer', 'no end of'],
  ],
  fillers: [
    ...['i', 'me', 'my', 'we', 'you', 'a', 'an', 'the', 'some', 'any', 'anything', 'something', 'please', 'thanks', 'want', 'wants', 'like', 'love', 'need', 'looking', 'for', 'find', 'give', 'show', 'to', 'read', 'reading', 'it', 'its', 'is', 'be', 'am', 'are', 'that', 'which', 'this', 'there', 'and', 'or', 'but', 'just', 'only', 'so', 'really', 'too', 'very', 'more', 'with', 'of', 'in', 'set', 'on', 'by', 'from', 'about', 'has', 'have', 'having', 'instead', 'rather', 'stuff', 'things', 'thing', 'kind', 'sort', 'all', 'else', 'again', 'ever', 'at', 'full', 'involving', 'containing', 'featuring', 'like', 'ones', 'one', 'would', 'could', 'can', 'im', "i'm", "i’m", 'd', 's', 'id', "i'd", 'even', 'though', 'much', 'lots', 'lot', 'get', 'do', 'not', 'into', 'books', 'book', 'novels', 'novel', 'reads', 'titles', 'today', 'now', 'also', 'preferably', 'neither', 'nor', 'maybe', 'what', 'should', 'next', 'recommend', 'prefer', 'was', 'good'],
  ],
  signs: ['the', 'and', 'with', 'without', 'not', 'no', 'of', 'a', 'an', 'i', 'about', 'books?', 'stor(?:y|ies)', 'for', 'but', 'set', 'hate', 'want', 'like', 'novels?', 'more', 'please', 'something', 'anything', 'except', 'under', 'before', 'by'],
}

// biome-ignore format: a table of words
const zh: Cues = {
  before: ['除了', '(?:我)?(?:不想要?|不愿|不願)(?:看|去|读|讀|买|買|再)?', '(?:千万|請|请)?(?:不要|不用|不需要)(?:再)?(?:给我|給我|推荐|推薦|任何|太)?', '(?:我)?不(?:喜欢|喜歡|爱|愛|太喜欢)(?:看|去|读|讀)?', '(?:我)?(?:讨厌|討厭|拒绝|拒絕|避开|避開|受不了|恨)', '(?<![特区區性告分差级級鉴鑑识識])[别別](?!人|墅|的|致|具|离|離|名|处|處)(?:给我|給我|推荐|推薦|要|去|再)?', '(?:没有|沒有|不含|不带|不帶|不包括|不包含|无|無)(?!论|論|比|数|數|穷|窮|聊)', '不是(?!很|非常)', '不(?=恐怖|浪漫|血腥|暴力|悲伤|悲傷)'],
  after: ['除外', '就算了', '不行', '(?:之外|以外)(?:的)?(?:都可以|都行)?'],
  ends: ['但是?', '不过', '不過', '可是', '而', '只?要', '只?想(?:要|看|去)?', '的', '和?喜欢', '和?喜歡', '最好', '都(?:可以|行)', '来点', '來點', '(?:之外|以外|外)(?:的)?(?:都可以|都行)?'],
  idioms: ['不[仅僅但只光单單](?:仅|僅|是)?', '不得不', '不错', '不錯', '不同', '不久', '不朽', '不可思议', '不可思議', '无论', '無論', '不是不', '不能不', '忍不住', '停不下来'],
  fillers: ['我', '想要', '想看', '想去', '想', '要', '给我', '給我', '请', '請', '推荐', '推薦', '喜欢', '喜歡', '一本', '一些', '有', '的', '书', '書', '吧', '了', '和', '与', '與', '或', '去', '看', '找', '任何', '类', '類', '任何', '那种', '那種', '太', '都可以', '都行', '地方', '来点', '來點', '最好'],
  signs: [],
}

// biome-ignore format: a table of words
const ja: Cues = {
  before: [],
  after: ['(?:が|は|の|も|とか)?(?:なし|無し|抜き|ぬき|以外|のない|がない|のいない|の出てこない|が出てこない|の登場しない|が登場しない|を除く|を除いた|を除いて|は除く|じゃない|ではない|じゃなく|ではなく|でない|不要)', '(?:が|は|も|を|に|って|なの)?(?:は)?(?:嫌い|きらい|苦手|いらない|要らない|嫌だ?|いや|したくない|行きたくない|読みたくない|見たくない|好きじゃない|好きではない|避けたい|やめて|ダメ|だめ|NG|飽きた|うんざり)(?:です|だ|な|ので|だから|けど)?'],
  ends: [],
  idioms: ['だけ(?:で(?:は)?なく|じゃなく)', 'かもしれない', 'たまらない', 'しかない', 'に違いない', '問題ない', 'くだらない', 'わけではない', '嫌いじゃない', '嫌いではない', '終わらない', '止まらない', '忘れられない'],
  fillers: ['もの', 'やつ', '本', 'が', 'は', 'を', 'に', 'の', 'な', 'で', 'も', 'と', 'や', '欲しい', 'ほしい', '読みたい', '見たい', '行きたい', 'したい', '好き', 'です', 'ください', 'おすすめ', 'だけど', 'けど', '何か', '私', '小説が', 'が好き', 'がいい', 'がほしい'],
  signs: [],
}

// biome-ignore format: a table of words
const ko: Cues = {
  before: ['안 '],
  after: [' ?(?:말고|빼고|제외하고|제외|아닌|아니고|없는|없이|없고|안 나오는|나오지 않는|이외의|이외|외의|싫어요?|싫고|싫다|싫은데|싫습니다|별로(?:예요|야)?|질렸어요?|질렸고|원하지 않(?:아요?|는|습니다)|원치 않(?:아요?|는)|좋아하지 않(?:아요?|는|습니다)|안 좋아(?:해요?|하고)|필요 ?없(?:어요?|는|고)|사절|하고 싶지 않(?:아요?|은)|하지 않는|가고 싶지 않(?:아요?|은))'],
  ends: [],
  idioms: ['뿐만 아니라', '만이 아니라', '수밖에 없는', '없어서는 안 될', '끊임없는', '끝없는', '문제없', '손에서 놓을 수 없는', '싫지 않'],
  fillers: ['책', '소설', '추천', '추천해', '추천해줘', '주세요', '저는', '나는', '좋아요', '좋아', '좋은', '원해요', '싶어요', '읽고', '것', '거', '게', '하고', '그냥', '있는', '나오는', '해줘'],
  signs: [],
}

// biome-ignore format: a table of words
const de: Cues = {
  before: ['nichts (?:mit|über|von|zu)', '(?:ich )?(?:mag|will|möchte|brauche|suche|lese) (?:keine?[nmrs]?|nicht)', 'keine?[nmrs]?(?: mehr)?', 'nicht', 'ohne', 'außer', 'ausser', 'nie wieder', '(?:ich )?hasse', 'ausgenommen', 'abgesehen von', 'bloß nicht', 'genug von', 'frei von', 'weder', 'noch(?= \\p{Lu})'],
  after: [' mag ich nicht', ' hasse ich', ' will ich nicht', ' nicht', '-frei'],
  ends: ['aber', 'sondern', 'mit', 'bitte', 'lieber', 'doch', 'dafür', 'jedoch', 'und (?:ein|eine|mit|mehr|gern)\\p{L}*', 'in', 'aus', 'für', 'von', 'über', 'nur', 'unter', 'vor'],
  idioms: ['nicht (?:nur|bloß|zuletzt|schlecht)', 'kein(?:e|er|en)? schreibt (?:so )?wie', 'kein(?:e|en)? (?:Wunder|Zweifel|Problem)', 'nicht genug (?:von|bekommen)', 'ohne (?:Zweifel|Frage|Ende)', 'nicht ohne', 'nicht mehr ohne', 'warum nicht', 'noch (?:mehr|ein\\p{L}*)', 'gar nicht schlecht'],
  fillers: ['ich', 'mir', 'ein', 'eine', 'einen', 'einem', 'einer', 'der', 'die', 'das', 'den', 'dem', 'bitte', 'etwas', 'was', 'will', 'möchte', 'suche', 'mag', 'lese', 'bücher', 'buch', 'romane', 'roman', 'mit', 'über', 'von', 'zu', 'so', 'viel', 'mehr', 'und', 'oder', 'aber', 'alles', 'gern', 'gerne', 'nur', 'es', 'spielt', 'in', 'lieber', 'wieder', 'sehr', 'allzu', 'hätte', 'brauche', 'sondern', 'welche', 'sein', 'soll', 'doch', 'auch', 'ist'],
  signs: ['und', 'ohne', 'kein\\p{L}*', 'nicht', 'mit', 'ein\\p{L}*', 'der', 'die', 'das', 'aber', 'ich', 'mag', 'bücher', 'romane?', 'sondern', 'bitte', 'außer', 'über', 'krimis?', 'etwas', 'hasse', 'alles', 'für'],
}

// biome-ignore format: a table of words
const fr: Cues = {
  before: [`(?:je )?(?:n${APOSTROPHE}|ne )(?:aime|veux|supporte|cherche|souhaite|voudrais)(?:rais)? (?:pas|plus)(?: (?:de|du|des|d['’]|les|le|la|l['’]))?`, `j['’]aime pas`, '(?:je )?déteste', `(?:j['’]en ai )?(?:marre|assez) (?:de|des|du|d['’])`, `rien (?:de|sur|avec)`, `surtout pas(?: de| d['’])?`, `pas (?:de|du|des|d['’]|trop|trop de)`, 'pas', 'sans', 'sauf', 'hormis', 'excepté', 'à part', 'aucun(?:e|s)?', 'ni', 'plus jamais', 'autre chose que', 'non'],
  ends: ['mais', 'avec', 'plutôt', 'seulement', 's[’\']il (?:te|vous) plaît', 'svp', 'et (?:un|une|avec|plus|plutôt)', 'pour', 'dans', 'qui', 'sur', 'avant', 'moins', 'par', 'juste'],
  idioms: ['pas (?:seulement|que|uniquement|mal)', 'sans (?:doute|cesse|fin|égal|pareil)', 'personne n[’\']écrit comme', 'pas assez', 'pourquoi pas', 'ne (?:peux|peut) (?:pas|plus) (?:me |se )?(?:passer|lasser)', 'pas sans', 'plus de(?= \\p{L})', 'non seulement'],
  fillers: ['je', 'j', 'un', 'une', 'des', 'de', 'du', 'le', 'la', 'les', 'l', 'd', 'quelque', 'chose', 'veux', 'voudrais', 'cherche', 'aime', 'livre', 'livres', 'roman', 'romans', 'et', 'ou', 'mais', 'avec', 'tout', 'trop', 'très', 'plutôt', 'ce', 'cela', 'qui', 'que', 'se', 'passe', 'en', 'dans', 'moi', 'ne', 'n', 'sur', 'plus', 'à', 'au', 'ni', 'lire', 'pas', 'est', 'soit', 'svp', 'n’importe', 'quoi'],
  signs: ['sans', 'pas', 'je', 'une?', 'des', 'les?', 'la', 'mais', 'avec', 'du', 'et', 'de', 'romans?', 'livres?', 'aucune?', 'sauf', 'déteste', 'quelque', 'plutôt', 'tout', 'ni'],
}

// biome-ignore format: a table of words
const es: Cues = {
  before: ['nada (?:de|sobre|con)', '(?:yo )?no (?:quiero|me gustan?|soporto|busco|necesito|más)(?: (?:nada de|más|las?|los|el))?', '(?:no )?más(?= .* no\\b)', 'no', 'sin', 'ning(?:ún|una|unos|unas)', 'excepto', 'salvo', 'menos(?= \\p{L})', 'odio', 'detesto', 'hart[oa] de', 'basta de', 'aparte de', 'cualquier cosa menos', 'todo menos', 'ni', 'nunca más', 'evitar?'],
  ends: ['pero', 'sino', 'con', 'por favor', 'mejor', 'y (?:un|una|con|más)\\p{L}*', 'en', 'para', 'solo', 'sólo', 'ambientad[oa]s?', 'que', 'de(?= \\d)', 'antes', 'prefiero', 'quiero'],
  idioms: ['no (?:solo|sólo|solamente|está mal)', 'sin (?:duda|parar|fin|embargo|igual)', 'nadie escribe como', 'no sin', 'por qué no', 'no (?:puedo|me canso) (?:parar|de)', 'más o menos', 'al menos', 'no me disgusta'],
  fillers: ['yo', 'un', 'una', 'unos', 'unas', 'el', 'la', 'los', 'las', 'de', 'del', 'quiero', 'busco', 'me', 'gusta', 'gustan', 'algo', 'libro', 'libros', 'novela', 'novelas', 'y', 'o', 'pero', 'con', 'por', 'favor', 'que', 'sea', 'sean', 'muy', 'demasiado', 'más', 'en', 'cualquier', 'cosa', 'todo', 'nada', 'ni', 'para', 'leer', 'sobre', 'sino', 'no', 'tan', 'prefiero', 'mejor', 'mucho', 'mucha'],
  signs: ['sin', 'una?', 'el', 'los', 'las', 'pero', 'con', 'nada', 'quiero', 'de', 'del', 'y', 'odio', 'novelas?', 'libros?', 'algo', 'excepto', 'gustan?', 'no', 'solo', 'sólo', 'más', 'cualquier', 'sobre', 'ningún', 'historias?'],
}

// biome-ignore format: a table of words
const it: Cues = {
  before: ['niente', '(?:io )?non (?:voglio|mi piac(?:e|ciono)|amo|sopporto|cerco)(?: (?:più|i|gli|le|la|il))?', 'non', 'senza', 'nessun[aoe]?', 'tranne', 'eccetto', 'salvo', 'a parte', 'odio', 'detesto', 'basta(?: con)?', 'stanc[oa] di', 'né', 'mai più', 'tutto meno', 'no'],
  ends: ['ma', 'però', 'con', 'per favore', 'piuttosto', 'e (?:un|una|con|più)\\p{L}*', 'in', 'per', 'solo', 'ambientat[oaie]', 'che', 'prima', 'bensì', 'preferisco', 'voglio', 'di(?= \\d)'],
  idioms: ['non (?:solo|soltanto|male)', 'senza (?:dubbio|fine|sosta)', 'nessuno scrive come', 'perché no', 'non (?:riesco|posso) a? ?(?:smettere|fermarmi)', 'non senza', 'non mi dispiac\\p{L}+', 'niente male'],
  fillers: ['io', 'un', 'una', 'uno', 'il', 'lo', 'la', 'i', 'gli', 'le', 'di', 'del', 'della', 'voglio', 'cerco', 'mi', 'piace', 'piacciono', 'qualcosa', 'libro', 'libri', 'romanzo', 'romanzi', 'e', 'o', 'ma', 'con', 'per', 'che', 'sia', 'troppo', 'molto', 'tutto', 'in', 'su', 'né', 'favore', 'più', 'leggere', 'vorrei', 'però'],
  signs: ['senza', 'niente', 'non', 'un[ao]?', 'il', 'gli', 'di', 'ma', 'con', 'che', 'odio', 'romanz[oi]', 'libr[oi]', 'qualcosa', 'tranne', 'voglio', 'e', 'della?', 'nessun[ao]?', 'storie?', 'piacciono'],
}

// biome-ignore format: a table of words
const pt: Cues = {
  before: ['nada (?:de|com|sobre)', '(?:eu )?não (?:quero|gosto (?:de|do|da)|suporto|procuro|preciso(?: de)?)(?: mais)?', 'não', 'sem', 'nenhum[a]?', 'exceto', 'menos(?= \\p{L})', 'salvo', 'odeio', 'detesto', '(?:cansad[oa]|fart[oa]) d[eoa]s?', 'chega de', 'tirando', 'a não ser', 'nem', 'fora', 'nunca mais', 'qualquer coisa menos', 'tudo menos'],
  ends: ['mas', 'porém', 'com', 'por favor', 'e (?:um|uma|com|mais)\\p{L}*', 'em', 'para', 'só', 'apenas', 'que', 'ambientad[oa]s?', 'prefiro', 'quero', 'antes', 'de(?= \\d)', 'no', 'na'],
  idioms: ['não (?:só|apenas|somente|é mau)', 'sem (?:dúvida|parar|fim|igual)', 'ninguém escreve como', 'por que não', 'não (?:consigo|posso) (?:parar|viver sem)', 'não sem', 'mais ou menos', 'nem só'],
  fillers: ['eu', 'um', 'uma', 'uns', 'o', 'a', 'os', 'as', 'de', 'do', 'da', 'dos', 'das', 'quero', 'procuro', 'gosto', 'algo', 'livro', 'livros', 'romance', 'romances', 'e', 'ou', 'mas', 'com', 'por', 'favor', 'que', 'seja', 'muito', 'demais', 'mais', 'em', 'qualquer', 'coisa', 'tudo', 'nem', 'ler', 'sobre', 'no', 'na', 'porém'],
  signs: ['sem', 'não', 'uma?', 'os', 'mas', 'com', 'nada', 'quero', 'd[aoe]s?', 'e', 'odeio', 'livros?', 'histórias?', 'exceto', 'gosto', 'nenhuma?', 'qualquer', 'menos', 'em', 'no', 'na', 'algo'],
}

// biome-ignore format: a table of words
const nl: Cues = {
  before: ['niets (?:met|over|van)', '(?:ik )?(?:wil|hou|houd|lees|zoek) (?:geen|niet(?: van)?)(?: meer)?', 'geen(?: enkele)?(?: meer)?', 'niet', 'zonder', 'behalve', 'uitgezonderd', '(?:ik )?haat', 'nooit meer', 'genoeg van', '(?:ik ben )?(?:beu|zat)', 'alles behalve', 'noch'],
  after: [' wil ik niet', ' haat ik', '-vrij', ' niet'],
  ends: ['maar', 'met', 'graag', 'liever', 'alsjeblieft', 'en (?:een|met|meer|wel)', 'in', 'voor', 'wel', 'alleen', 'over', 'uit', 'van', 'onder'],
  idioms: ['niet (?:alleen|slechts|slecht)', 'niemand schrijft (?:zo )?als', 'geen (?:genoeg|probleem|twijfel)', 'zonder twijfel', 'niet zonder', 'waarom niet', 'niet genoeg (?:van|krijgen)'],
  fillers: ['ik', 'mij', 'een', 'de', 'het', 'iets', 'wil', 'zoek', 'hou', 'houd', 'van', 'lees', 'graag', 'boek', 'boeken', 'roman', 'romans', 'met', 'over', 'en', 'of', 'maar', 'te', 'veel', 'meer', 'alles', 'dat', 'zich', 'afspeelt', 'in', 'liever', 'wat', 'zijn', 'is', 'wel', 'heel', 'alsjeblieft'],
  signs: ['zonder', 'geen', 'niet', 'een', 'het', 'maar', 'met', 'ik', 'van', 'boek(?:en)?', 'behalve', 'haat', 'verhalen', 'en', 'over', 'iets', 'de', 'wil', 'alles', 'te'],
}

// biome-ignore format: a table of words
const pl: Cues = {
  before: ['nic (?:o|z|ze)', '(?:ja )?nie (?:chcę|lubię|znoszę|cierpię|szukam|potrzebuję)(?: już)?', 'nie', 'bez', 'oprócz', 'poza', 'z wyjątkiem', 'żadn(?:ych|ego|ej|e|a|ą)', 'nienawidzę', 'dość', 'mam dość', 'byle nie', 'tylko nie', 'ani', 'nigdy więcej', 'wszystko oprócz'],
  ends: ['ale', 'lecz', 'z(?= )', 'ze', 'proszę', 'raczej', 'i (?:z|więcej|coś)', 'w', 'dla', 'tylko', 'o', 'za to', 'chcę', 'wolę'],
  idioms: ['nie (?:tylko|zaszkodzi|mogę się (?:oderwać|doczekać))', 'bez (?:wątpienia|końca)', 'nikt nie pisze (?:tak )?jak', 'nie bez', 'czemu nie', 'nie najgorsz\\p{L}+', 'nie przeszkadza'],
  fillers: ['ja', 'mi', 'chcę', 'szukam', 'lubię', 'coś', 'książka', 'książki', 'książek', 'powieść', 'powieści', 'i', 'lub', 'albo', 'ale', 'z', 'ze', 'o', 'w', 'dla', 'proszę', 'zbyt', 'bardzo', 'wszystko', 'więcej', 'już', 'który', 'która', 'które', 'to', 'się', 'lecz', 'raczej', 'wolę', 'jest'],
  signs: ['bez', 'nie', 'i', 'ale', 'coś', 'książ\\p{L}+', 'powieś\\p{L}+', 'żadn\\p{L}+', 'oprócz', 'nienawidzę', 'chcę', 'lubię', 'poza', 'z', 'w', 'dość'],
}

// biome-ignore format: a table of words
const ru: Cues = {
  before: ['ничего (?:о|про|с)', '(?:только|лишь) не', '(?:я )?не (?:хочу|люблю|надо|нужн[оыа]|нравятся|нравится|терплю|перевариваю|ищу|предлагай\\p{L}*)(?: больше)?', 'не', 'нет', 'без', 'кроме', 'за исключением', 'никак(?:их|ой|ого)', 'ненавижу', 'хватит', 'надоел[иао]?', 'больше не надо', 'что угодно,? кроме', 'вс[её],? кроме', 'ни', 'никогда больше', 'помимо', 'исключая'],
  ends: ['но', 'а', 'зато', 'однако', 'с', 'со', 'пожалуйста', 'и (?:с|побольше|больше)', 'в', 'во', 'для', 'только', 'про', 'о', 'хочу', 'лучше'],
  idioms: ['не (?:только|просто|хуже|могу (?:оторваться|без|дождаться))', 'без (?:сомнения|конца)', 'никто не пишет (?:так,? )?как', 'не без', 'почему бы и? ?нет', 'неплох\\p{L}+', 'не против'],
  fillers: ['я', 'мне', 'хочу', 'ищу', 'люблю', 'что', 'нибудь', 'что-нибудь', 'что-то', 'книга', 'книги', 'книгу', 'книг', 'роман', 'романы', 'романов', 'и', 'или', 'но', 'а', 'с', 'со', 'о', 'об', 'про', 'в', 'для', 'пожалуйста', 'слишком', 'очень', 'всё', 'все', 'больше', 'это', 'где', 'зато', 'только', 'ни', 'угодно', 'лучше'],
  signs: ['и', 'что', 'не', 'без', 'книг\\p{L}*', 'но', 'кроме', 'про', 'никаких', 'только', 'роман\\p{L}*', '\\p{L}*[ыэъё]\\p{L}*'],
}

// biome-ignore format: a table of words
const uk: Cues = {
  before: ['нічого (?:про|з|із)', '(?:тільки|лише) не', '(?:я )?не (?:хочу|люблю|треба|потрібн[оіа]|подобаються|подобається|терплю|шукаю)(?: більше)?', 'не', 'немає', 'без', 'крім', 'окрім', 'за винятком', 'жодн(?:их|ого|ої|а|ий)', 'ніяк(?:их|ого|ої)', 'ненавиджу', 'досить', 'набридл[иао]', 'усе,? крім', 'все,? крім', 'ні', 'ані', 'ніколи більше'],
  ends: ['але', 'а', 'зате', 'проте', 'з', 'із', 'зі', 'будь ласка', 'і (?:з|більше)', 'та (?:з|більше)', 'в', 'у', 'для', 'тільки', 'лише', 'про', 'хочу', 'краще'],
  idioms: ['не (?:тільки|лише|просто|можу (?:відірватися|без|дочекатися))', 'без (?:сумніву|кінця)', 'ніхто не пише (?:так,? )?як', 'не без', 'чому б і? ?ні', 'непоган\\p{L}+', 'не проти'],
  fillers: ['я', 'мені', 'хочу', 'шукаю', 'люблю', 'щось', 'книга', 'книги', 'книгу', 'книжки', 'роман', 'романи', 'романів', 'і', 'й', 'та', 'або', 'чи', 'але', 'а', 'з', 'із', 'про', 'в', 'у', 'для', 'занадто', 'дуже', 'надто', 'усе', 'все', 'більше', 'це', 'де', 'зате', 'тільки', 'лише', 'краще', 'будь', 'ласка'],
  signs: ['і', 'та', 'щось', 'крім', 'але', 'жодних', 'книж?\\p{L}*', '\\p{L}*[іїєґ]\\p{L}*', 'це'],
}

// biome-ignore format: a table of words
const tr: Cues = {
  before: [],
  after: [' (?:olmasın|olmayan|olmadan|istemiyorum|istemem|sevmiyorum|sevmem|hariç|dışında(?:ki)?|değil|yok|içermeyen|içermesin|geçmeyen|bulunmayan)', '(?:dan|den|tan|ten) (?:nefret ediyorum|nefret ederim|bıktım|başka|hoşlanmıyorum|sıkıldım)', '(?:sız|siz|suz|süz)'],
  ends: ['ama', 'fakat', 've (?:bir|daha)', 'ancak'],
  idioms: ['sadece .{1,30} değil', 'yalnızca .{1,30} değil', 'hiç kimse .{1,20} gibi yaz\\p{L}*', 'kuşkusuz', 'şüphesiz', 'sonsuz', 'sessiz', 'ıssız', 'fena değil', 'elimden bırakama\\p{L}+', 'sensiz', 'yalnız', 'deniz', 'ansız', 'arsız', 'hırsız', 'domuz', 'temiz', 'kız', 'biz', 'siz', 'yıldız', 'denizsiz'],
  fillers: ['ben', 'bir', 'bana', 'kitap', 'kitaplar', 'kitabı', 'roman', 'romanlar', 'istiyorum', 'isterim', 'seviyorum', 'arıyorum', 'öner', 've', 'veya', 'ama', 'fakat', 'lütfen', 'çok', 'fazla', 'şey', 'bir şey', 'herhangi', 'olsun', 'olan', 'hiç', 'da', 'de', 'daha', 'her'],
  signs: ['bir', 've', 'ama', 'istiyorum', 'istemiyorum', 'olmasın', 'olmayan', 'kitap\\p{L}*', 'roman(?:lar|ları|ı)', 'hariç', 'değil', 'dışında', '\\p{L}*(?:sız|siz|suz|süz)', '\\p{L}*[ığş]\\p{L}*', 'sevmiyorum'],
}

// biome-ignore format: a table of words
const ar: Cues = {
  before: ['(?:أنا )?لا (?:أريد|أحب|أرغب في|تعجبني|يعجبني|أطيق|أفضل)(?: أي)?', 'من دون', 'بدون', 'دون', 'بلا', 'ليس(?:ت)?(?: عن| من)?', 'ما عدا', 'ماعدا', 'عدا', 'باستثناء', 'إلا', 'سوى', 'غير', '(?:أنا )?أكره', 'سئمت(?: من)?', 'مللت(?: من)?', 'لا شيء (?:عن|من)', 'خالي? من', 'خالية من', 'لا'],
  ends: ['لكن', 'ولكن', 'بل', 'مع', 'من فضلك', 'في', 'فقط', 'عن', 'وأريد', 'أريد', 'وأحب'],
  idioms: ['ليس فقط', 'ليست فقط', 'لا أحد يكتب مثل', 'بلا شك', 'دون شك', 'لا بأس', 'لا يقتصر', 'لا مثيل', 'لا أستطيع التوقف', 'لا أمل', 'لا نهاية'],
  fillers: ['أنا', 'أريد', 'أحب', 'أبحث', 'عن', 'كتاب', 'كتب', 'كتابا', 'كتابًا', 'رواية', 'روايات', 'شيء', 'شيئا', 'أي', 'كل', 'و', 'أو', 'في', 'من', 'مع', 'لكن', 'ولكن', 'فضلك', 'جدا', 'قصص', 'فيها', 'فيه', 'بل', 'فقط'],
  signs: [],
}

// biome-ignore format: a table of words
const hi: Cues = {
  before: ['बिना'],
  after: [' (?:के|की)? ?(?:बिना|बगैर|अलावा|सिवा(?:य)?)(?: की| के| का)?', ' को छोड़ ?कर', ' (?:बिल्कुल )?(?:नहीं चाहिए|नहीं|मत|पसंद नहीं(?: है| हैं)?|न हों?|ना हों?|नहीं चाहता|नहीं चाहती)(?: है| हैं| हो| दिखाओ| पसंद)?', ' से (?:नफरत|नफ़रत|ऊब|तंग|परहेज)\\p{L}*(?: [\\p{L}\\p{M}]+){0,2}'],
  ends: ['लेकिन', 'पर', 'मगर', 'बल्कि', 'के'],
  idioms: ['सिर्फ .{1,30} नहीं', 'केवल .{1,30} ही नहीं', 'न केवल', 'कोई नहीं लिखता', 'बुरा नहीं', 'क्यों नहीं', 'बिना शक'],
  fillers: ['मुझे', 'मैं', 'एक', 'कोई', 'कुछ', 'किताब', 'किताबें', 'उपन्यास', 'चाहिए', 'पसंद', 'है', 'हैं', 'हो', 'और', 'या', 'लेकिन', 'पर', 'में', 'का', 'की', 'के', 'को', 'से', 'वाली', 'वाला', 'वाले', 'कृपया', 'बहुत', 'सब', 'दिखाओ', 'ज्यादा', 'वाली'],
  signs: [],
}

// biome-ignore format: a table of words
const vi: Cues = {
  before: ['(?:tôi )?(?:không|chẳng|chả|đừng)(?: hề)? (?:có|phải(?: là)?|muốn|thích|cần|lấy|chứa|đọc|gợi ý|cho tôi)(?: bất kỳ| thêm| đọc| xem)?', 'không(?: quá)?', 'đừng', 'ngoại trừ', 'trừ', 'ngoài', 'ghét', 'chán', 'miễn là không', 'tránh'],
  ends: ['nhưng', 'mà', 'với', 'chỉ', 'và (?:có|một|nhiều)', 'ở', 'cho', 'làm ơn', 'tôi (?:muốn|thích)', 'về', 'thôi'],
  idioms: ['không (?:chỉ|những|ai viết|thể (?:dừng|rời|thiếu)|tệ|gian|khí)', 'sao không', 'không sao', 'chưa chán', 'không bao giờ chán', 'không thể thiếu'],
  fillers: ['tôi', 'muốn', 'thích', 'tìm', 'sách', 'truyện', 'tiểu', 'thuyết', 'một', 'cuốn', 'quyển', 'những', 'các', 'có', 'và', 'hoặc', 'hay', 'nhưng', 'về', 'với', 'gì', 'cũng', 'được', 'quá', 'rất', 'nào', 'đọc', 'cái', 'thứ', 'mọi', 'là', 'chỉ', 'mà', 'ra', 'bất', 'kỳ'],
  signs: ['không', 'tôi', 'có', 'và', 'nhưng', 'truyện', 'sách', 'muốn', 'thích', 'ghét', 'đừng', 'trừ', 'về', 'những', '\\p{L}*[ạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹơưđ]\\p{L}*'],
}

// biome-ignore format: a table of words
const id: Cues = {
  before: ['(?:saya |aku )?(?:tidak|nggak|enggak|gak|ga|tak) (?:mau|suka|ingin|ada|perlu|butuh|mengandung|pakai)(?: (?:ada|baca|lagi))?', 'tidak', 'tanpa', 'bukan', 'jangan(?: (?:ada|beri|yang))?', 'kecuali', 'selain', '(?:saya |aku )?benci', 'bosan(?: dengan)?', 'muak dengan', 'apa saja kecuali', 'hindari'],
  ends: ['tapi', 'tetapi', 'namun', 'dengan', 'tolong', 'dan (?:ada|banyak|lebih)', 'di', 'untuk', 'hanya', 'melainkan', 'yang', 'saya (?:mau|suka|ingin)', 'tentang'],
  idioms: ['(?:tidak|bukan) (?:hanya|cuma|sekadar|saja|buruk)', 'tidak ada yang menulis', 'tanpa (?:ragu|henti)', 'tidak bisa berhenti', 'bukan main', 'kenapa tidak', 'tidak keberatan'],
  fillers: ['saya', 'aku', 'mau', 'ingin', 'suka', 'cari', 'buku', 'novel', 'sebuah', 'yang', 'dan', 'atau', 'tapi', 'tetapi', 'dengan', 'tentang', 'ada', 'apa', 'saja', 'sesuatu', 'terlalu', 'sangat', 'lagi', 'tolong', 'di', 'untuk', 'itu', 'baca', 'beri', 'semua', 'hanya', 'namun', 'melainkan'],
  signs: ['tanpa', 'yang', 'dan', 'tapi', 'tidak', 'saya', 'aku', 'bukan', 'buku', 'kecuali', 'cerita', 'kisah', 'dengan', 'jangan', 'benci', 'tentang', 'mau', 'suka', 'selain'],
}

export const CUES: Readonly<Record<Language, Cues>> = {
  ...{ en, zh, ja, ko, de, fr, es, it, pt, nl },
  ...{ pl, ru, uk, tr, ar, hi, vi, id },
}
