/** For tests only: profiles on fake disks. */
import { IDBFactory } from 'fake-indexeddb'
import 'fake-indexeddb/auto'
import { vi } from 'vitest'
import type { FeedbackEvent } from '../feedback/event.ts'
import { type OpenProfileOptions, openProfile } from './open-store.ts'
import type { MovableStore, ProfileStore } from './profile-store.ts'
import type { TabChannel } from './tabs.ts'

export const click = (item: string, at = 1): FeedbackEvent => ({
  ...{ kind: 'click', at, item },
})

export async function itemsOf(store: ProfileStore) {
  return (await store.events()).map(({ item }) => item)
}

let uids = 0
export function openOn(
  indexedDB: IDBFactory,
  options: Partial<OpenProfileOptions> = {},
): Promise<MovableStore> {
  return openProfile({
    onDemand: () => import('./on-demand.ts'),
    ...{ name: 'test', indexedDB, now: () => 77, uid: () => `uid-${++uids}` },
    ...options,
  })
}

/** A factory that opens as `open` does. */
export function factoryLike(
  real: IDBFactory,
  open: (name: string) => IDBOpenDBRequest,
) {
  return Object.assign(Object.create(real), { open }) as IDBFactory
}

/** A factory whose every open throws the DOMException of this name. */
export function refusingFactory(name: string) {
  return factoryLike(new IDBFactory(), () => {
    throw new DOMException('no', name)
  })
}

/** No event can be added until the spy is restored. */
export function fillDisk() {
  return vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(() => {
    throw new DOMException('full', 'QuotaExceededError')
  })
}

/** Channels of one browser: each message reaches every other channel of its name. */
export function createHub() {
  const all = new Set<TabChannel & { name: string }>()
  return (name: string): TabChannel => {
    const own: TabChannel & { name: string } = {
      name,
      onmessage: null,
      postMessage: (data) => {
        for (const other of all) {
          if (other === own || other.name !== name) continue
          queueMicrotask(() => other.onmessage?.({ data } as MessageEvent))
        }
      },
      close: () => void all.delete(own),
    }
    all.add(own)
    return own
  }
}
