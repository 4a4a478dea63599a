/**
 * A JSON document that holds its items somewhere inside: `{"data": {"items": […]}}`, or a
 * dictionary by id. It is read twice, so that it is never held whole: once to find the list,
 * once for its elements.
 */
import { TokenParser, TokenType } from '@streamparser/json'
import { HearthError } from '../../../errors.ts'
import { brokenJson, createTokenReader, type JsonElement } from '../json-elements.ts'
import { type LimitOptions, lineTooLong, MAX_LINE_LENGTH } from '../read-text.ts'
import { createJsonWalker, type JsonToken } from './json-walker.ts'
import type { ChooseTable, NamedTable } from './named-tables.ts'

/** Where the items of a document are. */
interface JsonList {
  /** Keys from the document down to the list; empty where the document is the list. */
  readonly keys: readonly string[]
  /** `columns`: an object of columns, each an object by row, as pandas writes it. */
  readonly kind: 'array' | 'dictionary' | 'columns'
  /** Objects in it. */
  readonly count: number
  /** Fields of its first objects. */
  readonly fields: readonly string[]
}

interface FoundLists {
  /** undefined where the document holds no list of objects: it is one object itself. */
  readonly list: JsonList | undefined
  /** Arrays of objects that are not read, the largest ones first. */
  readonly others: readonly JsonList[]
  /** Keys of the document itself, but for those of lists. */
  readonly keys: readonly string[]
}

/** Lists are looked for this many keys down. */
const MAX_LIST_DEPTH = 3
/** Members looked at to tell a dictionary by id from an object of settings. */
const COMPARED_MEMBERS = 200
/** Names of fields that are counted for that. */
const COMPARED_FIELDS = 10_000
/** Other lists that are remembered. */
const MAX_OTHERS = 30

/**
 * Finds the largest array of objects within three levels. An object whose members are
 * objects with mostly the same fields is a dictionary by id, and wins over what its members
 * hold.
 *
 * @throws HearthError `bad-input` naming the line where the text is not JSON
 */
export async function findJsonList(
  name: string,
  pieces: AsyncIterable<string>,
  { maxLength = MAX_LINE_LENGTH }: LimitOptions = {},
): Promise<FoundLists> {
  const finder = createListFinder()
  const walker = createJsonWalker(finder)
  const reader = createTokenReader(name, walker.write)
  for await (const piece of pieces) {
    reader.read(Buffer.from(piece))
    if (reader.bytesSince(reader.lastOffset()) > maxLength) {
      throw lineTooLong(name, reader.lastLine(), maxLength)
    }
  }
  if (!walker.isEnded()) throw neverEnds(name, reader.lastLine())
  return finder.found()
}

/** An object or array that is open while the document is walked. */
interface Frame {
  readonly isArray: boolean
  readonly keys: readonly string[]
  /** Lists found before it: all that is left where it is a dictionary itself. */
  readonly before: readonly JsonList[]
  objects: number
  others: number
  /** Of its first members that are objects: how many have each field, and a plain one. */
  readonly fields: Map<string, { count: number; plain: number }>
}

function createListFinder() {
  const frames: Frame[] = []
  let lists: readonly JsonList[] = []
  /** Arrays open: what lies inside an array's elements is theirs. */
  let arrays = 0
  const rootKeys: string[] = []
  const rootLists = new Set<string>()

  const enter = ({ token }: JsonToken, depth: number, key: string | undefined) => {
    if (depth > frames.length + 1) return
    if (depth === 1 && key !== undefined && rootKeys.length < COMPARED_FIELDS) {
      rootKeys.push(key)
    }
    const parent = frames[depth - 1]
    const isObject = token === TokenType.LEFT_BRACE
    const isArray = token === TokenType.LEFT_BRACKET
    if (parent && frames.length === depth) {
      if (isObject) parent.objects++
      else parent.others++
    }
    const owner = frames[depth - 2]
    if (owner && frames.length >= depth - 1 && key !== undefined) {
      noteField(owner, key, !isObject && !isArray)
    }
    const isTracked = frames.length === depth && depth <= MAX_LIST_DEPTH
    if (isTracked && arrays === 0 && (isObject || isArray)) {
      const keys = key === undefined ? [] : [...(parent?.keys ?? []), key]
      const counts = { objects: 0, others: 0, fields: new Map() }
      frames.push({ isArray, keys, before: lists, ...counts })
      if (isArray) arrays++
    }
  }
  const leave = (depth: number) => {
    if (frames.length !== depth + 1) return
    const frame = frames.pop()!
    if (frame.isArray) arrays--
    const list = listOf(frame)
    if (!list) return
    const rest = list.kind === 'array' ? lists : frame.before
    if (list.kind === 'array' && list.keys.length === 1) rootLists.add(list.keys[0]!)
    lists = [...rest, list].sort((a, b) => b.count - a.count).slice(0, MAX_OTHERS + 1)
  }
  const found = (): FoundLists => {
    const [list, ...others] = lists
    return {
      list,
      others: others.filter(({ count }) => count > 1),
      keys: rootKeys.filter((key) => !rootLists.has(key)),
    }
  }
  return { enter, leave, found }
}

