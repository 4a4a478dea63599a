/** A profile file and the catalogue it is of. */
import { expect, test } from 'vitest'
import { setUp } from './sample-engine.test-data.ts'

const event = (item: string, uid: string) => ({ kind: 'like', item, at: 1, uid })

test('an export names its catalogue, and comes back as it went', async () => {
  const first = await setUp()
  await first.engine.record([{ kind: 'like', item: 'id1' }])
  const file = await first.engine.export()
  expect(file.catalogue).toEqual({ name: expect.any(String) })
  const second = await setUp()
  expect(await second.engine.import(JSON.parse(JSON.stringify(file)))).toBe(1)
})

test('a file of another catalogue is refused with what of it is here, and taken when asked', async () => {
  const { engine } = await setUp()
  const search = { kind: 'search', text: 'the sea', at: 2, uid: 'c' }
  const file = {
    ...{ format: 'hearth-profile', version: 2, exportedAt: 1 },
    events: [event('id1', 'a'), event('film7', 'b'), search],
    catalogue: { name: 'Films' },
  }
  await expect(engine.import(file)).rejects.toMatchObject({
    code: 'other-catalogue',
    message: expect.stringMatching(/got "Films", expected "[^"]+". 2 of its 3 events/),
  })
  expect(await engine.events()).toEqual([])
  expect(await engine.import(file, { anyCatalogue: true })).toBe(2)
  expect((await engine.events()).map(({ uid }) => uid)).toEqual(['c', 'a'])
})

test('a file that names none, or names it oddly, is taken as ever', async () => {
  const { engine } = await setUp()
  const file = { format: 'hearth-profile', version: 2, exportedAt: 1 }
  expect(await engine.import({ ...file, events: [event('id1', 'a')] })).toBe(1)
  const odd = { ...file, events: [event('id2', 'b')], catalogue: ['Films'] }
  expect(await engine.import(odd)).toBe(1)
  await expect(engine.import({ catalogue: { name: 'Films' } })).rejects.toMatchObject({
    code: 'bad-profile',
  })
})
