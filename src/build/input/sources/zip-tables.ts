/** The tables of a zip archive, by their first lines → the one that is meant. */
import { Unzip, UnzipInflate } from 'fflate'
import { detectDelimiter, parseCsv } from '../csv-records.ts'
import { readBytes } from '../read-text.ts'
import { headerlessShape } from './headerless.ts'
import type { ChooseTable, NamedTable } from './named-tables.ts'
import { isTableName } from './zip.ts'

/** Bytes of a file that its columns and the length of its rows are learned from. */
const HEAD_BYTES = 32 * 1024

/**
 * @returns the name of the chosen file; undefined where there are not two to choose from, or
 *   the archive cannot be read: reading it has the clearer error
 * @throws HearthError `bad-input` from `choose`
 */
export async function chooseEntry(
  path: string,
  choose: ChooseTable,
): Promise<string | undefined> {
  const tables = await tablesOf(path)
  if (!tables || tables.length < 2) return undefined
  return choose(path, tables).name
}

interface Entry {
  readonly name: string
  readonly head: Uint8Array[]
  headBytes: number
  bytes: number
}

async function tablesOf(path: string): Promise<NamedTable[] | undefined> {
  const entries: Entry[] = []
  const unzip = new Unzip((file) => {
    if (!isTableName(file.name)) return
    const entry: Entry = { name: file.name, head: [], headBytes: 0, bytes: 0 }
    entries.push(entry)
    file.ondata = (error, data) => {
      if (error || !data) return
      entry.bytes += data.length
      if (entry.headBytes >= HEAD_BYTES) return
      entry.head.push(data)
      entry.headBytes += data.length
    }
    file.start()
  })
  unzip.register(UnzipInflate)
  try {
    for await (const chunk of readBytes(path)) unzip.push(chunk)
  } catch {
    return undefined
  }
  return entries.map(toTable)
}

function toTable({ name, head, headBytes, bytes }: Entry): NamedTable {
  const text = new TextDecoder().decode(Buffer.concat(head)).replace(/^\uFEFF/, '')
  const lines = text.split('\n').length
  const rows = Math.round((bytes / Math.max(1, headBytes)) * lines)
  return { name, columns: columnsOf(text), rows }
}

/** Names of a header, or of the fields of the first JSON object. */
function columnsOf(text: string): string[] {
  const start = text.trimStart().charAt(0)
  if (start === '{' || start === '[') {
    const [, fields = ''] = /\{([^{}]*)\}/.exec(text) ?? []
    return [...new Set([...fields.matchAll(/"([^"]+)"\s*:/g)].map(([, name]) => name!))]
  }
  const line = text.split('\n').find((one) => one.trim() !== '') ?? ''
  const delimiter = detectDelimiter(line)
  const names = parseCsv(line, delimiter).records[0] ?? []
  return [...(headerlessShape(names, delimiter)?.columns ?? names)]
}
