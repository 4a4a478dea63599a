import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { checkpointFile } from './checkpoint.ts'
import { tempFolder } from './input/temp-folder.test-data.ts'

describe('checkpointFile', () => {
  test('keeps the newest state, but not every one of many', async () => {
    const path = join(tempFolder().path, 'towers.checkpoint')
    let now = 0
    const file = checkpointFile(path, () => now)
    expect(await file.read()).toBeUndefined()
    await file.write(() => Uint8Array.of(1))
    now = 1000
    await file.write(() => Uint8Array.of(2))
    expect([...readFileSync(path)]).toEqual([1])
    now = 6000
    await file.write(() => Uint8Array.of(3))
    expect([...(await file.read())!]).toEqual([3])
  })

  test('leaves nothing behind', async () => {
    const folder = tempFolder().path
    const file = checkpointFile(join(folder, 'towers.checkpoint'), () => 0)
    await file.write(() => Uint8Array.of(1))
    await file.remove()
    await file.remove() // not there any more
    expect(readdirSync(folder)).toEqual([])
  })

  test('refuses a folder and a place that is not there, at once', () => {
    const folder = tempFolder().path
    expect(() => checkpointFile(folder, () => 0)).toThrow('expected a file')
    const nowhere = join(folder, 'none', 'towers.checkpoint')
    expect(() => checkpointFile(nowhere, () => 0)).toThrow('its folder is not there')
  })

  test('states why it cannot be written, and loses nothing', async () => {
    const folder = tempFolder().path
    const path = join(folder, 'towers.checkpoint')
    writeFileSync(path, 'old')
    const file = checkpointFile(path, () => 0)
    const full = () => {
      throw Object.assign(new Error('full'), { code: 'ENOSPC' })
    }
    await expect(file.write(full)).rejects.toThrow('the disk is full')
    expect(readFileSync(path, 'utf8')).toBe('old')
    expect(existsSync(`${path}.tmp-${process.pid}`)).toBe(false)
  })
})
