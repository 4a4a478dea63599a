import { expect, test } from 'vitest'
import { serve } from './rpc.ts'
import { type SuperviseOptions, supervise, type WorkerLike } from './supervise.ts'

interface Service {
  start(restarts: number): Promise<void>
  name(): Promise<string>
  ping(): Promise<void>
}

/** A worker in this thread: a channel whose far end can die. */
function fakeWorker(service: Service) {
  const { port1, port2 } = new MessageChannel()
  serve(service, port2)
  let fail: ((event: ErrorEvent) => void) | undefined
  const worker: WorkerLike & { die(message: string): void } = {
    postMessage: (message, transfer) => port1.postMessage(message, transfer ?? []),
    addEventListener: (type: string, listener: (event: never) => void) => {
      if (type === 'error') fail = listener as (event: ErrorEvent) => void
      else port1.addEventListener('message', listener as (event: MessageEvent) => void)
    },
    start: () => port1.start(),
    terminate: () => {
      port1.close()
      port2.close()
    },
    die: (message) => fail?.({ message, preventDefault() {} } as ErrorEvent),
  }
  return worker
}

function setUp(services: Service[]) {
  const workers: ReturnType<typeof fakeWorker>[] = []
  const clock = { now: 0, check: () => {} }
  const begun: number[] = []
  const pongs: Promise<unknown>[] = []
  const options: SuperviseOptions<Service> = {
    spawn: () => {
      const worker = fakeWorker(
        services[Math.min(workers.length, services.length - 1)]!,
      )
      workers.push(worker)
      return worker
    },
    begin: async (connection, restarts) => {
      begun.push(restarts)
      await connection.call('start', [restarts])
    },
    onNotice: () => {},
    every: (check) => {
      clock.check = check
      return () => {}
    },
    now: () => clock.now,
    ping: (connection) => {
      const pong = connection.call('ping', [])
      pongs.push(pong.catch(() => {}))
      return pong
    },
  }
  return { supervisor: supervise(options), workers, clock, begun, pongs }
}

const answering = (name: string): Service => ({
  start: async () => {},
  name: async () => name,
  ping: async () => {},
})
const silent: Service = {
  ...answering('never'),
  name: () => new Promise(() => {}),
  ping: () => new Promise(() => {}),
}

test('makes an unanswered call again on the fresh worker', async () => {
  const { supervisor, workers, begun } = setUp([silent, answering('second')])
  const call = supervisor.call('name')
  workers[0]!.die('boom')
  expect(await call).toBe('second')
  expect(begun).toEqual([0, 1])
  supervisor.close()
})

test('finds out that a worker no longer answers', async () => {
  const { supervisor, clock } = setUp([silent, answering('second')])
  const call = supervisor.call('name')
  clock.now = 6_000
  clock.check() // suspects, and pings
  clock.now = 20_000
  clock.check() // no pong: dead
  expect(await call).toBe('second')
  supervisor.close()
})

test('leaves a slow worker that answers its ping alone', async () => {
  const slow = { ...answering('slow'), name: () => new Promise<string>(() => {}) }
  const { supervisor, clock, workers, pongs } = setUp([slow])
  supervisor.call('name').catch(() => {})
  for (const at of [6_000, 20_000, 40_000]) {
    clock.now = at
    clock.check()
    await Promise.all(pongs)
  }
  expect(pongs).toHaveLength(3)
  expect(workers).toHaveLength(1)
  supervisor.close()
})

test('gives up after three consecutive restarts', async () => {
  const { supervisor, workers } = setUp([silent])
  const call = supervisor.call('name')
  for (let i = 0; i < 4; i++) workers.at(-1)!.die(`boom ${i}`)
  await expect(call).rejects.toMatchObject({ code: 'stopped' })
  expect(workers).toHaveLength(4)
  supervisor.close()
})

test('gives up a call that kills every worker, though others are answered', async () => {
  const { supervisor, workers } = setUp([silent])
  let isOver = false
  const call = supervisor.call('name').finally(() => {
    isOver = true
  })
  call.catch(() => {}) // expected below
  for (let i = 0; i < 6 && !isOver; i++) {
    workers.at(-1)!.die(`boom ${i}`)
    await supervisor.call('start', i) // answered: this worker lives
  }
  await expect(call).rejects.toMatchObject({ code: 'stopped' })
  expect(workers.length).toBeLessThan(6)
  supervisor.close()
})

test('rejects every call once closed', async () => {
  const { supervisor } = setUp([answering('a')])
  supervisor.close()
  await expect(supervisor.call('name')).rejects.toMatchObject({ code: 'stopped' })
})
