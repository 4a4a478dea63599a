/**
 * Bytes of a table → text, whatever encoding they are in. UTF-8 is read as it comes; at the
 * first bytes that are not, the encoding is found from what is there, and said.
 */
import { isAscii, isUtf8 } from 'node:buffer'
import { analyse } from 'chardet'
import { completeLength, countNewlines } from '../read-text.ts'
import { wrongFormat } from './known-formats.ts'

/** Bytes looked at to find an encoding. */
const SAMPLE_BYTES = 256 * 1024
/** Bytes looked at for zeros. */
const ZEROS_SAMPLE = 4096
/** Share of zero bytes that is not text, unless it is UTF-16. */
const MAX_ZEROS = 0.05
/** Zeros that UTF-16 without its mark is known by: one or two are faults in other text. */
const MIN_ZEROS = 4
/** Share of control bytes that is not text. */
const MAX_CONTROLS = 0.02
/** Faults whose lines are named. */
const LINES_SHOWN = 5

const REPLACEMENT = '\uFFFD'

/**
 * Decodes text in pieces; a byte-order mark is dropped. An encoding other than UTF-8 is
 * named in `notes` when it is found, and what does not decode is counted there at the end.
 *
 * @throws HearthError `bad-input` when the bytes are no text
 */
export async function* decodeSource(
  name: string,
  chunks: AsyncIterable<Uint8Array>,
  notes: string[],
): AsyncGenerator<string> {
  const source = chunks[Symbol.asyncIterator]()
  try {
    yield* decodeFrom(name, source, notes)
  } finally {
    await source.return?.()
  }
}

async function* decodeFrom(
  name: string,
  source: AsyncIterator<Uint8Array>,
  notes: string[],
): AsyncGenerator<string> {
  const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  let line = 1
  let isFirst = true
  let isWide = false
  let pending: Uint8Array = new Uint8Array(0)
  for (let next = await source.next(); !next.done; next = await source.next()) {
    const bytes = pending.length === 0 ? next.value : joinBytes(pending, next.value)
    const utf16 = isFirst ? utf16Of(name, bytes) : undefined
    if (utf16) return yield* decodeAs(utf16, { bytes, source, line, notes })
    const block = bytes.subarray(0, completeLength(bytes))
    if (!isUtf8(block)) {
      const sample = await gather(bytes, source)
      const encoding = isWide ? 'utf-8' : findEncoding(sample)
      return yield* decodeAs(encoding, { bytes: sample, source, line, notes })
    }
    isWide ||= !isAscii(block)
    const text = utf8.decode(block)
    yield isFirst && text.startsWith('\uFEFF') ? text.slice(1) : text
    isFirst &&= text === ''
    line += countNewlines(block)
    pending = bytes.slice(block.length)
  }
  if (pending.length === 0) return
  const encoding = isWide ? 'utf-8' : findEncoding(pending)
  yield* decodeAs(encoding, { bytes: pending, source, line, notes })
}

interface Rest {
  /** Bytes already taken from the source. */
  readonly bytes: Uint8Array
  readonly source: AsyncIterator<Uint8Array>
  /** Line the bytes start on. */
  readonly line: number
  readonly notes: string[]
}

async function* decodeAs(encoding: string, rest: Rest): AsyncGenerator<string> {
  const { bytes, source, notes } = rest
  if (encoding !== 'utf-8') notes.push(`its text is in ${nameOf(encoding)}`)
  const decoder = new TextDecoder(encoding, { ignoreBOM: true })
  const faults = createFaultCounter(rest.line)
  const read = (text: string) => {
    faults.read(text)
    return text
  }
  const head = read(decoder.decode(bytes, { stream: true }))
  yield head.startsWith('\uFEFF') ? head.slice(1) : head
  for (let next = await source.next(); !next.done; next = await source.next()) {
    yield read(decoder.decode(next.value, { stream: true }))
  }
  yield read(decoder.decode())
  const fault = faults.report(nameOf(encoding))
  if (fault !== undefined) notes.push(fault)
}

function createFaultCounter(firstLine: number) {
  let line = firstLine
  let count = 0
  const lines = new Set<number>()
  const read = (text: string) => {
    let from = 0
    for (let at = text.indexOf(REPLACEMENT); at >= 0; ) {
      count++
      line += newlinesIn(text, from, at)
      if (lines.size <= LINES_SHOWN) lines.add(line)
      from = at
      at = text.indexOf(REPLACEMENT, at + 1)
    }
    line += newlinesIn(text, from, text.length)
  }
  const report = (encoding: string): string | undefined => {
    if (count === 0) return undefined
    const shown = [...lines].slice(0, LINES_SHOWN).join(', ')
    const where = `${lines.size === 1 ? 'line' : 'lines'} ${shown}`
    const more = lines.size > LINES_SHOWN ? ', …' : ''
    return `${count} × bytes that are not ${encoding}: shown as ${REPLACEMENT} (${where}${more})`
  }
  return { read, report }
}

