/** Things of schema.org → the one a page is about, and what it states of it. */
import { oneLine } from './html-document.ts'
import { imageOf, type PageFacts, type PageImage } from './page-facts.ts'
import { withoutUndefined } from './page-head.ts'
import { isThing, own, type StructuredData, type Thing } from './structured-data.ts'

export interface PageThing {
  /** Of schema.org: `Product`, `BlogPosting`, … */
  readonly type: string
  readonly facts: PageFacts
}

export interface SchemaFacts {
  /** What the page is about; absent for a page about several things, or none. */
  readonly main?: PageThing
  /** Of the page itself, and its breadcrumbs: for what `main` does not state. */
  readonly page: PageFacts
  /** Names itself a collection, a search or a list of several things. */
  readonly isList: boolean
}

/** What a page may be about, likeliest first. */
const MAIN_TYPES = [
  /^(?:Product|ProductGroup|IndividualProduct|ProductModel|Vehicle|Car)$/,
  /^(?:Book|Audiobook|Movie|TVSeries|TVEpisode|MusicAlbum|MusicRecording|VideoGame|Game|Recipe|Course)$/,
  /^(?:PodcastEpisode|PodcastSeries|Dataset|SoftwareApplication|MobileApplication|WebApplication|SoftwareSourceCode)$/,
  /(?:Event|Festival)$/,
  /^(?:JobPosting|Accommodation|Hotel|Restaurant|TouristAttraction|TouristTrip|Apartment)$/,
  /(?:Article|Posting|Review|HowTo|Report|Thesis|LearningResource)$/,
  /^(?:CreativeWork|VisualArtwork|Painting|Photograph|VideoObject|AudioObject)$/,
]
const LIST_TYPES = /^(?:CollectionPage|SearchResultsPage|ItemList|Blog|OfferCatalog)$/
const PAGE_TYPES =
  /^(?:WebPage|ItemPage|AboutPage|ContactPage|FAQPage|ProfilePage|QAPage|MedicalWebPage)$/

/** @param address the page's own, to tell its thing from others */
export function readSchemaOrg(
  data: StructuredData,
  address: string | undefined,
): SchemaFacts {
  const all = data.things.map((thing) => ({ thing, type: typeOf(thing) }))
  const graph = createGraph(data)
  const ofPage = all.filter(({ type }) => PAGE_TYPES.test(type))
  const crumbs = all.find(({ type }) => type === 'BreadcrumbList')
  const path = crumbs && crumbsOf(graph, crumbs.thing)
  const page = {
    ...(ofPage[0] && factsOf(graph, ofPage[0].thing)),
    ...(path && path.length > 0 && { path }),
  }
  const isNamedList = all.some(({ type }) => LIST_TYPES.test(type))
  for (const types of MAIN_TYPES) {
    const found = distinct(all.filter(({ type }) => types.test(type)))
    if (found.length === 0) continue
    const own = found.filter(({ thing }) => isAt(thing, address))
    const [main] = own.length === 1 ? own : found
    if (found.length > 1 && own.length !== 1) return { page, isList: true }
    const { thing, type } = main!
    return { main: { type, facts: factsOf(graph, thing) }, page, isList: false }
  }
  return { page, isList: isNamedList }
}

interface Typed {
  readonly thing: Thing
  readonly type: string
}

/** The same thing may be written twice, as JSON-LD and as microdata. */
function distinct(all: readonly Typed[]): Typed[] {
  const byName = new Map<string, Typed>()
  for (const typed of all) {
    const name = textOf(own(typed.thing, 'name') ?? own(typed.thing, 'headline')) ?? ''
    if (!byName.has(name)) byName.set(name, typed)
  }
  const named = [...byName].filter(([name]) => name !== '')
  return (named.length > 0 ? named : [...byName]).map(([, typed]) => typed)
}

function isAt(thing: Thing, address: string | undefined): boolean {
  if (address === undefined) return false
  const places = ['@id', 'url', 'mainEntityOfPage'].map((name) => own(thing, name))
  return places
    .map((place) => (isThing(place) ? own(place, '@id') : place))
    .some((place) => typeof place === 'string' && place.split('#')[0] === address)
}

