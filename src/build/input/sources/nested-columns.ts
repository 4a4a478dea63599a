/** Fields of objects inside objects, as columns of their own: `image.src`. */

export type JsonObject = Readonly<Record<string, unknown>>

/** Levels of nested objects that get columns, and columns they may make. */
const MAX_NESTED_DEPTH = 3
const MAX_NESTED_COLUMNS = 200

export interface NestedColumn {
  /** `image.src` */
  readonly name: string
  readonly keys: readonly string[]
}

/** The fields of objects inside objects, in the order met. */
export function nestedColumns(objects: readonly JsonObject[]): NestedColumn[] {
  const found = new Map<string, NestedColumn>()
  const walk = (object: JsonObject, keys: readonly string[]) => {
    for (const [key, value] of Object.entries(object)) {
      if (found.size >= MAX_NESTED_COLUMNS) return
      const path = [...keys, key]
      const name = path.join('.')
      if (keys.length > 0 && !found.has(name)) found.set(name, { name, keys: path })
      if (isObject(value) && path.length <= MAX_NESTED_DEPTH) walk(value, path)
    }
  }
  for (const object of objects) walk(object, [])
  return [...found.values()]
}

export function valueAt(object: JsonObject, keys: readonly string[]): unknown {
  let value: unknown = object
  for (const key of keys) {
    if (!isObject(value) || !Object.hasOwn(value, key)) return undefined
    value = value[key]
  }
  return value
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
