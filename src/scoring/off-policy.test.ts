import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { HearthError } from '../errors.ts'
import { createRandom } from '../math/random.ts'
import {
  estimateDifference,
  estimateDr,
  estimateIps,
  estimateSnips,
  type PolicyLog,
} from './off-policy.ts'

fc.configureGlobal({ seed: 1 })

/** Weights 2, ½, 0 and 1; two clicks. */
const BY_HAND: PolicyLog = {
  rewards: [1, 1, 0, 0],
  propensities: [0.25, 0.5, 0.5, 0.5],
  targets: [0.5, 0.25, 0, 0.5],
}

test('IPS, worked by hand', () => {
  const ips = estimateIps(BY_HAND)
  expect(ips.estimate).toBeCloseTo((2 + 0.5) / 4, 12)
  expect(ips.meanWeight).toBeCloseTo(3.5 / 4, 12)
  expect(ips.effectiveSize).toBeCloseTo(3.5 ** 2 / (4 + 0.25 + 1), 12)
  expect(ips.clippedShare).toBe(0)
  // Deviations 1.375, −.125, −.625, −.625; variance with n − 1, over n.
  const squares = 1.375 ** 2 + 0.125 ** 2 + 2 * 0.625 ** 2
  expect(ips.standardError).toBeCloseTo(Math.sqrt(squares / 3 / 4), 12)
})

test('SNIPS, worked by hand, as it is and clipped at 1', () => {
  expect(estimateSnips(BY_HAND, { clip: 5 }).estimate).toBeCloseTo(2.5 / 3.5, 12)
  const clipped = estimateSnips(BY_HAND, { clip: 1 })
  expect(clipped.estimate).toBeCloseTo(1.5 / 2.5, 12)
  expect(clipped.clippedShare).toBe(0.25)
  expect(clipped.meanWeight).toBeCloseTo(3.5 / 4, 12)
})

test('DR, worked by hand', () => {
  const dr = estimateDr(BY_HAND, {
    shown: [0.5, 0.5, 0.5, 0],
    target: [0.25, 0.5, 0.25, 0],
  })
  // .25 + 2·.5, .5 + .5·.5, .25 + 0, 0 + 0
  expect(dr.estimate).toBeCloseTo((1.25 + 0.75 + 0.25 + 0) / 4, 12)
})

test('the difference of two policies, worked by hand', () => {
  const difference = estimateDifference(BY_HAND, [0.25, 0.25, 0.5, 0.5])
  // Weights of the other 1, ½, 1, 1; gaps 1, 0, −1, 0; β = ½: 1·½ + (−1)(−½)
  expect(difference.estimate).toBeCloseTo(1 / 4, 12)
  expect(difference.meanGap).toBe(0)
  expect(difference.disagreements).toBe(2)
})

test('a policy that shows what was shown has the mean reward exactly', () => {
  const entry = fc.record({
    reward: fc.constantFrom(0, 1),
    propensity: fc.double({ min: 1e-3, max: 1, noNaN: true }),
  })
  fc.assert(
    fc.property(fc.array(entry, { minLength: 2, maxLength: 60 }), (entries) => {
      const rewards = entries.map(({ reward }): number => reward)
      const propensities = entries.map(({ propensity }) => propensity)
      const log = { rewards, propensities, targets: propensities }
      const mean = rewards.reduce((sum, reward) => sum + reward, 0) / rewards.length
      const expected = { shown: rewards.map(() => 0.3), target: rewards.map(() => 0.3) }
      expect(estimateIps(log).estimate).toBe(mean)
      expect(estimateSnips(log).estimate).toBe(mean)
      expect(estimateDr(log, expected).estimate).toBeCloseTo(mean, 12)
      expect(estimateDifference(log, propensities)).toMatchObject({
        estimate: 0,
        lower: 0,
        upper: 0,
        disagreements: 0,
      })
    }),
  )
})

