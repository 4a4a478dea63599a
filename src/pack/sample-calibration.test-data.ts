/** A calibration for tests: the first place has even odds, and each later group lower ones. */
import type { Calibration, CalibrationCurve } from './calibration.ts'

export const sampleCurve: CalibrationCurve = {
  places: [0, -0.2, -0.5, -1, -1.5, -2, -3, -4, -5],
  gap: 0.5,
  lift: 0.25,
  events: 0.1,
  levels: [0, 4],
}

export const sampleCalibration: Calibration = {
  people: 240,
  buckets: [...Array.from({ length: 6 }, () => sampleCurve), null],
}
