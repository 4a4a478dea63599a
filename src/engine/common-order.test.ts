import { expect, test } from 'vitest'
import { FLAG_COLD_START } from '../pack/pack.ts'
import { commonOrder } from './common-order.ts'

const popularity = Float32Array.of(0.2, 0.9, 0.5, 0.7)

test('the first screen goes before the most read', () => {
  const flags = new Uint8Array(4)
  expect([...commonOrder({ itemCount: 4, popularity, flags }, [2])]).toEqual([
    2, 1, 3, 0,
  ])
})

test('what nobody chose yet comes last, whatever is expected of it', () => {
  const flags = Uint8Array.of(0, FLAG_COLD_START, 0, FLAG_COLD_START)
  expect([...commonOrder({ itemCount: 4, popularity, flags }, [])]).toEqual([
    2, 0, 1, 3,
  ])
})