test('every interval holds its estimate and stays where a value can be', () => {
  const entry = fc.record({
    reward: fc.double({ min: 0, max: 1, noNaN: true }),
    propensity: fc.double({ min: 1e-3, max: 1, noNaN: true }),
    target: fc.double({ min: 0, max: 1, noNaN: true }),
    other: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  fc.assert(
    fc.property(fc.array(entry, { minLength: 2, maxLength: 60 }), (entries) => {
      const log = {
        rewards: entries.map(({ reward }) => reward),
        propensities: entries.map(({ propensity }) => propensity),
        targets: entries.map(({ target }) => target),
      }
      const flat = entries.map(() => 0.5)
      const values = [
        estimateIps(log),
        estimateSnips(log),
        estimateDr(log, { shown: flat, target: flat }),
      ]
      for (const { estimate, lower, upper } of values) {
        expect(lower).toBeGreaterThanOrEqual(0)
        expect(upper).toBeLessThanOrEqual(1)
        expect(lower).toBeLessThanOrEqual(Math.max(0, estimate) + 1e-9)
        expect(upper).toBeGreaterThanOrEqual(Math.min(1, estimate) - 1e-9)
      }
      const difference = estimateDifference(
        log,
        entries.map(({ other }) => other),
      )
      expect(difference.lower).toBeGreaterThanOrEqual(-1)
      expect(difference.upper).toBeLessThanOrEqual(1)
    }),
  )
})

/** A bandit of ten items: one policy logs, another is evaluated, a third is near the second. */
function bandit(seed: number) {
  const random = createRandom(seed)
  const odds = (spread: number) => {
    const values = Array.from({ length: 10 }, () => Math.exp(spread * random.normal()))
    const sum = values.reduce((total, value) => total + value, 0)
    return values.map((value) => value / sum)
  }
  const [logging, target] = [odds(0.7), odds(1)]
  const near = target.map((value, i) => 0.9 * value + 0.1 * logging[i]!)
  const clicks = Array.from({ length: 10 }, () => 0.02 + 0.15 * random.next())
  const worthOf = (policy: readonly number[]) =>
    policy.reduce((sum, chance, i) => sum + chance * clicks[i]!, 0)
  const draw = () => {
    let left = random.next()
    return logging.findIndex((chance, i) => {
      left -= chance
      return left < 0 || i === 9
    })
  }
  const logOf = (size: number) => {
    const items = Array.from({ length: size }, draw)
    return {
      log: {
        rewards: items.map((item) => (random.next() < clicks[item]! ? 1 : 0)),
        propensities: items.map((item) => logging[item]!),
        targets: items.map((item) => target[item]!),
      },
      others: items.map((item) => near[item]!),
      // A wrong model: every item is clicked as often as the next.
      expected: { shown: items.map(() => 0.1), target: items.map(() => 0.1) },
    }
  }
  return { logOf, value: worthOf(target), gap: worthOf(target) - worthOf(near) }
}

test('on a simulated bandit IPS, DR and the difference are unbiased', () => {
  const { logOf, value, gap } = bandit(3)
  const runs = 600
  let [ips, dr, difference] = [0, 0, 0]
  for (let run = 0; run < runs; run++) {
    const { log, others, expected } = logOf(100)
    ips += estimateIps(log).estimate / runs
    dr += estimateDr(log, expected, { clip: Infinity }).estimate / runs
    difference += estimateDifference(log, others).estimate / runs
  }
  // Of 60,000 entries in all, the standard error is about .002.
  expect(Math.abs(ips - value)).toBeLessThan(0.007)
  expect(Math.abs(dr - value)).toBeLessThan(0.007)
  expect(Math.abs(difference - gap)).toBeLessThan(0.002)
})

test('95 % intervals hold the known value 95 times in 100, where the normal ones do not', () => {
  const runs = 500
  const held = { ips: 0, snips: 0, dr: 0, difference: 0, normal: 0 }
  const { logOf, value, gap } = bandit(8)
  for (let run = 0; run < runs; run++) {
    const { log, others, expected } = logOf(60)
    const count = (
      name: keyof typeof held,
      { lower, upper }: { lower: number; upper: number },
      known: number,
    ) => {
      if (lower <= known && known <= upper) held[name] += 1 / runs
    }
    const ips = estimateIps(log)
    count('ips', ips, value)
    count('snips', estimateSnips(log), value)
    count('dr', estimateDr(log, expected), value)
    count('difference', estimateDifference(log, others), gap)
    const half = 1.96 * ips.standardError
    const normal = { lower: ips.estimate - half, upper: ips.estimate + half }
    count('normal', normal, value)
  }
  expect(held.ips).toBeGreaterThan(0.94)
  expect(held.snips).toBeGreaterThan(0.94)
  expect(held.dr).toBeGreaterThan(0.94)
  expect(held.difference).toBeGreaterThan(0.94)
  expect(held.normal).toBeLessThan(0.9)
})

test('two policies that nearly agree are distinguished by a narrower interval than each has', () => {
  const { logOf } = bandit(5)
  const { log, others } = logOf(500)
  const width = ({ lower, upper }: { lower: number; upper: number }) => upper - lower
  expect(width(estimateDifference(log, others))).toBeLessThan(
    width(estimateIps(log)) / 3,
  )
})

test('a policy of which nothing was shown is not known, whatever was clicked', () => {
  const log = { rewards: [1, 0], propensities: [0.5, 0.5], targets: [0, 0] }
  expect(estimateSnips(log)).toMatchObject({
    estimate: 0,
    lower: 0,
    upper: 1,
    effectiveSize: 0,
  })
  expect(estimateIps(log)).toMatchObject({ lower: 0, upper: 1, meanWeight: 0 })
})

test('one entry is no estimate: its interval is everything', () => {
  const log = { rewards: [1], propensities: [0.5], targets: [0.5] }
  expect(estimateIps(log)).toMatchObject({ estimate: 1, lower: 0, upper: 1 })
})

test('refuses what no log can hold, and names it', () => {
  const codeAndText = (change: Partial<PolicyLog>, options = {}) => {
    try {
      estimateSnips({ ...BY_HAND, ...change }, options)
    } catch (error) {
      const { code, message } = error as HearthError
      return `${code}: ${message}`
    }
    return 'nothing'
  }
  expect(codeAndText({ propensities: [0.5, 0, 0.5, 0.5] })).toBe(
    'bad-argument: invalid propensities[1]: got 0, expected a number above 0, up to 1.',
  )
  expect(codeAndText({ rewards: [1, Number.NaN, 0, 0] })).toMatch(
    /rewards\[1\]: got NaN/,
  )
  expect(codeAndText({ rewards: [2, 0, 0, 0] })).toMatch(/rewards\[0\]: got 2/)
  expect(codeAndText({ targets: [1.5, 0, 0, 0] })).toMatch(/targets\[0\]: got 1.5/)
  expect(codeAndText({ targets: [1] })).toMatch(/wrong length for targets/)
  expect(codeAndText({ slates: [1] })).toMatch(/wrong length for slates/)
  expect(codeAndText({ rewards: [], propensities: [], targets: [] })).toMatch(
    /empty log/,
  )
  expect(codeAndText({}, { clip: 0 })).toMatch(/invalid clip: got 0/)
  expect(codeAndText({}, { maxReward: Infinity })).toMatch(/invalid maxReward/)
})
