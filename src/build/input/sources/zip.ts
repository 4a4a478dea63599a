/** A table in a zip archive, as bytes that follow each other. */
import { Unzip, UnzipInflate } from 'fflate'
import { HearthError, messageOf } from '../../../errors.ts'
import { wrongFormat } from './known-formats.ts'

const TABLE_NAME = /\.(csv|tsv|psv|txt|dat|data|jsonl|ndjson|json|xml|rss|atom)$/i
/** Read only where the archive holds nothing with a table's usual name. */
const IGNORED = /(^|\/)(__MACOSX\/|\.|readme|licen[cs]e|package(-lock)?\.json$)/i

/** Archives that are documents: what they look like, by a name inside. */
const DOCUMENTS: readonly (readonly [RegExp, string])[] = [
  [/^xl\//, 'an Excel workbook'],
  [/^(word|ppt)\//, 'a Word or PowerPoint document'],
  [/^mimetype$/, 'an OpenDocument file or an e-book'],
  [/^\[Content_Types\]\.xml$|^_rels\/|^docProps\//, 'an Excel or other Office file'],
]

/** Names of other tables that the note gives. */
const OTHERS_SHOWN = 5

export function isZip(head: Uint8Array): boolean {
  return Buffer.from(head.subarray(0, 4)).toString('latin1') === 'PK\x03\x04'
}

/** Is a file of this name in an archive taken for a table? */
export function isTableName(name: string): boolean {
  return TABLE_NAME.test(name) && !IGNORED.test(name)
}

interface ReadZipOptions {
  /** The file that is read. Default: the first with a table's name. */
  readonly name?: string
  /** Is given which file is read, and which others there are. */
  readonly notes: string[]
}

/**
 * Unpacks one file with a table's name.
 *
 * @throws HearthError `bad-input` when the archive is a document, is not named `.zip`,
 *   holds no table, is damaged or has a password
 */
export async function* readZip(
  path: string,
  chunks: AsyncIterable<Uint8Array>,
  options: ReadZipOptions,
): AsyncGenerator<Uint8Array> {
  const archive = createArchive(path, options)
  let isFirst = true
  for await (const chunk of chunks) {
    if (isFirst && (chunk[6]! & 1) === 1) throw broken(path, 'it has a password')
    isFirst = false
    yield* archive.read(chunk)
  }
  archive.end()
}

function createArchive(path: string, { name, notes }: ReadZipOptions) {
  let unpacked: Uint8Array[] = []
  let chosen: string | undefined
  let isWhole = false
  let fault: unknown
  const others: string[] = []
  const unzip = new Unzip((file) => {
    const document = DOCUMENTS.find(([name]) => name.test(file.name))
    if (document && chosen === undefined) {
      throw wrongFormat(
        path,
        document[1],
        'Save its sheet as CSV in UTF-8 and try again',
      )
    }
    if (!isTableName(file.name)) return
    if (!/\.zip$/i.test(path)) {
      const advice = 'Rename it to .zip, or unpack it and try the table inside'
      throw wrongFormat(path, 'a zip archive', advice)
    }
    const isOther = chosen !== undefined || (name !== undefined && file.name !== name)
    if (isOther) return void others.push(file.name)
    chosen = file.name
    notes.push(`it is a zip archive: ${file.name} is read`)
    file.ondata = (error, data, isLast) => {
      fault ??= error
      if (data) unpacked.push(data)
      isWhole ||= isLast
    }
    file.start()
  })
  unzip.register(UnzipInflate)

  const read = (chunk: Uint8Array): readonly Uint8Array[] => {
    unpacked = []
    try {
      unzip.push(chunk)
    } catch (error) {
      if (error instanceof HearthError) throw error
      fault ??= error
    }
    if (fault) throw broken(path, `the data is damaged (${messageOf(fault)})`, fault)
    return unpacked
  }
  const end = () => {
    if (chosen === undefined) {
      const advice = 'Put the items in it as CSV, JSON, JSONL or XML'
      throw wrongFormat(path, 'a zip archive without a table', advice)
    }
    if (!isWhole) throw broken(path, `${chosen} in it is cut short`)
    if (others.length === 0) return
    const more = others.length > OTHERS_SHOWN ? ', …' : ''
    notes.push(
      `not read in the archive: ${others.slice(0, OTHERS_SHOWN).join(', ')}${more}`,
    )
  }
  return { read, end }
}

function broken(path: string, why: string, cause?: unknown): HearthError {
  const message = `cannot read ${path}: ${why}. Unpack it and try the table inside.`
  return new HearthError('bad-input', message, { cause })
}
