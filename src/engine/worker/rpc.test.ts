import { afterEach, expect, test } from 'vitest'
import { HearthError } from '../../errors.ts'
import { connect, type Methods, serve } from './rpc.ts'

const open: MessagePort[] = []
afterEach(() => {
  for (const port of open.splice(0)) port.close()
})

/** Both ends in one thread: the same structured clone, none of the waiting. */
function link<T extends Methods<T>>(target: T, onNotice?: (value: unknown) => void) {
  const { port1, port2 } = new MessageChannel()
  open.push(port1, port2)
  const notify = serve(target, port2)
  return { to: connect<T>(port1, onNotice ? { onNotice } : {}), notify }
}

test('answers each caller with its own reply, in any order', async () => {
  const release: (() => void)[] = []
  const { to } = link({
    name: async (n: number) => {
      if (n === 1) await new Promise<void>((resolve) => release.push(resolve))
      return `item ${n}`
    },
  })
  const slow = to.call('name', [1])
  expect(await to.call('name', [2])).toBe('item 2')
  release[0]!()
  expect(await slow).toBe('item 1')
})

test('keeps the code of an expected error and calls anything else internal', async () => {
  const { to } = link({
    known: async () => {
      throw new HearthError('bad-pack', 'damaged pack')
    },
    bug: async () => {
      throw new TypeError('x is not a function')
    },
  })
  await expect(to.call('known', [])).rejects.toMatchObject({
    code: 'bad-pack',
    message: 'damaged pack',
  })
  await expect(to.call('bug', [])).rejects.toMatchObject({ code: 'internal' })
})

test('refuses a method that is not offered, inherited ones too', async () => {
  const { to } = link({ a: async () => 1 })
  const call = to.call as unknown as (m: string, args: unknown[]) => Promise<unknown>
  await expect(call('b', [])).rejects.toMatchObject({ code: 'bad-argument' })
  await expect(call('toString', [])).rejects.toMatchObject({ code: 'bad-argument' })
})

test('a call that cannot be sent rejects and is not waited for', async () => {
  const { to } = link({ take: async (value: unknown) => void value })
  await expect(to.call('take', [() => {}])).rejects.toThrow()
  expect(to.pendingSince()).toBeUndefined()
})

test('moves a transferred buffer instead of copying it', async () => {
  const { to } = link({ size: async (buffer: ArrayBuffer) => buffer.byteLength })
  const buffer = new ArrayBuffer(8)
  expect(await to.call('size', [buffer], [buffer])).toBe(8)
  expect(buffer.byteLength).toBe(0)
})

test('hands on notices', async () => {
  const heard = new Promise((resolve) => {
    const { notify } = link({ a: async () => 1 }, resolve)
    notify({ type: 'learned' })
  })
  expect(await heard).toEqual({ type: 'learned' })
})

test('rejects pending and later calls once stopped', async () => {
  const { to } = link({ never: () => new Promise<void>(() => {}) })
  const pending = to.call('never', [])
  expect(to.pendingSince()).toBeTypeOf('number')
  to.stop('the worker died')
  await expect(pending).rejects.toMatchObject({ code: 'stopped' })
  await expect(to.call('never', [])).rejects.toMatchObject({ code: 'stopped' })
})