function newlinesIn(text: string, from: number, to: number): number {
  let count = 0
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; ) {
    count++
    at = text.indexOf('\n', at + 1)
  }
  return count
}

/** More of the source, for a sample that tells encodings apart. */
async function gather(bytes: Uint8Array, source: AsyncIterator<Uint8Array>) {
  const all = [bytes]
  let length = bytes.length
  while (length < SAMPLE_BYTES) {
    const next = await source.next()
    if (next.done) break
    all.push(next.value)
    length += next.value.length
  }
  return Buffer.concat(all)
}

/** UTF-16 by its mark, or by the zeros that Latin letters and separators leave in it. */
function utf16Of(name: string, bytes: Uint8Array): string | undefined {
  const [a, b] = bytes
  if (a === 0xff && b === 0xfe) return 'utf-16le'
  if (a === 0xfe && b === 0xff) return 'utf-16be'
  const sample = bytes.subarray(0, ZEROS_SAMPLE)
  const zeros = [0, 0]
  for (let i = 0; i < sample.length; i++) if (sample[i] === 0) zeros[i % 2]!++
  const [even, odd] = zeros as [number, number]
  const count = even + odd
  if (controlsIn(sample) > sample.length * MAX_CONTROLS) throw binary(name)
  if (count === 0) return undefined
  const isDense = count > sample.length * 0.25
  const isEnough = isDense || (count >= MIN_ZEROS && count > sample.length * 0.02)
  if (isEnough && odd > count * 0.95) return 'utf-16le'
  if (isEnough && even > count * 0.95) return 'utf-16be'
  if (count <= sample.length * MAX_ZEROS) return undefined
  throw binary(name)
}

/** Bytes that no text has, in any encoding: controls but zeros, white space and escapes. */
function controlsIn(sample: Uint8Array): number {
  let count = 0
  for (const byte of sample) {
    const isText = byte >= 0x20 || byte === 0 || byte === 0x1b
    if (!isText && !(byte >= 0x09 && byte <= 0x0d)) count++
  }
  return count
}

function binary(name: string) {
  const advice = 'Give the table (CSV, JSON, JSONL or XML) of the items instead'
  return wrongFormat(name, 'binary data, no text', advice)
}

/** Single bytes above ASCII between letters, as in Latin-1: their share of all. */
const MIN_LATIN = 0.7
/** How much surer the detector must be of another encoding than of Windows-1252. */
const SURER = 10
/** Steps in which the share of odd characters is compared. */
const ODD_STEPS = 20
const MULTIBYTE = new Set(['gb18030', 'shift_jis', 'big5', 'euc-jp', 'euc-kr'])
/** Tried even where the detector does not name them: short texts say little. */
const ALWAYS_TRIED = ['windows-1252', 'gb18030', 'shift_jis', 'windows-1251']

interface Guess {
  readonly encoding: string
  /** The detector's, 0 to 100. */
  readonly confidence: number
  /** Share of characters that no text has in such a place, in steps. */
  readonly odd: number
}

/** The encoding of bytes that are not UTF-8. */
function findEncoding(sample: Uint8Array): string {
  if (isMostlyUtf8(sample)) return 'utf-8'
  const stated = statedEncoding(sample)
  if (stated !== undefined && canDecode(stated, sample)) return stated
  const dense = linesAboveAscii(sample)
  const isLatin = isolatedShare(dense) >= MIN_LATIN
  const guesses = guessesOf(dense).filter(
    ({ encoding }) => !(isLatin && MULTIBYTE.has(encoding)),
  )
  const western = guesses.find(({ encoding }) => encoding === 'windows-1252')!
  const [best = western] = guesses
  const isSurer =
    best.odd < western.odd ||
    best.confidence >= western.confidence + (isLatin ? SURER : 0)
  return isSurer && !isWestern(best.encoding, dense) ? best.encoding : 'windows-1252'
}

/** Whether what is there reads the same in Windows-1252, which is much more common. */
function isWestern(encoding: string, bytes: Uint8Array): boolean {
  const [other, western] = [encoding, 'windows-1252'].map((one) =>
    new TextDecoder(one).decode(bytes, { stream: true }),
  )
  return other === western
}