function noteField(frame: Frame, key: string, isPlain: boolean): void {
  if (frame.objects > COMPARED_MEMBERS) return
  const field = frame.fields.get(key) ?? { count: 0, plain: 0 }
  if (frame.fields.size === COMPARED_FIELDS && field.count === 0) return
  field.count++
  if (isPlain) field.plain++
  frame.fields.set(key, field)
}

function listOf(frame: Frame): JsonList | undefined {
  const { keys, objects: count, others } = frame
  const fields = [...frame.fields.keys()]
  if (frame.isArray)
    return count > 0 ? { keys, kind: 'array', count, fields } : undefined
  if (count < 2 || others > 0) return undefined
  const members = Math.min(count, COMPARED_MEMBERS)
  const all = [...frame.fields].map(([name, field]) => ({ name, ...field }))
  const shared = all.filter((field) => field.count > members / 2)
  const fieldsOfOne = all.reduce((sum, field) => sum + field.count, 0) / members
  const isAlike =
    shared.length >= fieldsOfOne / 2 && shared.some(({ plain }) => plain > 0)
  if (!isAlike) return undefined
  const isByRow = all.every(({ name }) => /^\d+$/.test(name))
  return { keys, kind: isByRow ? 'columns' : 'dictionary', count, fields }
}

/**
 * The elements of one list of a document, each with the line it starts on. An element of a
 * dictionary that has no `id` gets its key as one.
 *
 * @throws HearthError `bad-input` naming the line where the text is not JSON or where an
 *   element is too long
 */
export async function* readJsonList(
  name: string,
  pieces: AsyncIterable<string>,
  list: JsonList,
  { maxLength = MAX_LINE_LENGTH }: LimitOptions = {},
): AsyncGenerator<JsonElement> {
  const elements = readMembers(name, pieces, list.keys, maxLength)
  if (list.kind === 'columns') return yield* transposed(elements)
  for await (const { line, key, value } of elements) {
    yield { line, value: key === undefined ? value : withId(key, value) }
  }
}

function withId(key: string, value: unknown): unknown {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
  return isObject && !Object.hasOwn(value, 'id') ? { id: key, ...value } : value
}

interface Member extends JsonElement {
  /** undefined in an array. */
  readonly key: string | undefined
}

async function* readMembers(
  name: string,
  pieces: AsyncIterable<string>,
  keys: readonly string[],
  maxLength: number,
): AsyncGenerator<Member> {
  let found: Member[] = []
  let open: { parser: TokenParser; key: string | undefined; start: number } | undefined
  let line = 1
  /** Keys of the path that the walk is inside of. */
  let matched = -1
  const walker = createJsonWalker({
    enter(_, depth, key) {
      if (depth === keys.length + 1 && matched === keys.length && !open) {
        line = reader.lineOfToken()
        open = { parser: parserOf(key), key, start: reader.lastOffset() }
      } else if (depth === matched + 1 && (depth === 0 || key === keys[depth - 1])) {
        matched = depth
      }
    },
    leave(depth) {
      if (depth === matched) matched = depth - 1
    },
  })
  const parserOf = (key: string | undefined) => {
    const parser = new TokenParser({ paths: ['$'] })
    parser.onValue = ({ value }) => {
      found.push({ line, key, value })
      open = undefined
    }
    return parser
  }
  const reader = createTokenReader(name, (token) => {
    walker.write(token)
    open?.parser.write(token)
  })
  for await (const piece of pieces) {
    found = []
    reader.read(Buffer.from(piece))
    yield* found
    if (open && reader.bytesSince(open.start) > maxLength) {
      throw lineTooLong(name, line, maxLength)
    }
  }
  if (!walker.isEnded()) throw neverEnds(name, reader.lastLine())
}

