/** Which readers' shelves speak for which genre. */

export interface GenreRule {
  readonly name: string
  /** Pieces of feedback that make it certain: about what a typical book of it has. */
  readonly enough: number
  /** Shelf names. */
  readonly shelves: readonly string[]
}

/** Shelves that name two genres at once. */
export interface MixedRule {
  readonly genres: readonly string[]
  readonly shelves: readonly string[]
}

/** `name (enough): shelves`, most specific first: the order genres are shown in. */
const GENRES = `
cyberpunk (1): cyberpunk
military science fiction (1): military-sci-fi military-sf military-scifi
  military-science-fiction
alternate history (1): alternate-history alternative-history alt-history
dystopia (1): ya-dystopia dystopia dystopian
magical realism (1): magical-realism magic-realism
epic fantasy (2): fantasy-epic fantasy-high heroic-fantasy medieval-fantasy
  epic-fantasy high-fantasy gritty-fantasy military-fantasy dungeons-and-dragons
  classic-fantasy
urban fantasy (1): fantasy-urban urban-fantasy contemporary-fantasy
humorous fantasy (1): comic-fantasy fantasy-humor fantasy-humour
dragons (1): dragons dragon
witches and wizards (2): witches wizards witch witches-wizards witchcraft
vampires (1): vampire-romance vampire-fiction vampires
paranormal romance (2): paranormal-romance romance-paranormal ya-paranormal-romance
  supernatural-romance para-romance vaginal-fantasy fantasy-romance
paranormal (2): paranormal-fantasy fantasy-paranormal paranormal-fiction ya-paranormal
  young-adult-paranormal paranormal-ya
historical romance (1): historical-romance romance-historical regency-romance
  historical-romances romance-regency historic-romance historicals
erotic romance (1): erotic-romance romance-erotica erotica-romance dark-romance
romantic suspense (1): romantic-suspense romance-suspense suspense-romance
  mystery-romance
new adult (1): new-adult-romance college-romance ya-na
gothic (1): gothic gothic-horror gothic-fiction southern-gothic
ghost stories (2): ghosts ghost ghost-stories
nordic noir (1): nordic-noir scandinavian-crime scandinavian-mystery
noir (1): noir
cosy mystery (1): cozy-mystery mystery-cozy
historical mystery (1): historical-mystery mystery-historical historical-mysteries
legal thriller (1): legal-thriller legal-thrillers legal-fiction
medical thriller (1): medical-thriller
spy thriller (1): spy-thriller spy-thrillers spy-fiction
political thriller (1): political-thriller political-thrillers
techno-thriller (1): techno-thriller military-thriller
psychological thriller (1): psychological-thriller psychological-thrillers
  psychological-suspense
detective fiction (2): detective detectives detective-fiction mystery-detective
  detective-mystery detective-stories crime-detective female-detective
  forensic-mystery
Christian fiction (2): christian-fiction fiction-christian christianfiction
  inspirational-fiction religious-fiction christian-romance
women's fiction (1): women-s-fiction womens-fiction chick-lit-romance
Southern fiction (1): southern-fiction southern-literature
manga (4): manga mangas manga-read read-manga manga-to-read to-read-manga manga-i-own
  owned-manga my-manga favorite-manga manga-series manga-books manga-owned
  manga-collection manga-romance manga-shoujo shoujo-manga shojo-manga manga-shojo
  shonen-manga mangas-read read-mangas manga-i-ve-read manga-manhwa
  manga-manhwa-manhua manga-anime anime-manga
superheroes (1): dc-comics superhero-comics comics-dc
graphic novels (3): graphic-novels graphic-novel graphic-novels-read
  graphic-novels-to-read to-read-graphic-novels read-graphic-novels
  comics-graphic-novels graphic-novels-comics comics-and-graphic-novels
  graphic-novels-and-comics comic-graphic-novel graphic-novel-comic
  graphic-novel-comics graphic-novels-comic-books comic-books-graphic-novels
  comics-graphic-novel comics read-comics comics-read to-read-comics comics-to-read
  owned-comics comics-i-own favorite-comics image-comics vertigo-comics
picture books (1): children-s-picture-books childrens-picture-books
  children-picture-books caldecott-award
fairy tales (1): fairy-tales
mythology (2): mythology greek-mythology folklore traditional-literature
poetry (2): poetry to-read-poetry poetry-to-read poetry-and-plays poetry-plays
short stories (1): short-fiction
true crime (1): true-crime
Second World War (2): world-war-ii world-war-2 world-war-two world-war-ll
art (1): art-history
science (1): non-fiction-science nonfiction-science natural-history
economics (2): economics business-economics politics-economics behavioral-economics
  economics-business economics-finance
psychology (2): psychology psychology-sociology social-psychology psychology-self-help
  psychology-books philosophy-psychology to-read-psychology
religion (2): christian-non-fiction christian-nonfiction philosophy-religion
  religion-philosophy philosophy-and-religion christian-literature christian-classics
philosophy (2): philosophy to-read-philosophy philosophy-to-read political-philosophy
  philosophy-theory philosophy-religion religion-philosophy philosophy-and-religion
  philosophy-psychology
politics (2): politics history-politics politics-economics political-philosophy
memoir (5): memoir memoirs memoir-biography biography-memoir biographies-memoirs
  bio-memoir memoir-bio memoirs-biographies memoir-autobiography autobiography-memoir
  biography-and-memoir biographies-and-memoirs memoirs-and-biographies
  biography-memoirs memoir-and-biography bios-memoirs biography-autobiography-memoir
  autobiography auto-biography
biography (5): biography biography-autobiography autobiography-biography
  history-biography biography-memoir memoir-biography biographies-memoirs bio-memoir
  memoir-bio memoirs-biographies biography-and-memoir biographies-and-memoirs
  memoirs-and-biographies biography-memoirs bios-memoirs to-read-biography
  biography-autobiography-memoir autobiography
military history (2): military-history military-war war-military
history (3): history american-history us-history u-s-history world-history
  history-american european-history british-history english-history ancient-history
  non-fiction-history nonfiction-history history-nonfiction history-non-fiction
  historical-non-fiction historical-nonfiction to-read-history history-to-read
  history-books general-history history-politics history-biography microhistory
  civil-war cold-war
Russian literature (1): russian-literature russian-classics
French literature (1): french-literature
German literature (1): german-literature
Spanish literature (1): spanish-literature
Latin American literature (1): latin-american-literature
Japanese literature (1): japanese-literature japanese-fiction
Indian literature (1): indian-literature indian-fiction
Arabic literature (1): arabic-literature arabic-fiction
Irish literature (1): irish-literature
Canadian literature (1): canadian-literature canadian-fiction
African American literature (1): african-american-literature african-american-fiction
science fiction (3): science-fiction sci-fi scifi sciencefiction hard-sci-fi
  hard-science-fiction classic-sci-fi ya-sci-fi to-read-sci-fi to-read-scifi
  sci-fi-to-read read-sci-fi fiction-sci-fi space aliens space-travel cyberpunk
  military-sci-fi military-sf
fantasy (3): fantasy magic fantasy-fiction fiction-fantasy genre-fantasy
  fantasy-series fantasy-read read-fantasy fantasy-to-read to-read-fantasy
  adult-fantasy modern-fantasy fantasy-epic fantasy-high fantasy-magic heroic-fantasy
  classic-fantasy fantasy-adventure fantasy-books favorite-fantasy good-fantasy
  low-fantasy 02-fantasy teen-fantasy young-adult-fantasy ya-fantasy fantasy-ya
  childrens-fantasy children-s-fantasy magical
horror (2): horror horror-fiction fiction-horror horror-supernatural horror-thriller
  thriller-horror horror-suspense suspense-horror gothic-horror creepy to-read-horror
  weird-fiction
historical fiction (2): historical-fiction historic-fiction fiction-historical
  historicalfiction historical-novel historical-novels historical-fic history-fiction
  to-read-historical-fiction historical-fiction-to-read ya-historical-fiction
crime (3): crime crime-mystery mystery-crime crime-thriller crime-thrillers
  crime-novels crime-mystery-thriller mystery-crime-thriller crime-and-mystery
  mystery-and-crime thriller-crime murder-mystery
mystery (3): mystery murder-mystery mystery-series mystery-detective mystery-crime
  crime-mystery fiction-mystery genre-mystery british-mystery classic-mystery
  adult-mystery to-read-mystery cozy-mystery mystery-suspense suspense-mystery
  mystery-and-suspense
thriller (4): thriller thrillers suspense suspense-thriller thriller-suspense
  fiction-thriller action-thriller adventure-thriller action-suspense mystery-thriller
  thriller-mystery mystery-thrillers mystery-thriller-suspense
  mystery-suspense-thriller mysteries-thrillers mystery-and-thriller
  mysteries-and-thrillers crime-thriller crime-thrillers
romance (2): romance contemporary-romance romance-contemporary adult-romance
  contemp-romance romance-novels romances genre-romance fiction-romance modern-romance
  clean-romance love-story second-chance-romance sports-romance office-romance
  teen-romance ya-romance young-adult-romance high-school-romance
war (2): war wars warfare military military-fiction military-war war-military
classics (4): classics classic-literature the-classics classics-to-read
  to-read-classics classic-fiction fiction-classics modern-classics penguin-classics
  american-classics english-classics classics-read classical-literature
  19th-century-literature victorian-literature russian-classics
literary fiction (3): literary-fiction literature modern-literature
  contemporary-literature contemporary-lit fiction-literature literature-fiction
  fiction-and-literature world-literature european-literature modern-fiction
  transgressive-fiction metafiction
middle grade (2): middle-grade middle-grades middle-grade-fiction juvenile-fiction
  junior-fiction j-fiction children-s-chapter-books childrens-chapter-books
  newbery-award newbery-award-winners
children's (5): children childrens children-s children-s-books childrens-books
  children-books children-s-book childrens-book childrensbooks children-s-literature
  children-s-lit childrens-lit childrens-literature children-s-fiction
  childrens-fiction children-fiction children-s-classics childrens-classics
  childhood-classics books-for-children for-children favorite-children-s-books
  favorite-childrens-books children-s-books-read read-children-s-books read-childrens
  childrens-read children-read young-children kids-fiction
young adult (5): young-adult ya teen ya-fiction young-adult-fiction ya-books ya-lit
  ya-fantasy teen-fiction ya-romance young-adult-fantasy ya-paranormal ya-contemporary
  teen-books teens young-adult-books young-adult-lit young-adults ya-novels ya-to-read
  to-read-ya young-adult-romance contemporary-ya teen-romance ya-series teen-fantasy
  young-adult-paranormal paranormal-ya young-adult-literature teen-lit teenlit
  teen-reads ya-realistic-fiction ya-sci-fi printz-award youth-fiction
contemporary fiction (3): contemporary contemporary-fiction realistic-fiction
  modern-fiction contemporary-realistic-fiction popular-fiction general-fiction
  fiction-contemporary 04-realistic-fiction pop-fiction
non-fiction (2): non-fiction nonfiction adult-non-fiction adult-nonfiction
  general-non-fiction general-nonfiction other-non-fiction narrative-nonfiction
  to-read-non-fiction to-read-nonfiction non-fiction-to-read nonfiction-to-read
  read-non-fiction
fiction (1): fiction adult-fiction general-fiction fiction-general
`

