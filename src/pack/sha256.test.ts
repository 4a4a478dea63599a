import { expect, test } from 'vitest'
import { sha256Hex } from './sha256.ts'

const abc = new TextEncoder().encode('abc')
// FIPS 180-2, appendix B.1
const DIGEST = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'

test('gives the digest of the standard', async () => {
  expect(await sha256Hex(abc)).toBe(DIGEST)
})

test('gives the same where the platform has no crypto', async () => {
  expect(await sha256Hex(abc, null)).toBe(DIGEST)
})

test('reads only its own part of a larger buffer', async () => {
  expect(await sha256Hex(new TextEncoder().encode('xabcx').subarray(1, 4))).toBe(DIGEST)
})
