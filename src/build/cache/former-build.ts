/**
 * What a build leaves to the next one of the same catalogue: its models, what validation
 * chose, and a sketch of the data that was chosen for. `relearn.ts` decides what is reused.
 */

import { deserialize, serialize } from 'node:v8'
import { messageOf } from '../../errors.ts'
import type { AttributeBlock } from '../../pack/pack.ts'
import { keyOf } from '../checkpoint.ts'
import type { Interactions, Positives } from '../dataset/dataset.ts'
import type { LearnedModels } from '../learn-models.ts'
import type { ContentSpace } from '../models/content/content.ts'
import type { BuildCache } from './cache-folder.ts'
import type { DataSketch } from './data-sketch.ts'

export interface FormerBuild {
  /** Of the options, the encoder, the code and the kind of the data: see `settingsKey`. */
  readonly settings: string
  /** Of all that the models are made from. */
  readonly key: string
  /** Of the data that the settings were chosen on. */
  readonly chosenOn: DataSketch
  /** Ids of the items and names of the attribute values, by index. */
  readonly ids: readonly string[]
  readonly attributes: readonly string[]
  readonly content?: ContentSpace
  readonly models?: LearnedModels
}

/** Where one catalogue's former build is kept. */
export interface FormerBuildFile {
  /** @returns undefined if there is none, or none that can be read, which is reported */
  read(): Promise<FormerBuild | undefined>
  write(build: FormerBuild): Promise<void>
}

/** Another layout of the file is another name. */
const LAYOUT = 'models-1'

/** @param catalogue names the file */
export function formerBuildFile(cache: BuildCache, catalogue: string): FormerBuildFile {
  const name = `${LAYOUT}-${keyOf({ catalogue }).slice(0, 24)}`
  return {
    async read() {
      const bytes = await cache.read(name)
      try {
        return bytes && (deserialize(bytes) as FormerBuild)
      } catch (error) {
        cache.report(`the cached models are ignored: ${messageOf(error)}.`)
        return undefined
      }
    },
    write: (build) => cache.write(name, serialize(withoutSharedMemory(build))),
  }
}

/** Arrays that threads share cannot be serialised as they are. */
function withoutSharedMemory(value: unknown): unknown {
  if (ArrayBuffer.isView(value)) {
    if (value.buffer instanceof ArrayBuffer) return value
    return (value as Uint8Array).slice()
  }
  if (Array.isArray(value)) {
    return value.some((each) => typeof each === 'object')
      ? value.map(withoutSharedMemory)
      : value
  }
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [name, withoutSharedMemory(field)]),
  )
}

/** Options and code that models depend on, and what kind of data there is. */
export function settingsKey(
  options: object,
  interactions: Interactions | undefined,
): string {
  const kind = interactions && {
    hasRatings: interactions.hasRatings,
    hasUnrated: interactions.hasUnrated === true,
    hasStrengths: interactions.hasStrengths === true,
    hasTimes: interactions.times !== undefined,
  }
  return keyOf({ options, kind: kind ?? 'none' })
}

interface LearnedFrom {
  readonly settings: string
  readonly sketch: DataSketch
  readonly positives: Positives | undefined
  readonly interactions: Interactions | undefined
  /** [items, dim] */
  readonly content: Float32Array | undefined
  readonly attributes: AttributeBlock
}

/** A hash of everything models are made from. */
export function modelKey({ settings, sketch, ...data }: LearnedFrom): string {
  const { positives, interactions, content, attributes } = data
  const { users, rows, weights, times } = interactions ?? {}
  const numbers = [users, rows, weights, times, content, positives?.rows]
  return keyOf(
    { settings, facts: sketch.facts },
    ...numbers.map((array) => array ?? {}),
    attributes.values,
    attributes.indptr,
    attributes.indices,
  )
}

/** Where today's items and attribute values stood in the former build; −1: nowhere. */
export function placesIn(
  former: FormerBuild,
  today: { readonly ids: readonly string[]; readonly attributes: AttributeBlock },
) {
  return {
    itemOf: indicesIn(former.ids, today.ids),
    attributeOf: indicesIn(former.attributes, attributeNames(today.attributes)),
  }
}

function indicesIn(before: readonly string[], after: readonly string[]): Int32Array {
  const places = new Map(before.map((name, index) => [name, index]))
  return Int32Array.from(after, (name) => places.get(name) ?? -1)
}

/** What an attribute value is known by from build to build. */
export function attributeNames({ values }: AttributeBlock): string[] {
  return values.map(({ relation, name }) => `${relation}\0${name.toLowerCase()}`)
}
