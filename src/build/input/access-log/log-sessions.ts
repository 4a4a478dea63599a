/**
 * Requests of a web server's log → who opened which items' pages.
 *
 *   bots, files, errors out → page views → visitor = hash(salt, address, agent)
 *   → sessions (30 minutes without a page end one) → each item once a session
 *
 * The salt is made here and lost with the reader: nothing that leaves it (dense integers,
 * times, counts) leads back to an address.
 */
import { createHash, randomBytes } from 'node:crypto'
import { isbot } from 'isbot'
import { type Growing, growing } from '../growing.ts'
import { pageAddress } from '../pages/page-address.ts'
import type { LogRequest } from './log-formats.ts'

/** A pause that ends a session. */
const SESSION_PAUSE_MS = 30 * 60_000
/** Pages within a minute that no reader opens. */
const MAX_PAGES_A_MINUTE = 30
const MINUTE_MS = 60_000
/** Share of the items that one visitor opened, from so many items up: a scraper's. */
const SCRAPED_SHARE = 0.5
const SCRAPED_FROM = 50
/** Other pages whose requests are counted apart. */
const MAX_OTHER_PAGES = 100_000
const OTHERS_SHOWN = 5

/** Files that a page is made of, or that are read by programs. */
const FILE_NAME =
  /\.(?:css|m?js|map|json|xml|rss|atom|txt|ico|png|jpe?g|gif|svg|webp|avif|bmp|woff2?|ttf|otf|eot|mp[34]|m4[av]|webm|ogg|wav|wasm|webmanifest|zip|gz|tgz|bz2|xz|rar|7z|jar|exe|dmg|deb|rpm|iso|pdf|csv)$/i

export interface LogCounts {
  /** Requests that were read. */
  readonly requests: number
  readonly bots: number
  /** Visitors among the bots recognised by what they did, not by their name. */
  readonly scrapers: number
  readonly files: number
  /** Errors and redirects. */
  readonly failed: number
  /** HEAD, POST, … */
  readonly otherMethods: number
  readonly itemViews: number
  readonly otherPages: number
  /** The most asked for, best first. */
  readonly topOthers: readonly (readonly [path: string, count: number])[]
  readonly repeats: number
  readonly sessions: number
  readonly users: number
}

export interface LogSessions {
  readonly users: Uint32Array
  readonly rows: Uint32Array
  readonly times: Float64Array
  readonly userCount: number
  readonly counts: LogCounts
}

interface LogSessionOptions {
  /** Target of a request → item index. */
  readonly find: (target: string) => number | undefined
  readonly itemCount: number
  /** Are agents logged? Then one without is a program. */
  readonly hasAgents: boolean
}

export function createLogSessions({ find, itemCount, hasAgents }: LogSessionOptions) {
  const numberOf = createVisitors()
  const isBotAgent = createBotTest(hasAgents)
  const views: Views = {
    visitors: growing((length) => new Uint32Array(length)),
    rows: growing((length) => new Uint32Array(length)),
    times: growing((length) => new Float64Array(length)),
  }
  const robots = new Set<number>()
  const others = new Map<string, number>()
  const counts = { requests: 0, bots: 0, files: 0, failed: 0, otherMethods: 0 }

  const kindOf = (request: LogRequest): keyof typeof counts | 'page' => {
    if (isBotAgent(request.agent)) return 'bots'
    if (request.method !== 'GET') return 'otherMethods'
    const isAnswered = request.status >= 200 && request.status < 300
    return isAnswered || request.status === 304 ? 'page' : 'failed'
  }
  const addPage = (request: LogRequest) => {
    const item = find(request.target)
    const { path } = item === undefined ? pageAddress(request.target) : { path: '' }
    if (item === undefined && FILE_NAME.test(path)) {
      counts.files++
      return
    }
    // other pages are numbered after the items
    if (item === undefined && !others.has(path) && others.size < MAX_OTHER_PAGES) {
      others.set(path, itemCount + others.size)
    }
    views.visitors.push(numberOf(request))
    views.rows.push(item ?? others.get(path) ?? itemCount + MAX_OTHER_PAGES)
    views.times.push(request.time)
  }
  return {
    add(request: LogRequest) {
      counts.requests++
      // whoever asks what robots may read is one, whatever it calls itself
      if (/^\/robots\.txt(?:$|\?)/.test(request.target)) robots.add(numberOf(request))
      const kind = kindOf(request)
      if (kind === 'page') addPage(request)
      else counts[kind]++
    },
    finish: (): LogSessions =>
      sessionsWithoutBots(take(views), { counts, robots, others, itemCount }),
  }
}

interface Collected {
  readonly counts: Pick<
    LogCounts,
    'requests' | 'bots' | 'files' | 'failed' | 'otherMethods'
  >
  /** Visitors who asked what robots may read. */
  readonly robots: ReadonlySet<number>
  /** Path of another page → its number, after those of the items. */
  readonly others: ReadonlyMap<string, number>
  readonly itemCount: number
}

