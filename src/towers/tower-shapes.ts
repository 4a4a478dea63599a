/** Checks what is given to the towers: every shape and range, here and never inside loops. */
import { assertLength, HearthError } from '../errors.ts'
import type { DenseLayer } from '../math/dense-layer.ts'
import type { TuneBatch, TuneOptions } from './tower-device.ts'

/** Rows of `targets` may exceed 1 by this much: they were summed in float32. */
const TARGET_TOLERANCE = 1e-3

/**
 * @param layers first to last; a layer's `in` is the `out` before it
 * @param inputs row-major [batch, in]
 * @returns the width of the layers' output
 * @throws HearthError `bad-argument` if a shape disagrees
 */
export function checkForward(
  layers: readonly DenseLayer[],
  inputs: Float32Array,
  batch: number,
): number {
  if (layers.length === 0) throw invalid('layers', 'none', 'at least 1')
  if (!Number.isInteger(batch) || batch < 1) {
    throw invalid('batch', batch, 'an integer of 1 or more')
  }
  let width = Math.floor(inputs.length / batch)
  assertLength('inputs', inputs, width * batch)
  layers.forEach(({ weights, bias }, i) => {
    assertLength(`layer ${i} weights`, weights, width * bias.length)
    width = bias.length
  })
  if (width < 1) throw invalid('output width', width, '1 or more')
  return width
}

/** @throws HearthError `bad-argument` if a shape or a range disagrees */
export function checkTune(
  layers: readonly DenseLayer[],
  batch: TuneBatch,
  options: TuneOptions,
) {
  const dim = checkForward(layers, batch.inputs, batch.batch)
  const candidates = batch.bias.length
  if (candidates < 1) throw invalid('candidates', candidates, '1 or more')
  assertLength('items', batch.items, candidates * dim)
  assertLength('targets', batch.targets, batch.batch * candidates)
  for (let row = 0; row < batch.batch; row++) {
    let sum = 0
    for (let j = 0; j < candidates; j++) sum += batch.targets[row * candidates + j]
    if (!(sum > 0 && sum <= 1 + TARGET_TOLERANCE)) {
      throw invalid(`sum of targets row ${row}`, sum, 'above 0, at most 1')
    }
  }
  checkOptions(options)
}

function checkOptions({ rate, steps, eventCount }: TuneOptions) {
  if (!(rate > 0 && Number.isFinite(rate))) {
    throw invalid('rate', rate, 'a positive number')
  }
  if (!Number.isInteger(steps) || steps < 0) {
    throw invalid('steps', steps, 'an integer of 0 or more')
  }
  if (!(eventCount >= 0 && Number.isFinite(eventCount))) {
    throw invalid('eventCount', eventCount, 'a number of 0 or more')
  }
}

function invalid(name: string, got: unknown, expected: string) {
  return new HearthError(
    'bad-argument',
    `invalid ${name}: got ${got}, expected ${expected}.`,
  )
}
