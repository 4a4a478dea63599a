/**
 * Listens in the capture phase, so that a page that stops its events is heard too.
 * @returns stops listening
 */
export function listen(
  target: EventTarget,
  listeners: Readonly<Record<string, (event: Event) => void>>,
): () => void {
  for (const [type, listener] of Object.entries(listeners)) {
    target.addEventListener(type, listener, { capture: true, passive: true })
  }
  return () => {
    for (const [type, listener] of Object.entries(listeners)) {
      target.removeEventListener(type, listener, { capture: true })
    }
  }
}