function typeOf(thing: Thing): string {
  const type = own(thing, '@type')
  const first = Array.isArray(type) ? type[0] : type
  return typeof first === 'string' ? first.trim().replace(/^.*[/#:]/, '') : ''
}

type Graph = ReturnType<typeof createGraph>

/** Values of properties, with the things that are only named by their id. */
function createGraph({ byId }: StructuredData) {
  /** A thing, also one that is only named by its id. */
  const resolved = (value: unknown): unknown => {
    if (!isThing(value)) return value
    const id = own(value, '@id')
    const isReference = typeof id === 'string' && Object.keys(value).length === 1
    return isReference ? (byId.get(id) ?? value) : value
  }
  const list = (value: unknown): unknown[] =>
    value === undefined || value === null ? [] : [value].flat().map(resolved)
  const names = (value: unknown): string[] =>
    list(value)
      .map((one) =>
        textOf(isThing(one) ? (own(one, 'name') ?? own(one, '@value')) : one),
      )
      .filter((name) => name !== undefined)
      .filter((name) => !/^https?:\/\//i.test(name))
  const image = (value: unknown): PageImage | undefined => {
    for (const one of list(value)) {
      if (typeof one === 'string' && one.trim() !== '') return { src: one.trim() }
      if (!isThing(one)) continue
      const src = own(one, 'url') ?? own(one, 'contentUrl') ?? own(one, '@id')
      const [width, height] = ['width', 'height'].map((name) => amount(own(one, name)))
      if (typeof src === 'string') return imageOf(src, width, height)
    }
    return undefined
  }
  return { list, names, image }
}

/** Names from the root to the page. */
function crumbsOf({ list, names }: Graph, thing: Thing): string[] {
  return list(own(thing, 'itemListElement'))
    .filter(isThing)
    .map((entry, at) => ({ entry, position: Number(own(entry, 'position') ?? at) }))
    .sort((a, b) => a.position - b.position)
    .flatMap(({ entry }) => names(own(entry, 'name') ?? own(entry, 'item')).slice(0, 1))
}

function factsOf({ list, names, image }: Graph, thing: Thing): PageFacts {
  const get = (...keys: string[]) =>
    keys.map((key) => own(thing, key)).find((value) => list(value).length > 0)
  const tags = [
    'articleSection',
    'category',
    'genre',
    'recipeCategory',
    'recipeCuisine',
    'keywords',
    'about',
  ]
  return withoutUndefined({
    title: textOf(get('headline', 'name')),
    description: textOf(get('description', 'abstract')),
    image: image(get('image', 'thumbnailUrl', 'thumbnail', 'primaryImageOfPage')),
    language: names(get('inLanguage'))[0],
    authors: [
      ...new Set(
        AUTHORS.map((key) => names(own(thing, key))).find((found) => found.length > 0),
      ),
    ],
    tags: tags.flatMap((key) => words(names(own(thing, key)), key)),
    published: textOf(get('datePublished', 'releaseDate', 'uploadDate', 'dateCreated')),
    modified: textOf(get('dateModified')),
    series: names(get('isPartOf', 'partOfSeries')).find(() =>
      /^(?:Book|TVEpisode|PodcastEpisode)$/.test(typeOf(thing)),
    ),
    position: get('position', 'episodeNumber'),
    ...offer(list(get('offers')).filter(isThing)),
    others: others(thing, list),
  })
}

/** Who made it, best first. */
const AUTHORS = [
  'author',
  'creator',
  'brand',
  'director',
  'byArtist',
  'provider',
  'organizer',
  'hiringOrganization',
  'manufacturer',
]

/** The columns of an item that schema.org has a word for: ours ← its own. */
const OTHERS: Readonly<Record<string, string>> = {
  sku: 'sku',
  isbn: 'isbn',
  gtin: 'gtin',
  duration: 'duration',
  'total time': 'totalTime',
  starts: 'startDate',
  ends: 'endDate',
}

function others(
  thing: Thing,
  list: (value: unknown) => unknown[],
): ReadonlyMap<string, unknown> {
  const found = new Map<string, unknown>()
  for (const [column, name] of Object.entries(OTHERS)) {
    const value = textOf(own(thing, name))
    if (value !== undefined) found.set(column, value)
  }
  const rating = list(own(thing, 'aggregateRating')).find(isThing)
  const value = rating && amount(own(rating, 'ratingValue'))
  const votes =
    rating && amount(own(rating, 'ratingCount') ?? own(rating, 'reviewCount'))
  for (const [column, written] of [
    ['rating', value],
    ['ratings', votes],
  ] as const) {
    const number = Number(written?.replace(',', '.'))
    if (Number.isFinite(number)) found.set(column, number)
  }
  const [place] = list(own(thing, 'location')).filter(isThing)
  const name = place && textOf(own(place, 'name'))
  if (name !== undefined) found.set('location', name)
  return found
}

/** Of several offers the cheapest; one in stock suffices. */
function offer(offers: readonly Thing[]): PageFacts {
  const flat = offers.flatMap((one) => [
    one,
    ...[own(one, 'offers') ?? []].flat().filter(isThing),
  ])
  const priced = flat.map((one) => {
    const [detail] = [own(one, 'priceSpecification')].flat().filter(isThing)
    const get = (name: string) => own(one, name) ?? (detail && own(detail, name))
    return {
      price: amount(get('price') ?? get('lowPrice')),
      currency: textOf(get('priceCurrency')),
      available: own(one, 'availability'),
    }
  })
  const cheapest = priced
    .filter(({ price }) => price !== undefined)
    .sort((a, b) => Number(a.price) - Number(b.price))[0]
  const states = priced
    .map(({ available }) => textOf(available))
    .filter((one) => one !== undefined)
  return withoutUndefined({
    price: cheapest?.price,
    currency: cheapest?.currency ?? priced.find(({ currency }) => currency)?.currency,
    available:
      states.find((state) => !/OutOfStock|SoldOut|Discontinued/i.test(state)) ??
      states[0],
  })
}

/** A number as text: `19.99`, also of a thing `{value: 19.99}`. */
function amount(value: unknown): string | undefined {
  const plain = isThing(value) ? own(value, 'value') : value
  const text = textOf(plain)
  return text !== undefined && /\d/.test(text) ? text : undefined
}

function textOf(value: unknown): string | undefined {
  const [first] = [value].flat()
  if (typeof first === 'number') return String(first)
  const text = isThing(first) ? (own(first, '@value') ?? own(first, 'name')) : first
  if (typeof text !== 'string') return undefined
  const line = oneLine(text)
  return line === '' ? undefined : line
}

/** Keywords come as one text; a category may be a path. */
function words(names: readonly string[], key: string): string[] {
  const split =
    key === 'keywords' ? names.flatMap((name) => name.split(/[,，;]/)) : names
  return split
    .flatMap((name) => name.split(/\s+[>›»/]\s+/))
    .map(oneLine)
    .filter((name) => name !== '')
}