/** Likeliest first: the fewest odd characters, then the detector's confidence. */
function guessesOf(bytes: Uint8Array): Guess[] {
  const confidences = new Map(ALWAYS_TRIED.map((encoding) => [encoding, 0]))
  for (const { name, confidence } of analyse(bytes)) {
    const encoding = labelOf(name)
    if (encoding === undefined) continue
    confidences.set(encoding, Math.max(confidence, confidences.get(encoding) ?? 0))
  }
  return [...confidences]
    .filter(([encoding]) => encoding === 'windows-1252' || canDecode(encoding, bytes))
    .map(([encoding, confidence]) => {
      const text = new TextDecoder(encoding).decode(bytes, { stream: true })
      return { encoding, confidence, odd: Math.round(oddShare(text) * ODD_STEPS) }
    })
    .sort((a, b) => a.odd - b.odd || b.confidence - a.confidence)
}

/** What a wrong encoding makes of text: each is rare where the encoding is right. */
const ODD = [
  /\p{Ll}(?=\p{Lu})/gu, // capitals inside words
  /[\u00c0-\u024f]{3,}/g, // accents on three letters running
  /[\p{S}\p{C}\u2039\u201a\u201e\u2030](?=\p{L})/gu, // signs before letters
  /[a-z](?=[\p{sc=Han}\p{sc=Cyrillic}\p{sc=Greek}])/gu, // scripts mixed in words
  /[\uff61-\uff9f]/g, // half-width kana
]

/** Kana, of which no wrong encoding makes many. */
const KANA = /[\u3041-\u30ff]/g

/** Odd places for each character above ASCII, less the share of kana. */
function oddShare(text: string): number {
  const above = text.match(/[^\0-\x7f]/g)?.length ?? 0
  const plain = text.replace(/[\n\r\t]/g, ' ')
  const odd = ODD.reduce((sum, one) => sum + (plain.match(one)?.length ?? 0), 0)
  const kana = text.match(KANA)?.length ?? 0
  return (odd - kana) / Math.max(1, above)
}

/** The label TextDecoder has for it; undefined for what it does not decode. */
function labelOf(name: string): string | undefined {
  if (/^(utf|iso-2022|ascii)/i.test(name)) return undefined
  try {
    return new TextDecoder(name).encoding
  } catch {
    return undefined // a mainframe's encoding that no browser decodes
  }
}

/** `<?xml version="1.0" encoding="windows-1251"?>` */
function statedEncoding(sample: Uint8Array): string | undefined {
  const head = Buffer.from(sample.subarray(0, 200)).toString('latin1')
  const stated = /^\s*<\?xml[^>]*\bencoding=["']([\w-]+)["']/.exec(head)?.[1]
  return stated === undefined ? undefined : labelOf(stated)
}

function canDecode(encoding: string, sample: Uint8Array): boolean {
  const text = new TextDecoder(encoding).decode(sample, { stream: true })
  const faults = text.split(REPLACEMENT).length - 1
  return faults <= text.length / 1000
}

function isMostlyUtf8(sample: Uint8Array): boolean {
  const text = new TextDecoder('utf-8').decode(sample, { stream: true })
  const faults = text.split(REPLACEMENT).length - 1
  let wide = -faults
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0x7f) wide++
  return wide > faults * 4
}

/** Only the lines that tell encodings apart: among much ASCII, a few letters go unseen. */
function linesAboveAscii(sample: Uint8Array): Uint8Array {
  const lines: Uint8Array[] = []
  for (let start = 0; start < sample.length; ) {
    const newline = sample.indexOf(0x0a, start)
    const end = newline < 0 ? sample.length : newline + 1
    const line = sample.subarray(start, end)
    if (!isAscii(line)) lines.push(line)
    start = end
  }
  return Buffer.concat(lines)
}

/** Share of the bytes above ASCII that stand alone. */
function isolatedShare(bytes: Uint8Array): number {
  let all = 0
  let isolated = 0
  for (let i = 0; i < bytes.length; i++) {
    if (bytes[i]! < 0x80) continue
    all++
    if ((bytes[i - 1] ?? 0) < 0x80 && (bytes[i + 1] ?? 0) < 0x80) isolated++
  }
  return all === 0 ? 1 : isolated / all
}

const NAMES: Readonly<Record<string, string>> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16 (little-endian)',
  'utf-16be': 'UTF-16 (big-endian)',
  'windows-1252': 'Windows-1252 (Latin-1)',
  gb18030: 'GBK (GB18030)',
  shift_jis: 'Shift-JIS',
  big5: 'Big5',
  'euc-jp': 'EUC-JP',
  'euc-kr': 'EUC-KR',
}

function nameOf(encoding: string): string {
  return NAMES[encoding] ?? encoding
}

function joinBytes(a: Uint8Array, b: Uint8Array): Uint8Array {
  return Buffer.concat([a, b])
}
