/** One line of a web server's log → the request it records. */
import { isIP } from 'node:net'
import { eventTimeOf } from '../event-time.ts'

export interface LogRequest {
  /** IPv4, IPv6 or a host's name. */
  readonly address: string
  /** Unix ms; NaN where it cannot be read. */
  readonly time: number
  readonly method: string
  /** Path and query, or a whole address. */
  readonly target: string
  readonly status: number
  /** '' where the format has none. */
  readonly agent: string
}

export interface LogFormat {
  /** As the report calls it: `combined`. */
  readonly name: string
  /** @returns 'no request' for a header or an empty line; undefined for a broken one */
  read(line: string): LogRequest | 'no request' | undefined
}

/** Lines looked at to recognise a log, and the share of them that must be requests. */
export const RECOGNISED_BY = 20
const MIN_REQUESTS = 0.5

/** @param lines the file's first ones @returns undefined where they are no log's */
export function logFormatOf(lines: readonly string[]): LogFormat | undefined {
  const filled = lines.filter((line) => line.trim() !== '')
  if (filled.length === 0) return undefined
  const formats = [plainFormat(filled), jsonFormat, extendedFormat()]
  return formats.find((format) => {
    const read = filled.map((line) => format.read(line))
    const headers = read.filter((request) => request === 'no request').length
    const requests = read.filter((request) => typeof request === 'object').length
    return requests > 0 && requests >= MIN_REQUESTS * (filled.length - headers)
  })
}

// Common and combined format, with or without the virtual host in front.

const QUOTED = String.raw`"((?:[^"\\]|\\.)*)"`
const LINE = new RegExp(
  String.raw`^(\S+) (\S+) (.*?) ?\[([^\]]+)\] ${QUOTED} (\d{3}) \S+(?: ${QUOTED} ${QUOTED})?`,
)
const REQUEST = /^([A-Z]{3,10}) (\S.*?)(?: HTTP\/[\d.]+)?$/

/** `common` where no line names an agent, else `combined`. */
function plainFormat(lines: readonly string[]): LogFormat {
  const hasAgents = lines.some((line) => LINE.exec(line)?.[8] !== undefined)
  return { name: hasAgents ? 'combined' : 'common', read: readPlain }
}

function readPlain(line: string): LogRequest | 'no request' | undefined {
  if (line.trim() === '') return 'no request'
  const match = LINE.exec(line)
  if (!match) return undefined
  const [, first = '', second = '', , time = '', request = '', status, , agent = ''] =
    match
  // `shop.example:443 1.2.3.4 - - […]`: the virtual host comes first
  const hasHost = isIP(first) === 0 && isIP(second) !== 0
  return requestOf({
    address: hasHost ? second : first,
    time: eventTimeOf(time).dayFirst,
    request: request.replace(/\\(.)/g, '$1'),
    status: Number(status),
    agent: agent === '-' ? '' : agent,
  })
}

function requestOf({
  request,
  ...rest
}: Omit<LogRequest, 'method' | 'target'> & { readonly request: string }): LogRequest {
  const [, method = '', target = ''] = REQUEST.exec(request) ?? []
  return { ...rest, method, target }
}

// JSON, an object a line: nginx, Caddy, Traefik, Cloudflare.

type Fields = Readonly<Record<string, unknown>>

const NAMES = {
  address: [
    ...['remote_addr', 'remote_ip', 'client_ip', 'clientip', 'ClientIP', 'ClientHost'],
    ...['request.client_ip', 'request.remote_ip', 'ip', 'client'],
  ],
  time: [
    ...['time_iso8601', 'time_local', 'timestamp', '@timestamp', 'time', 'ts', 'msec'],
    ...['EdgeStartTimestamp', 'StartUTC', 'start_time'],
  ],
  request: ['request'],
  method: [
    'request_method',
    'method',
    'request.method',
    'ClientRequestMethod',
    'RequestMethod',
  ],
  target: [
    'request_uri',
    'uri',
    'request.uri',
    'ClientRequestURI',
    'RequestPath',
    'path',
    'url',
  ],
  status: [
    ...['status', 'response', 'status_code', 'EdgeResponseStatus', 'DownstreamStatus'],
    'OriginStatus',
  ],
  agent: [
    ...[
      'http_user_agent',
      'user_agent',
      'agent',
      'userAgent',
      'ClientRequestUserAgent',
    ],
    ...['request.headers.User-Agent', 'request_User-Agent', 'useragent'],
  ],
} as const

const jsonFormat: LogFormat = {
  name: 'JSON',
  read(line) {
    if (line.trim() === '') return 'no request'
    const fields = parsed(line)
    if (!fields) return undefined
    const [address, status] = [textAt(fields, 'address'), textAt(fields, 'status')]
    const request = textAt(fields, 'request')
    const target = textAt(fields, 'target')
    if (!address || !status || !(request || target)) return undefined
    const common = {
      address,
      time: eventTimeOf(timeIn(fields)).dayFirst,
      status: Number(status),
      agent: textAt(fields, 'agent') ?? '',
    }
    return target === undefined
      ? requestOf({ ...common, request: request! })
      : { ...common, target, method: textAt(fields, 'method') ?? 'GET' }
  },
}

function parsed(line: string): Fields | undefined {
  if (!line.trimStart().startsWith('{')) return undefined
  try {
    return JSON.parse(line) as Fields
  } catch {
    return undefined // counted with the lines that cannot be read
  }
}

function valueAt(fields: Fields, name: string): unknown {
  if (Object.hasOwn(fields, name)) return fields[name]
  return name.split('.').reduce<unknown>((value, key) => {
    const isObject = typeof value === 'object' && value !== null
    return isObject && Object.hasOwn(value, key) ? (value as Fields)[key] : undefined
  }, fields)
}

/** Headers come as lists of one. */
function textAt(fields: Fields, field: keyof typeof NAMES): string | undefined {
  for (const name of NAMES[field]) {
    const value = [valueAt(fields, name)].flat()[0]
    if (typeof value === 'string' && value !== '') return value === '-' ? '' : value
    if (typeof value === 'number') return String(value)
  }
  return undefined
}

function timeIn(fields: Fields): unknown {
  const values = NAMES.time.map((name) => valueAt(fields, name))
  const value = values.find((time) => time !== undefined && time !== '')
  return typeof value === 'string' && /^\d+(?:\.\d+)?$/.test(value)
    ? Number(value)
    : value
}

// W3C extended format: CloudFront with tabs, IIS with spaces.

function extendedFormat(): LogFormat {
  let names: readonly string[] = []
  return {
    name: 'W3C extended',
    read(line) {
      if (line.startsWith('#Fields:')) names = line.slice(8).trim().split(/\s+/)
      if (line.startsWith('#') || line.trim() === '') return 'no request'
      const cells = line.split(line.includes('\t') ? '\t' : ' ')
      if (names.length === 0 || cells.length < names.length) return undefined
      const cell = (name: string) => {
        const value = cells[names.indexOf(name)]
        return value === undefined || value === '-' ? '' : value
      }
      const query = cell('cs-uri-query')
      const address = cell('c-ip')
      if (address === '' || cell('cs-uri-stem') === '') return undefined
      return {
        address,
        time: eventTimeOf(`${cell('date')} ${cell('time')}`).dayFirst,
        method: cell('cs-method') || 'GET',
        target: cell('cs-uri-stem') + (query === '' ? '' : `?${query}`),
        status: Number(cell('sc-status')),
        agent: cell('cs(User-Agent)').replace(/\+|%20/g, ' '),
      }
    },
  }
}
