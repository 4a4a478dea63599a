/** What `hearth.config.ts` holds: everything a build can be given, and the owner's rules. */
import type { Rules } from '../../pack/rules.ts'

export type { Rules }

/** Fields of items → names of their columns. */
export interface ItemColumnNames {
  readonly id?: string
  readonly title?: string
  /** Author, director, brand. */
  readonly authors?: string
  readonly year?: string
  readonly categories?: string
  readonly description?: string
  /** A column, or a template: `/products/{id}`. The config's `url` is the same. */
  readonly url?: string
  readonly image?: string
  readonly language?: string
  readonly series?: string
  /** Number in the series. */
  readonly position?: string
  readonly price?: string
  readonly currency?: string
  readonly available?: string
  readonly published?: string
  /** What editions of one thing share. */
  readonly group?: string
}

/** Fields of interactions → names of their columns. */
export interface InteractionColumnNames {
  readonly user?: string
  readonly session?: string
  readonly item?: string
  readonly rating?: string
  readonly weight?: string
  readonly quantity?: string
  readonly event?: string
  readonly time?: string
}

/** Every key is optional; what a command line gives counts before it. */
export interface HearthConfig {
  /** Sources of items, relative to the config: files, or a folder of pages. */
  readonly items?: string | readonly string[]
  /** Files of who did what, likewise. */
  readonly interactions?: string | readonly string[]
  /** Folder of the pack, likewise. */
  readonly out?: string
  /** The catalogue's name. Default: the first source's name without its endings. */
  readonly name?: string
  readonly licence?: string
  /** Whom to credit. */
  readonly attribution?: string
  /** An item's page: a column, or a template such as `/products/{id}`. */
  readonly url?: string
  readonly columns?: ItemColumnNames
  readonly interactionColumns?: InteractionColumnNames
  /** The table of a database, or the sheet of a workbook. Default: what looks like items. */
  readonly table?: string
  /** Sold-out items are left out, or stay and are marked. Default `'drop'`. */
  readonly soldOut?: 'drop' | 'mark'
  /** Other columns: kept whatever they hold, or left out. */
  readonly attributes?: {
    readonly keep?: readonly string[]
    readonly drop?: readonly string[]
  }
  /** The owner's hand on every list. */
  readonly rules?: Rules
  /** Are the texts of items encoded? Default true. */
  readonly text?: boolean
  /**
   * `english`, `multilingual`, a text encoder's folder, or `org/name[@revision]` of the Hugging
   * Face hub. Default: by the languages of the texts.
   */
  readonly encoder?: string
  /** A folder of pages: the path or address it is served under. */
  readonly base?: string
  /** A folder of pages: are those kept that list other pages? Default false. */
  readonly allPages?: boolean
  /** Bytes an item for CF and sequence together, 8–1024. */
  readonly bytes?: number
  /** Seed of all randomness, 0–2³²−1. */
  readonly seed?: number
  /** Threads to train with, 0–64; 0 is the main one alone. */
  readonly threads?: number
}

/** Gives the config back as it is: an editor then knows its keys. */
export function defineConfig(config: HearthConfig): HearthConfig {
  return config
}