/** `genre + genre: shelves` */
const MIXED = `
science fiction + fantasy: sci-fi-fantasy fantasy-sci-fi scifi-fantasy
  science-fiction-fantasy fantasy-scifi sci-fi-and-fantasy sf-fantasy
  science-fiction-and-fantasy fantasy-science-fiction fantasy-and-sci-fi fantasy-sf
  science-fantasy fantasy-and-science-fiction sci-fi---fantasy
graphic novels + manga: comics-manga graphic-novels-manga manga-comics
  manga-graphic-novels comics-and-manga comic-manga manga-and-graphic-novels
  graphic-novels-and-manga graphic-novel-manga manga-graphic-novel manga-and-comics
  manga-comic mangas-comics graphic-novels-comics-manga comics-graphic-novels-manga
children's + young adult: children-young-adult children-ya childrens-ya
  children-and-young-adult
historical fiction + fantasy: historical-fantasy
`

export const GENRE_RULES: readonly GenreRule[] = entriesOf(GENRES).map(
  ([head, shelves]) => {
    const [, name, enough] = /^(.+) \((\d+)\)$/.exec(head)!
    return { name: name!, enough: Number(enough), shelves }
  },
)

export const MIXED_RULES: readonly MixedRule[] = entriesOf(MIXED).map(
  ([head, shelves]) => ({
    genres: head.split(' + '),
    shelves,
  }),
)

/** Lines that begin with a space go on from the line before. */
function entriesOf(text: string): [head: string, shelves: string[]][] {
  const lines = text.replaceAll('\n  ', ' ').trim().split('\n')
  return lines.map((line) => {
    const [head, shelves] = line.split(': ')
    return [head!, shelves!.split(' ')]
  })
}
