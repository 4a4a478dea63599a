/** One connection to the database, opened again when it is lost. */
import { type Database, openDatabase } from './database.ts'
import { StorageRefusal } from './storage-refusal.ts'

export interface ConnectionOptions {
  /** Read at every open: in some frames merely looking at `indexedDB` throws. */
  readonly factory: () => IDBFactory | undefined
  readonly name: string
  readonly life: () => string
  /** How long an open may take before the page goes on without it, ms. */
  readonly patienceMs: number
  /** An open that was given up has come through after all. */
  readonly onLate: () => void
}

export interface Connection {
  /** @throws what the browser threw, or StorageRefusal; a refused open is tried anew */
  get(): Promise<Database>
  /** Whether the last open was refused: reading need not try again, writing does. */
  isRefused(): boolean
  /** Lets go of a connection that gave errors; the next `get` opens another. */
  drop(): void
  close(): void
}

interface Held {
  db?: Database | undefined
  /** Set while an open that was given up is still under way: a second would queue behind it. */
  overdue?: StorageRefusal | undefined
  isRefused: boolean
  isClosed: boolean
}

export function createConnection(options: ConnectionOptions): Connection {
  const held: Held = { isRefused: false, isClosed: false }
  const drop = () => {
    held.db?.close()
    held.db = undefined
  }
  return {
    get: async () => {
      if (held.db) return held.db
      if (held.overdue) throw held.overdue
      held.isRefused = true // until it is not
      const db = await openPatiently(options, held)
      held.isRefused = false
      return db
    },
    isRefused: () => held.isRefused,
    drop,
    close: () => {
      held.isClosed = true
      drop()
    },
  }
}

function openPatiently(options: ConnectionOptions, held: Held): Promise<Database> {
  return new Promise((resolve, reject) => {
    const giveUp = (kind: 'blocked' | 'slow') => {
      held.overdue = new StorageRefusal(kind)
      reject(held.overdue)
    }
    // Safari has left open requests unanswered: https://bugs.webkit.org/show_bug.cgi?id=226547
    const timer = setTimeout(giveUp, options.patienceMs, 'slow')
    open(options, held, () => giveUp('blocked'))
      .then((db) => {
        resolve(db)
        settle(options, held, db)
      })
      .catch((error: unknown) => {
        held.overdue = undefined
        reject(error)
      })
      .finally(() => clearTimeout(timer))
  })
}

/** Takes hold of an open database, in time or late. */
function settle(options: ConnectionOptions, held: Held, db: Database) {
  if (held.isClosed) return db.close()
  held.db = db
  if (!held.overdue) return
  held.overdue = undefined
  held.isRefused = false
  options.onLate()
}

async function open(
  { factory, name, life }: ConnectionOptions,
  held: Held,
  onBlocked: () => void,
) {
  const indexedDB = factory()
  if (!indexedDB) throw new StorageRefusal('missing')
  const db: Database = await openDatabase(indexedDB, name, {
    life,
    onBlocked,
    onLost: () => {
      if (held.db === db) held.db = undefined
    },
  })
  return db
}