function sessionsWithoutBots(
  pages: Pages,
  { counts, robots, others, itemCount }: Collected,
): LogSessions {
  const byVisitor = groupByVisitor(pages)
  const visitorOf = (own: readonly number[]) => pages.visitors[own[0]!]!
  const scrapers = new Set(
    byVisitor.filter((own) => isScraper(own, pages, itemCount)).map(visitorOf),
  )
  const out = new Set([...robots, ...scrapers])
  const isOut = (own: readonly number[]) => out.has(visitorOf(own))
  const botPages = byVisitor.filter(isOut).reduce((sum, own) => sum + own.length, 0)
  const people = byVisitor.filter((own) => !isOut(own))
  const kept = sessionsOf(people, pages, itemCount)
  const topOthers = [...others]
    .map(([path, page]) => [path, kept.otherCounts.get(page) ?? 0] as const)
    .filter(([, count]) => count > 0)
    .sort((x, y) => y[1] - x[1])
    .slice(0, OTHERS_SHOWN)
  return {
    ...kept.events,
    counts: {
      ...counts,
      ...kept.counts,
      bots: counts.bots + botPages,
      scrapers: out.size,
      topOthers,
    },
  }
}

interface Views {
  readonly visitors: Growing<Uint32Array>
  readonly rows: Growing<Uint32Array>
  readonly times: Growing<Float64Array>
}

/** Page views in the order of the log. */
interface Pages {
  readonly visitors: Uint32Array
  readonly rows: Uint32Array
  readonly times: Float64Array
}

function take({ visitors, rows, times }: Views): Pages {
  return { visitors: visitors.take(), rows: rows.take(), times: times.take() }
}

/** Numbers visitors 0, 1, … by address and agent, of which only a salted hash is kept. */
function createVisitors() {
  const salt = randomBytes(32)
  const numbers = new Map<string, number>()
  return ({ address, agent }: LogRequest): number => {
    const hash = createHash('sha256').update(salt).update(`${address}\n${agent}`)
    const key = hash.digest('base64')
    const known = numbers.get(key)
    if (known !== undefined) return known
    numbers.set(key, numbers.size)
    return numbers.size - 1
  }
}

/** The agents of a log are few, and the test is slow. */
function createBotTest(hasAgents: boolean) {
  const known = new Map<string, boolean>()
  return (agent: string): boolean => {
    if (agent === '') return hasAgents
    const answer = known.get(agent) ?? isbot(agent)
    if (known.size < MAX_OTHER_PAGES) known.set(agent, answer)
    return answer
  }
}

/** Places of each visitor's pages, by time and then as logged. */
function groupByVisitor({ visitors, times }: Pages): number[][] {
  const byVisitor = new Map<number, number[]>()
  visitors.forEach((visitor, at) => {
    const own = byVisitor.get(visitor)
    if (own) own.push(at)
    else byVisitor.set(visitor, [at])
  })
  const all = [...byVisitor.values()]
  for (const own of all) own.sort((a, b) => times[a]! - times[b]! || a - b)
  return all
}

/** More pages a minute than anyone reads, or most of the site. */
function isScraper(
  own: readonly number[],
  { rows, times }: Pages,
  itemCount: number,
): boolean {
  const isBurst = own.some((at, i) => {
    const first = own[i - MAX_PAGES_A_MINUTE]
    return first !== undefined && times[at]! - times[first]! < MINUTE_MS
  })
  const items = new Set(own.map((at) => rows[at]!).filter((row) => row < itemCount))
  return (
    isBurst || (items.size >= SCRAPED_FROM && items.size > SCRAPED_SHARE * itemCount)
  )
}

/** Each item once a session, at its first view, in the order of the log. */
function sessionsOf(
  byVisitor: readonly number[][],
  { visitors, rows, times }: Pages,
  itemCount: number,
) {
  const otherCounts = new Map<number, number>()
  const firsts: number[] = []
  let [sessions, itemViews, otherPages] = [0, 0, 0]
  for (const own of byVisitor) {
    let seen = new Set<number>()
    own.forEach((at, i) => {
      const before = own[i - 1]
      const isFirst =
        before === undefined || times[at]! - times[before]! > SESSION_PAUSE_MS
      if (isFirst) {
        sessions++
        seen = new Set()
      }
      const page = rows[at]!
      if (page >= itemCount) {
        otherPages++
        otherCounts.set(page, (otherCounts.get(page) ?? 0) + 1)
        return
      }
      itemViews++
      if (seen.has(page)) return
      seen.add(page)
      firsts.push(at)
    })
  }
  firsts.sort((a, b) => a - b)
  const numbers = new Map<number, number>()
  const users = Uint32Array.from(firsts, (at) => {
    const visitor = visitors[at]!
    if (!numbers.has(visitor)) numbers.set(visitor, numbers.size)
    return numbers.get(visitor)!
  })
  return {
    otherCounts,
    events: {
      users,
      rows: Uint32Array.from(firsts, (at) => rows[at]!),
      times: Float64Array.from(firsts, (at) => times[at]!),
      userCount: numbers.size,
    },
    counts: {
      ...{ itemViews, otherPages, sessions, users: numbers.size },
      repeats: itemViews - firsts.length,
    },
  }
}