/** `{"title": {"0": "Dune"}, "year": {"0": 1965}}` → rows, held whole. */
async function* transposed(
  columns: AsyncIterable<Member>,
): AsyncGenerator<JsonElement> {
  const rows = new Map<string, { line: number; value: Record<string, unknown> }>()
  for await (const { line, key, value } of columns) {
    for (const [row, cell] of Object.entries(value as Record<string, unknown>)) {
      const known = rows.get(row)
      if (known) known.value[key!] = cell
      else rows.set(row, { line, value: { [key!]: cell } })
    }
  }
  yield* rows.values()
}

function neverEnds(name: string, line: number): HearthError {
  return brokenJson(name, 'found no JSON object that ends', line)
}

const ID = /^(\w*_)?id$|^\w+I[dD]$|^(sku|asin|isbn|slug|guid)$/i
const TITLE = /^(\w*_)?(title|name|headline)$|^\w+(Title|Name)$/
const USER = /^(user|visitor|customer|session)(_?id)?$/i
const ITEM = /^(item|book|movie|product|article|track)(_?id)?$/i

/**
 * Whether an object with these keys is an item (an id and a title) or an interaction (a user
 * and an item) itself, whatever lists it holds.
 */
export function isRowItself(keys: readonly string[]): boolean {
  const has = (name: RegExp) => keys.some((key) => name.test(key))
  return (has(ID) && has(TITLE)) || (has(USER) && has(ITEM))
}

/**
 * The document as one element.
 *
 * @throws HearthError `bad-input` where it is too long
 */
export async function* readJsonObject(
  name: string,
  pieces: AsyncIterable<string>,
  { maxLength = MAX_LINE_LENGTH }: LimitOptions = {},
): AsyncGenerator<JsonElement> {
  let text = ''
  for await (const piece of pieces) {
    text += piece
    if (text.length > maxLength) throw lineTooLong(name, 1, maxLength)
  }
  yield { line: 1, value: JSON.parse(text) }
}

/** Lists that a note names. */
const OTHERS_SHOWN = 3

/**
 * Of several lists of objects the one that is meant: of items where items are read.
 *
 * @throws HearthError `bad-input` where the owner names one that is not there
 */
export function chooseJsonList(
  name: string,
  { list, others }: Pick<FoundLists, 'list' | 'others'>,
  choose: ChooseTable,
): Pick<FoundLists, 'list' | 'others'> {
  const all = list ? [list, ...others] : []
  const isPlain = all.length < 2 || all.some(({ kind }) => kind !== 'array')
  if (isPlain && !(list && choose.named)) return { list, others }
  const tables = all.map((one) => ({
    list: one,
    name: one.keys.join('.'),
    columns: one.fields,
    rows: one.count,
  }))
  const chosen = chosenOf(name, tables, choose)
  return { list: chosen, others: all.filter((one) => one !== chosen) }
}

function chosenOf(
  name: string,
  tables: readonly (NamedTable & { readonly list: JsonList })[],
  choose: ChooseTable,
): JsonList {
  try {
    const { name: chosen } = choose(name, tables)
    return tables.find((table) => table.name === chosen)!.list
  } catch (error) {
    if (choose.named || !(error instanceof HearthError)) throw error
    return tables[0]!.list // the largest: what it holds may tell more than its names
  }
}

/** What the owner should know about the list that is read. */
export function notesOnList(list: JsonList, others: readonly JsonList[]): string[] {
  const { keys, kind } = list
  const notes: string[] = []
  if (keys.length > 0) notes.push(`the rows are those of ${nameOfList(list)}`)
  if (kind === 'dictionary') notes.push('the key of each row is its id if it has none')
  if (kind === 'columns') notes.push('its columns are put together row by row')
  if (others.length > 0) {
    const more = others.length > OTHERS_SHOWN ? ', …' : ''
    const shown = others.slice(0, OTHERS_SHOWN).map(nameOfList).join(', ')
    notes.push(`not read in the document: ${shown}${more} (another: --table NAME)`)
  }
  return notes
}

function nameOfList({ keys, count }: JsonList): string {
  return `"${keys.join('.')}" (${count} objects)`
}
