import { expect, test } from 'vitest'
import { modelPlaceOf } from './protocol.ts'

const config = {
  packUrl: 'https://shop.test/pack/',
  assetsUrl: 'https://shop.test/hearth/',
}
const encoder = { name: 'tiny', fingerprint: 'f00d' }

test('a pack that brings its encoder has it beside its own files', () => {
  const model = { name: 'encoder.0123.json', sizeBytes: 1, sha256: '0123' }
  expect(modelPlaceOf({ encoder: { ...encoder, model } }, config)).toEqual({
    modelUrl: 'https://shop.test/pack/',
    manifestFile: 'encoder.0123.json',
    fingerprint: 'f00d',
  })
})

test('any other pack is read by the encoder that comes with the scripts', () => {
  expect(modelPlaceOf({ encoder }, config)).toEqual({
    modelUrl: 'https://shop.test/hearth/models/hearth-encoder/',
    fingerprint: 'f00d',
  })
})
