/**
 * Asks the browser, once a page, not to drop what is stored when it runs short of room: at the
 * moment a visitor gave it something that is theirs, as some browsers ask them in turn.
 */
let isAsked = false

export function keepStorage(): void {
  if (isAsked) return
  isAsked = true
  // absent on plain http; what is refused stays as it was
  globalThis.navigator?.storage?.persist?.().catch(() => {})
}

/** What a visitor states, not what they see or open. */
export const isSaid = ({ kind }: { readonly kind: string }) =>
  /like|save|rate|prefer/.test(kind)
