/**
 * An engine's methods as one list, so that each is declared once, in `Hearth`: a Hearth over
 * an engine in this thread and one over a worker are both made from it.
 */

import type { EventInput } from '../feedback/event.ts'
import { identify } from '../feedback/identify.ts'
import { checkKind } from './check-options.ts'
import type { Hearth, HearthEvents, Profile } from './hearth.ts'

/**
 * The methods of a Hearth in one plain list: what an engine in this thread has, and what
 * crosses to one in a worker. Nothing is declared here.
 */
export type Engine = Omit<Hearth, 'profile' | 'on' | 'retry' | 'first'> & Profile

/** What an engine reports without being asked: an event of `on`, by its type. */
export type EngineNotice = {
  readonly [T in keyof HearthEvents]: {
    readonly type: T
    readonly event: HearthEvents[T]
  }
}[keyof HearthEvents]

/** What can be called before and after the engine is there. */
export type Calls = Engine & Pick<Hearth, 'first'>

/** Makes one call, wherever the engine is. */
export type Call = <M extends keyof Calls>(
  method: M,
  args: Parameters<Calls[M]>,
) => ReturnType<Calls[M]>

const PROFILE_METHODS: Readonly<Record<keyof Profile, true>> = {
  events: true,
  remove: true,
  export: true,
  import: true,
  readHistory: true,
  addHistory: true,
  undoHistory: true,
  erase: true,
  taste: true,
  preferences: true,
  opens: true,
  setStorage: true,
  resetLearning: true,
}

const METHODS: Readonly<Record<Exclude<keyof Calls, keyof Profile>, true>> = {
  recommend: true,
  recommendNext: true,
  shelves: true,
  related: true,
  search: true,
  item: true,
  items: true,
  elicit: true,
  predictRating: true,
  record: true,
  state: true,
  first: true,
  links: true,
  prepareSearch: true,
  checkEncoder: true,
  close: true,
}

/** Every method, each made by `call`. */
export function forwardCalls(call: Call): Calls {
  const forward = (name: string) => [
    name,
    (...args: unknown[]) => call(name as keyof Calls, args as never),
  ]
  const names = [...Object.keys(METHODS), ...Object.keys(PROFILE_METHODS)]
  return Object.fromEntries(names.map(forward)) as unknown as Calls
}

/**
 * A Hearth whose methods are `calls`. Events are given their uid and time here, before they
 * leave: a call that is made again after a worker died must not record them twice.
 */
export function assembleHearth(
  calls: Calls,
  rest: Pick<Hearth, 'on' | 'retry'> & { readonly now?: (() => number) | undefined },
): Hearth {
  const { now = () => Date.now(), ...others } = rest
  const pick = (names: object) =>
    Object.fromEntries(
      Object.keys(names).map((name) => [name, calls[name as keyof Calls]]),
    )
  return {
    ...(pick(METHODS) as unknown as Omit<Hearth, 'profile' | 'on' | 'retry'>),
    profile: pick(PROFILE_METHODS) as unknown as Profile,
    record: (given, options) =>
      calls.record(
        eventsOf(given).map((event) => identify(event, { now })),
        options,
      ),
    ...others,
  }
}

/**
 * One event or a list of them, as a list.
 * @throws HearthError `bad-argument` for what is no object
 */
export function eventsOf(
  given: EventInput | readonly EventInput[],
): readonly EventInput[] {
  const events: readonly EventInput[] = Array.isArray(given) ? given : [given]
  for (const event of events) checkKind('event', event, 'object')
  return events
}

/** Listeners of a Hearth's events. */
interface Notices {
  readonly on: Hearth['on']
  /** Calls the listeners of the notice's type. */
  readonly notify: (notice: EngineNotice) => void
}

export function createNotices(): Notices {
  const listeners = new Map<keyof HearthEvents, Set<(event: never) => void>>()
  return {
    on: (type, listener) => {
      checkKind('listener', listener, 'function')
      const own = (event: never) => listener(event) // the same function may be added twice
      const those = listeners.get(type) ?? new Set()
      listeners.set(type, those.add(own))
      return () => void those.delete(own)
    },
    notify: ({ type, event }) => {
      for (const listener of [...(listeners.get(type) ?? [])]) {
        try {
          listener(event as never)
        } catch (error) {
          // the caller's own: it must neither silence the others nor fail a call
          queueMicrotask(() => {
            throw error
          })
        }
      }
    },
  }
}
