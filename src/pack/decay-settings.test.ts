import { describe, expect, test } from 'vitest'
import { checkSequenceReading } from './decay-settings.ts'
import { parseManifest } from './manifest.ts'
import { readPack } from './read-pack.ts'
import { memoryFolder, sampleReading, sampleSource } from './sample-source.test-data.ts'
import { writePack } from './write-pack.ts'

const place = { file: 'manifest.json', at: 'sequence' }

describe('the reading of the sequence block', () => {
  test('comes back from a pack as it was written', async () => {
    const folder = memoryFolder()
    await writePack(sampleSource({ sequenceReading: sampleReading }), folder.sink)
    const pack = await readPack(folder.read)
    expect(pack.manifest.sequence).toEqual(sampleReading)
  })

  test('keeps its spread, where it has one', () => {
    const spread = { ...sampleReading, spread: 0.0375 }
    expect(checkSequenceReading(spread, place)).toEqual(spread)
    expect(checkSequenceReading(sampleReading, place)).not.toHaveProperty('spread')
  })

  test('drops what it does not know', () => {
    const more = { ...sampleReading, colour: 'red' }
    expect(checkSequenceReading(more, place)).toEqual(sampleReading)
  })

  test('altered in a written manifest is refused', async () => {
    const folder = memoryFolder()
    await writePack(sampleSource({ sequenceReading: sampleReading }), folder.sink)
    const text = new TextDecoder().decode(folder.files.get('manifest.json'))
    const altered = text.replace('"decay": 0.6', '"decay": 0.7')
    expect(altered).not.toBe(text)
    await expect(parseManifest(new TextEncoder().encode(altered))).rejects.toThrow(
      'it was altered',
    )
  })

  const { returns } = sampleReading
  test.each<[string, unknown]>([
    ['sequence: got null', null],
    ['sequence.decay', { ...sampleReading, decay: 1.5 }],
    ['sequence.decay', { ...sampleReading, decay: -0.1 }],
    ['sequence.floor: got "0"', { ...sampleReading, floor: '0' }],
    ['sequence.floor', { ...sampleReading, floor: Number.NaN }],
    ['sequence.spread', { ...sampleReading, spread: 0 }],
    ['sequence.spread', { ...sampleReading, spread: Infinity }],
    ['sequence.returns: got nothing', { decay: 0.5, floor: 0 }],
    [
      'sequence.returns.newest',
      { ...sampleReading, returns: { ...returns, newest: -1 } },
    ],
    [
      'sequence.returns.older',
      { ...sampleReading, returns: { ...returns, older: 101 } },
    ],
    [
      'sequence.returns.fading',
      { ...sampleReading, returns: { ...returns, fading: 2 } },
    ],
  ])('is refused, naming the place: %s', (message, value) => {
    expect(() => checkSequenceReading(value, place)).toThrow(
      expect.objectContaining({
        code: 'bad-pack',
        message: expect.stringContaining(message),
      }),
    )
  })
})
