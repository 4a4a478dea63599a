/**
 * A dump of Open Library (https://openlibrary.org/developers/dumps): a line a record, its
 * JSON in the fifth cell, without quotes around it.
 */
import type { JsonElement } from '../json-elements.ts'
import type { Line } from '../read-text.ts'
import { isObject } from './nested-columns.ts'

const FIRST_LINE = /^\/type\/\w+\t\/[\w/]+\t\d+\t[^\t]*\t\{/
const COVERS = 'https://covers.openlibrary.org/b/id'

/** @param head the first characters of the text */
export function isOpenLibraryDump(head: string): boolean {
  return FIRST_LINE.test(head)
}

/** Records as they are, with the address of their cover as `image`. */
export async function* readOpenLibraryDump(
  lines: AsyncIterable<Line>,
): AsyncGenerator<JsonElement> {
  for await (const { number, text } of lines) {
    if (text.trim() === '') continue
    yield { line: number, value: withImage(parsed(text)) }
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.split('\t').slice(4).join('\t'))
  } catch {
    return undefined // counted with the rows that are no object
  }
}

function withImage(record: unknown): unknown {
  if (!isObject(record) || !Array.isArray(record.covers)) return record
  const cover = record.covers.find((id) => Number(id) > 0)
  return cover === undefined ? record : { ...record, image: `${COVERS}/${cover}-L.jpg` }
}
