import { describe, expect, test } from 'vitest'
import { checkDecaySettings } from './decay-settings.ts'
import { parseManifest } from './manifest.ts'
import { readPack } from './read-pack.ts'
import {
  memoryFolder,
  sampleDecaySettings,
  sampleSource,
} from './sample-source.test-data.ts'
import { writePack } from './write-pack.ts'

const place = { file: 'manifest.json', at: 'sequence' }

describe('decay settings of the sequence block', () => {
  test('comes back from a pack as it was written', async () => {
    const folder = memoryFolder()
    await writePack(sampleSource({ decaySettings: sampleDecaySettings }), folder.sink)
    const pack = await readPack(folder.read)
    expect(pack.manifest.sequence).toEqual(sampleDecaySettings)
  })

  test('keeps its spread, where it has one', () => {
    const spread = { ...sampleDecaySettings, spread: 0.0375 }
    expect(checkDecaySettings(spread, place)).toEqual(spread)
    expect(checkDecaySettings(sampleDecaySettings, place)).not.toHaveProperty('spread')
  })

  test('drops what it does not know', () => {
    const more = { ...sampleDecaySettings, colour: 'red' }
    expect(checkDecaySettings(more, place)).toEqual(sampleDecaySettings)
  })

  test('altered in a written manifest is refused', async () => {
    const folder = memoryFolder()
    await writePack(sampleSource({ decaySettings: sampleDecaySettings }), folder.sink)
    const text = new TextDecoder().decode(folder.files.get('manifest.json'))
    const altered = text.replace('"decay": 0.6', '"decay": 0.7')
    expect(altered).not.toBe(text)
    await expect(parseManifest(new TextEncoder().encode(altered))).rejects.toThrow(
      'it was altered',
    )
  })

  const { returns } = sampleDecaySettings
  test.each<[string, unknown]>([
    ['sequence: got null', null],
    ['sequence.decay', { ...sampleDecaySettings, decay: 1.5 }],
    ['sequence.decay', { ...sampleDecaySettings, decay: -0.1 }],
    ['sequence.floor: got "0"', { ...sampleDecaySettings, floor: '0' }],
    ['sequence.floor', { ...sampleDecaySettings, floor: Number.NaN }],
    ['sequence.spread', { ...sampleDecaySettings, spread: 0 }],
    ['sequence.spread', { ...sampleDecaySettings, spread: Infinity }],
    ['sequence.returns: got nothing', { decay: 0.5, floor: 0 }],
    [
      'sequence.returns.newest',
      { ...sampleDecaySettings, returns: { ...returns, newest: -1 } },
    ],
    [
      'sequence.returns.older',
      { ...sampleDecaySettings, returns: { ...returns, older: 101 } },
    ],
    [
      'sequence.returns.fading',
      { ...sampleDecaySettings, returns: { ...returns, fading: 2 } },
    ],
  ])('is refused, naming the place: %s', (message, value) => {
    expect(() => checkDecaySettings(value, place)).toThrow(
      expect.objectContaining({
        code: 'bad-pack',
        message: expect.stringContaining(message),
      }),
    )
  })
})
