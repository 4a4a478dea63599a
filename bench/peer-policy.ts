/** A policy in another process: a JSON line for each call, a JSON line back. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { SimulationCatalogue } from '../src/evaluate/simulate/catalogue.ts'
import { featuresOf } from '../src/evaluate/simulate/lin-ucb-policy.ts'
import type { Policy } from '../src/evaluate/simulate/policy.ts'
import { popularityPolicy } from '../src/evaluate/simulate/popularity-policy.ts'
import { simulate } from '../src/evaluate/simulate/simulate.ts'

export interface Peer {
  readonly policy: Policy
  /** Learns from the sessions of these people, who are shown what is popular. */
  warm(people: readonly (readonly string[])[]): Promise<void>
  close(): void
}

/** VowpalWabbit, by `bench/peers/vowpal.py`; `python` has the package installed. */
export function openVowpal(
  catalogue: SimulationCatalogue,
  { python, rate }: { readonly python: string; readonly rate: number },
): Peer {
  const folder = mkdtempSync(join(tmpdir(), 'hearth-peer-'))
  const { dim, values } = featuresOf(catalogue)
  const features = catalogue.ids.map((_, index) =>
    Array.from(values.subarray(index * dim + 1, (index + 1) * dim)),
  )
  const order = [...catalogue.ids.keys()].sort(
    (a, b) => catalogue.popularity[b]! - catalogue.popularity[a]!,
  )
  const file = join(folder, 'catalogue.json')
  const model = join(folder, 'model.vw')
  writeFileSync(file, JSON.stringify({ features, order, rate, model }))
  const child = spawn(python, ['bench/peers/vowpal.py', file], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const ask = callerOf(child)
  const indexOf = new Map(catalogue.ids.map((id, index) => [id, index]))
  const indices = (ids: readonly string[]) => ids.map((id) => indexOf.get(id)!)
  const sessionOf = (list: Policy | undefined): Policy => ({
    name: 'vowpal-wabbit',
    start: async (options) => {
      await ask({ kind: 'start', warm: list !== undefined })
      const shown = await list?.start(options)
      return {
        list: async (count) => {
          if (shown) return shown.list(count)
          const { items } = await ask({ kind: 'list', count })
          return (items ?? []).map((index) => catalogue.ids[index]!)
        },
        observe: async (feedback) => {
          await shown?.observe(feedback)
          const opened = indices(feedback.opened.map(({ id }) => id))
          await ask({ kind: 'observe', seen: indices(feedback.seen), opened })
        },
        end: async () => {},
      }
    },
  })
  return {
    policy: sessionOf(undefined),
    warm: async (people) => {
      const popular = popularityPolicy(catalogue, { withoutRepeats: true })
      await simulate([sessionOf(popular)], people)
    },
    close: () => {
      child.stdin?.end('{"kind":"end"}\n')
    },
  }
}

interface Answer {
  readonly items?: readonly number[]
}

/** One call at a time: each line written is answered by one line. */
function callerOf(child: ChildProcess): (call: object) => Promise<Answer> {
  const lines = createInterface({ input: child.stdout! })[Symbol.asyncIterator]()
  return async (call) => {
    child.stdin!.write(`${JSON.stringify(call)}\n`)
    const { value, done } = await lines.next()
    if (done) throw new Error('the peer ended: is its package installed?')
    return JSON.parse(value) as Answer
  }
}
