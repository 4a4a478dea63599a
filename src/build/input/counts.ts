/** Counts of how often an item was chosen, as exports and catalogues write them. */
import { plainText } from './cell.ts'

const SCALES: Readonly<Record<string, number>> = { k: 1e3, m: 1e6, b: 1e9 }

/**
 * `1234`, `1,234`, `1 234`, `3.4k`, `10,000+`, and the lower end of `20,000 .. 50,000`.
 * @returns NaN for what is no count, and for one below 0
 */
export function countOf(cell: unknown): number {
  if (typeof cell === 'bigint') return Number(cell)
  const text = plainText(cell)
  const match =
    /^(\d[\d,' \u00a0\u202f]*(?:\.\d+)?)\s*([kmb])?\+?(?:\s*(?:\.\.|-|–)\s*\d[\d,. ]*)?$/i.exec(
      text,
    )
  if (!match) return Number.NaN
  const digits = match[1]!.replace(/[,' \u00a0\u202f]/g, '')
  return Number(digits) * (SCALES[match[2]?.toLowerCase() ?? ''] ?? 1)
}

const names = (list: string): readonly string[] => list.split(' ')

/** Columns of a table of items that count people, the surest first. No rating is a count. */
export const POPULARITY_COLUMNS = names(
  'numsubscribers subscribers subscriberscount enrolled enrollments enrolments ' +
    'numstudents students coursestudentsenrolled owners estimatedowners installs ' +
    'downloads downloadcount playcount plays listeners streams timesread ' +
    'ratingscount ratingcount numratings numberofratings totalratings workratingscount ' +
    'ratingsnumber usersrated numberofusersrated scoredby numvotes votes votecount ' +
    'votescount numberofvotes userratingcount members followers followerscount ' +
    'numreviews reviewscount reviewcount numberofreviews reviewsnumber reviews ' +
    'totalreviews textreviewscount likes likescount favorites favourites favoritescount ' +
    'sales totalsales unitssold soldcount numsold timesordered purchases salescount ' +
    'views viewcount viewscount totalviews pageviews popularity popularityscore',
)

/** `imdb_votes`, `goodreads_ratings_count`: names that end like one of those. */
export const POPULARITY_ENDING =
  /(?:votes|votecount|ratingscount|ratingcount|numratings|reviewscount|reviewcount|numreviews|subscribers|downloads|playcount|listeners)$/

/** A column of totals, and what each of what it counts is worth. */
interface CountKind {
  /** 0–1, as the strengths of events. */
  readonly strength: number
  readonly names: readonly string[]
}

/** Columns of a table of totals: at most one of each kind is taken, the first that is there. */
export const TOTAL_KINDS: readonly CountKind[] = [
  {
    strength: 1,
    names: names(
      'itemspurchased itempurchasequantity purchases sales totalsales unitssold ' +
        'quantitysold soldcount sold orders ordercount quantity qty netquantity ' +
        'netitemssold itemssold productsales salescount nbecommercequantities',
    ),
  },
  {
    strength: 0.5,
    names: names('itemsaddedtocart addtocarts addstocart addedtocart cartadds'),
  },
  {
    strength: 0.2,
    names: names(
      'itemsviewed views pageviews screenpageviews uniquepageviews nbhits hits ' +
        'totalviews viewcount nbvisits visits visitors clicks sessions activeusers ' +
        'totalusers users eventcount impressions',
    ),
  },
]

/** Columns that count something else, taken where there is none of those. */
export const OTHER_TOTALS = [
  ...POPULARITY_COLUMNS,
  ...names('count total plays listens downloads'),
]
