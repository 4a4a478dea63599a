/** What chooses the lists of a simulated session. */
import type { ListFeedback } from './simulated-visitor.ts'

/** One session of one visitor under a policy. */
export interface PolicySession {
  /** @returns ids, best first, at most `count`; items that were liked are left out */
  list(count: number): Promise<readonly string[]>
  /** What the visitor did with the list just given. */
  observe(feedback: ListFeedback): Promise<void>
  end(): Promise<void>
}

export interface SessionStart {
  /** Of the policy's own randomness, an integer. */
  readonly seed: number
  /** The simulated time, Unix ms. */
  readonly now: () => number
}

export interface Policy {
  readonly name: string
  start(options: SessionStart): Promise<PolicySession>
}

/** What a policy that keeps no log must know of a session: seen, and opened and liked. */
export class SessionMemory {
  readonly seen = new Set<string>()
  readonly liked = new Set<string>()

  add({ seen, opened }: ListFeedback): void {
    for (const id of seen) this.seen.add(id)
    for (const { id, isLiked } of opened) if (isLiked) this.liked.add(id)
  }
}
