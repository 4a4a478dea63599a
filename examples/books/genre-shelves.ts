/** Which readers' shelves speak for which genre. */

export interface GenreRule {
  readonly name: string
  /** Evidence that makes it certain: about what a typical book of the genre has. */
  readonly enough: number
  /** Shelf names, space between them. */
  readonly shelves: string
}

/** Most specific first: the order genres are shown in. */
export const GENRE_RULES: readonly GenreRule[] = [
  // Fiction: narrow kinds.
  { name: 'cyberpunk', enough: 1, shelves: 'cyberpunk' },
  {
    name: 'military science fiction',
    enough: 1,
    shelves: 'military-sci-fi military-sf military-scifi military-science-fiction',
  },
  {
    name: 'alternate history',
    enough: 1,
    shelves: 'alternate-history alternative-history alt-history',
  },
  { name: 'dystopia', enough: 1, shelves: 'ya-dystopia dystopia dystopian' },
  { name: 'magical realism', enough: 1, shelves: 'magical-realism magic-realism' },
  {
    name: 'epic fantasy',
    enough: 2,
    shelves:
      'fantasy-epic fantasy-high heroic-fantasy medieval-fantasy epic-fantasy high-fantasy gritty-fantasy military-fantasy dungeons-and-dragons classic-fantasy',
  },
  {
    name: 'urban fantasy',
    enough: 1,
    shelves: 'fantasy-urban urban-fantasy contemporary-fantasy',
  },
  {
    name: 'humorous fantasy',
    enough: 1,
    shelves: 'comic-fantasy fantasy-humor fantasy-humour',
  },
  { name: 'dragons', enough: 1, shelves: 'dragons dragon' },
  {
    name: 'witches and wizards',
    enough: 2,
    shelves: 'witches wizards witch witches-wizards witchcraft',
  },
  { name: 'vampires', enough: 1, shelves: 'vampire-romance vampire-fiction vampires' },
  {
    name: 'paranormal romance',
    enough: 2,
    shelves:
      'paranormal-romance romance-paranormal ya-paranormal-romance supernatural-romance para-romance vaginal-fantasy fantasy-romance',
  },
  {
    name: 'paranormal',
    enough: 2,
    shelves:
      'paranormal-fantasy fantasy-paranormal paranormal-fiction ya-paranormal young-adult-paranormal paranormal-ya',
  },
  {
    name: 'historical romance',
    enough: 1,
    shelves:
      'historical-romance romance-historical regency-romance historical-romances romance-regency historic-romance historicals',
  },
  {
    name: 'erotic romance',
    enough: 1,
    shelves: 'erotic-romance romance-erotica erotica-romance dark-romance',
  },
  {
    name: 'romantic suspense',
    enough: 1,
    shelves: 'romantic-suspense romance-suspense suspense-romance mystery-romance',
  },
  { name: 'new adult', enough: 1, shelves: 'new-adult-romance college-romance ya-na' },
  {
    name: 'gothic',
    enough: 1,
    shelves: 'gothic gothic-horror gothic-fiction southern-gothic',
  },
  { name: 'ghost stories', enough: 2, shelves: 'ghosts ghost ghost-stories' },
  {
    name: 'nordic noir',
    enough: 1,
    shelves: 'nordic-noir scandinavian-crime scandinavian-mystery',
  },
  { name: 'noir', enough: 1, shelves: 'noir' },
  { name: 'cosy mystery', enough: 1, shelves: 'cozy-mystery mystery-cozy' },
  {
    name: 'historical mystery',
    enough: 1,
    shelves: 'historical-mystery mystery-historical historical-mysteries',
  },
  {
    name: 'legal thriller',
    enough: 1,
    shelves: 'legal-thriller legal-thrillers legal-fiction',
  },
  { name: 'medical thriller', enough: 1, shelves: 'medical-thriller' },
  {
    name: 'spy thriller',
    enough: 1,
    shelves: 'spy-thriller spy-thrillers spy-fiction',
  },
  {
    name: 'political thriller',
    enough: 1,
    shelves: 'political-thriller political-thrillers',
  },
  { name: 'techno-thriller', enough: 1, shelves: 'techno-thriller military-thriller' },
  {
    name: 'psychological thriller',
    enough: 1,
    shelves: 'psychological-thriller psychological-thrillers psychological-suspense',
  },
  {
    name: 'detective fiction',
    enough: 2,
    shelves:
      'detective detectives detective-fiction mystery-detective detective-mystery detective-stories crime-detective female-detective forensic-mystery',
  },
  {
    name: 'Christian fiction',
    enough: 2,
    shelves:
      'christian-fiction fiction-christian christianfiction inspirational-fiction religious-fiction christian-romance',
  },
  {
    name: "women's fiction",
    enough: 1,
    shelves: 'women-s-fiction womens-fiction chick-lit-romance',
  },
  {
    name: 'Southern fiction',
    enough: 1,
    shelves: 'southern-fiction southern-literature',
  },
  // Forms.
  {
    name: 'manga',
    enough: 4,
    shelves:
      'manga mangas manga-read read-manga manga-to-read to-read-manga manga-i-own owned-manga my-manga favorite-manga manga-series manga-books manga-owned manga-collection manga-romance manga-shoujo shoujo-manga shojo-manga manga-shojo shonen-manga mangas-read read-mangas manga-i-ve-read manga-manhwa manga-manhwa-manhua manga-anime anime-manga',
  },
  { name: 'superheroes', enough: 1, shelves: 'dc-comics superhero-comics comics-dc' },
  {
    name: 'graphic novels',
    enough: 3,
    shelves:
      'graphic-novels graphic-novel graphic-novels-read graphic-novels-to-read to-read-graphic-novels read-graphic-novels comics-graphic-novels graphic-novels-comics comics-and-graphic-novels graphic-novels-and-comics comic-graphic-novel graphic-novel-comic graphic-novel-comics graphic-novels-comic-books comic-books-graphic-novels comics-graphic-novel comics read-comics comics-read to-read-comics comics-to-read owned-comics comics-i-own favorite-comics image-comics vertigo-comics',
  },
  {
    name: 'picture books',
    enough: 1,
    shelves:
      'children-s-picture-books childrens-picture-books children-picture-books caldecott-award',
  },
  { name: 'fairy tales', enough: 1, shelves: 'fairy-tales' },
  {
    name: 'mythology',
    enough: 2,
    shelves: 'mythology greek-mythology folklore traditional-literature',
  },
  {
    name: 'poetry',
    enough: 2,
    shelves: 'poetry to-read-poetry poetry-to-read poetry-and-plays poetry-plays',
  },
  { name: 'short stories', enough: 1, shelves: 'short-fiction' },
  // Facts: narrow kinds.
  { name: 'true crime', enough: 1, shelves: 'true-crime' },
  {
    name: 'Second World War',
    enough: 2,
    shelves: 'world-war-ii world-war-2 world-war-two world-war-ll',
  },
  { name: 'art', enough: 1, shelves: 'art-history' },
  {
    name: 'science',
    enough: 1,
    shelves: 'non-fiction-science nonfiction-science natural-history',
  },
  {
    name: 'economics',
    enough: 2,
    shelves:
      'economics business-economics politics-economics behavioral-economics economics-business economics-finance',
  },
  {
    name: 'psychology',
    enough: 2,
    shelves:
      'psychology psychology-sociology social-psychology psychology-self-help psychology-books philosophy-psychology to-read-psychology',
  },
  {
    name: 'religion',
    enough: 2,
    shelves:
      'christian-non-fiction christian-nonfiction philosophy-religion religion-philosophy philosophy-and-religion christian-literature christian-classics',
  },
  {
    name: 'philosophy',
    enough: 2,
    shelves:
      'philosophy to-read-philosophy philosophy-to-read political-philosophy philosophy-theory philosophy-religion religion-philosophy philosophy-and-religion philosophy-psychology',
  },
  {
    name: 'politics',
    enough: 2,
    shelves: 'politics history-politics politics-economics political-philosophy',
  },
  {
    name: 'memoir',
    enough: 5,
    shelves:
      'memoir memoirs memoir-biography biography-memoir biographies-memoirs bio-memoir memoir-bio memoirs-biographies memoir-autobiography autobiography-memoir biography-and-memoir biographies-and-memoirs memoirs-and-biographies biography-memoirs memoir-and-biography bios-memoirs biography-autobiography-memoir autobiography auto-biography',
  },
  {
    name: 'biography',
    enough: 5,
    shelves:
      'biography biography-autobiography autobiography-biography history-biography biography-memoir memoir-biography biographies-memoirs bio-memoir memoir-bio memoirs-biographies biography-and-memoir biographies-and-memoirs memoirs-and-biographies biography-memoirs bios-memoirs to-read-biography biography-autobiography-memoir autobiography',
  },
  {
    name: 'military history',
    enough: 2,
    shelves: 'military-history military-war war-military',
  },
  {
    name: 'history',
    enough: 3,
    shelves:
      'history american-history us-history u-s-history world-history history-american european-history british-history english-history ancient-history non-fiction-history nonfiction-history history-nonfiction history-non-fiction historical-non-fiction historical-nonfiction to-read-history history-to-read history-books general-history history-politics history-biography microhistory civil-war cold-war',
  },
  // Where it was written.
  {
    name: 'Russian literature',
    enough: 1,
    shelves: 'russian-literature russian-classics',
  },
  { name: 'French literature', enough: 1, shelves: 'french-literature' },
  { name: 'German literature', enough: 1, shelves: 'german-literature' },
  { name: 'Spanish literature', enough: 1, shelves: 'spanish-literature' },
  {
    name: 'Latin American literature',
    enough: 1,
    shelves: 'latin-american-literature',
  },
  {
    name: 'Japanese literature',
    enough: 1,
    shelves: 'japanese-literature japanese-fiction',
  },
  { name: 'Indian literature', enough: 1, shelves: 'indian-literature indian-fiction' },
  { name: 'Arabic literature', enough: 1, shelves: 'arabic-literature arabic-fiction' },
  { name: 'Irish literature', enough: 1, shelves: 'irish-literature' },
  {
    name: 'Canadian literature',
    enough: 1,
    shelves: 'canadian-literature canadian-fiction',
  },
  {
    name: 'African American literature',
    enough: 1,
    shelves: 'african-american-literature african-american-fiction',
  },
  // Fiction: broad kinds.
  {
    name: 'science fiction',
    enough: 3,
    shelves:
      'science-fiction sci-fi scifi sciencefiction hard-sci-fi hard-science-fiction classic-sci-fi ya-sci-fi to-read-sci-fi to-read-scifi sci-fi-to-read read-sci-fi fiction-sci-fi space aliens space-travel cyberpunk military-sci-fi military-sf',
  },
  {
    name: 'fantasy',
    enough: 3,
    shelves:
      'fantasy magic fantasy-fiction fiction-fantasy genre-fantasy fantasy-series fantasy-read read-fantasy fantasy-to-read to-read-fantasy adult-fantasy modern-fantasy fantasy-epic fantasy-high fantasy-magic heroic-fantasy classic-fantasy fantasy-adventure fantasy-books favorite-fantasy good-fantasy low-fantasy 02-fantasy teen-fantasy young-adult-fantasy ya-fantasy fantasy-ya childrens-fantasy children-s-fantasy magical',
  },
  {
    name: 'horror',
    enough: 2,
    shelves:
      'horror horror-fiction fiction-horror horror-supernatural horror-thriller thriller-horror horror-suspense suspense-horror gothic-horror creepy to-read-horror weird-fiction',
  },
  {
    name: 'historical fiction',
    enough: 2,
    shelves:
      'historical-fiction historic-fiction fiction-historical historicalfiction historical-novel historical-novels historical-fic history-fiction to-read-historical-fiction historical-fiction-to-read ya-historical-fiction',
  },
  {
    name: 'crime',
    enough: 3,
    shelves:
      'crime crime-mystery mystery-crime crime-thriller crime-thrillers crime-novels crime-mystery-thriller mystery-crime-thriller crime-and-mystery mystery-and-crime thriller-crime murder-mystery',
  },
  {
    name: 'mystery',
    enough: 3,
    shelves:
      'mystery murder-mystery mystery-series mystery-detective mystery-crime crime-mystery fiction-mystery genre-mystery british-mystery classic-mystery adult-mystery to-read-mystery cozy-mystery mystery-suspense suspense-mystery mystery-and-suspense',
  },
  {
    name: 'thriller',
    enough: 4,
    shelves:
      'thriller thrillers suspense suspense-thriller thriller-suspense fiction-thriller action-thriller adventure-thriller action-suspense mystery-thriller thriller-mystery mystery-thrillers mystery-thriller-suspense mystery-suspense-thriller mysteries-thrillers mystery-and-thriller mysteries-and-thrillers crime-thriller crime-thrillers',
  },
  {
    name: 'romance',
    enough: 2,
    shelves:
      'romance contemporary-romance romance-contemporary adult-romance contemp-romance romance-novels romances genre-romance fiction-romance modern-romance clean-romance love-story second-chance-romance sports-romance office-romance teen-romance ya-romance young-adult-romance high-school-romance',
  },
  {
    name: 'war',
    enough: 2,
    shelves: 'war wars warfare military military-fiction military-war war-military',
  },
  {
    name: 'classics',
    enough: 4,
    shelves:
      'classics classic-literature the-classics classics-to-read to-read-classics classic-fiction fiction-classics modern-classics penguin-classics american-classics english-classics classics-read classical-literature 19th-century-literature victorian-literature russian-classics',
  },
  {
    name: 'literary fiction',
    enough: 3,
    shelves:
      'literary-fiction literature modern-literature contemporary-literature contemporary-lit fiction-literature literature-fiction fiction-and-literature world-literature european-literature modern-fiction transgressive-fiction metafiction',
  },
  {
    name: 'middle grade',
    enough: 2,
    shelves:
      'middle-grade middle-grades middle-grade-fiction juvenile-fiction junior-fiction j-fiction children-s-chapter-books childrens-chapter-books newbery-award newbery-award-winners',
  },
  {
    name: "children's",
    enough: 5,
    shelves:
      'children childrens children-s children-s-books childrens-books children-books children-s-book childrens-book childrensbooks children-s-literature children-s-lit childrens-lit childrens-literature children-s-fiction childrens-fiction children-fiction children-s-classics childrens-classics childhood-classics books-for-children for-children favorite-children-s-books favorite-childrens-books children-s-books-read read-children-s-books read-childrens childrens-read children-read young-children kids-fiction',
  },
  {
    name: 'young adult',
    enough: 5,
    shelves:
      'young-adult ya teen ya-fiction young-adult-fiction ya-books ya-lit ya-fantasy teen-fiction ya-romance young-adult-fantasy ya-paranormal ya-contemporary teen-books teens young-adult-books young-adult-lit young-adults ya-novels ya-to-read to-read-ya young-adult-romance contemporary-ya teen-romance ya-series teen-fantasy young-adult-paranormal paranormal-ya young-adult-literature teen-lit teenlit teen-reads ya-realistic-fiction ya-sci-fi printz-award youth-fiction',
  },
  // Broadest: only where nothing else is known (see `genresOf`).
  {
    name: 'contemporary fiction',
    enough: 3,
    shelves:
      'contemporary contemporary-fiction realistic-fiction modern-fiction contemporary-realistic-fiction popular-fiction general-fiction fiction-contemporary 04-realistic-fiction pop-fiction',
  },
  {
    name: 'non-fiction',
    enough: 2,
    shelves:
      'non-fiction nonfiction adult-non-fiction adult-nonfiction general-non-fiction general-nonfiction other-non-fiction narrative-nonfiction to-read-non-fiction to-read-nonfiction non-fiction-to-read nonfiction-to-read read-non-fiction',
  },
  {
    name: 'fiction',
    enough: 1,
    shelves: 'fiction adult-fiction general-fiction fiction-general',
  },
]

/** Half a piece of evidence for each of two genres. */
export const MIXED_RULES: readonly {
  readonly genres: readonly string[]
  readonly shelves: string
}[] = [
  {
    genres: ['science fiction', 'fantasy'],
    shelves:
      'sci-fi-fantasy fantasy-sci-fi scifi-fantasy science-fiction-fantasy fantasy-scifi sci-fi-and-fantasy sf-fantasy science-fiction-and-fantasy fantasy-science-fiction fantasy-and-sci-fi fantasy-sf science-fantasy fantasy-and-science-fiction sci-fi---fantasy',
  },
  {
    genres: ['graphic novels', 'manga'],
    shelves:
      'comics-manga graphic-novels-manga manga-comics manga-graphic-novels comics-and-manga comic-manga manga-and-graphic-novels graphic-novels-and-manga graphic-novel-manga manga-graphic-novel manga-and-comics manga-comic mangas-comics graphic-novels-comics-manga comics-graphic-novels-manga',
  },
  {
    genres: ["children's", 'young adult'],
    shelves: 'children-young-adult children-ya childrens-ya children-and-young-adult',
  },
  { genres: ['historical fiction', 'fantasy'], shelves: 'historical-fantasy' },
]
