/** Where the outbox lies. One read-change-write is atomic, between windows too; it is on the disk when it resolves. */
import { EMPTY, type Outbox } from './model'

export interface OutboxStorage {
  read(): Promise<Outbox>
  /** Applies a pure change to what is stored and gives back what is stored now. */
  update(change: (box: Outbox) => Outbox): Promise<Outbox>
  /** Somebody else, another window, changed it. */
  onForeignChange(listener: () => void): () => void
  close(): void
}

const DATABASE = 'chiyuan-crew'
const TABLE = 'outbox'

/** IndexedDB with strict durability: the disk has it before the screen shows it. */
export async function openStorage(owner: string): Promise<OutboxStorage> {
  const database = await open()
  const channel = new BroadcastChannel(`${DATABASE}:${owner}`)
  return {
    async read() {
      const stored = await settled(database.transaction(TABLE).objectStore(TABLE).get(owner))
      return asOutbox(stored)
    },
    update(change) {
      return new Promise((resolve, reject) => {
        const transaction = database.transaction(TABLE, 'readwrite', { durability: 'strict' })
        const table = transaction.objectStore(TABLE)
        const request = table.get(owner)
        let next = EMPTY
        request.onsuccess = () => {
          const before = asOutbox(request.result)
          next = change(before)
          if (next !== before) table.put(next, owner)
        }
        transaction.oncomplete = () => {
          channel.postMessage('changed')
          resolve(next)
        }
        transaction.onerror = () => reject(transaction.error ?? new Error('outbox not stored'))
        transaction.onabort = () => reject(transaction.error ?? new Error('outbox not stored'))
      })
    },
    onForeignChange(listener) {
      channel.addEventListener('message', listener)
      return () => channel.removeEventListener('message', listener)
    },
    close() {
      channel.close()
      database.close()
    },
  }
}

/** In memory, for tests; `shared` is the disk that survives a reload. */
export function memoryStorage(shared: { box: Outbox } = { box: EMPTY }): OutboxStorage {
  return {
    read: () => Promise.resolve(shared.box),
    update: async (change) => {
      await Promise.resolve()
      shared.box = change(shared.box)
      return shared.box
    },
    onForeignChange: () => () => undefined,
    close: () => undefined,
  }
}

function open(): Promise<IDBDatabase> {
  const request = indexedDB.open(DATABASE, 1)
  request.onupgradeneeded = () => request.result.createObjectStore(TABLE)
  return settled(request)
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('storage failed'))
  })
}

function asOutbox(stored: unknown): Outbox {
  return stored && typeof stored === 'object' && Array.isArray((stored as Outbox).items) ? { ...EMPTY, ...(stored as Outbox) } : EMPTY
}
