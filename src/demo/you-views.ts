/** What stands beside the log on You: the taste, and the state of this device. */
import { html, nothing, svg } from 'lit'
import type { TasteSummary } from '../engine/engine.ts'
import type { DeviceLine } from './device-lines.ts'

/** Bars of taste. */
const MAX_BARS = 8

/** Genres by weight, as bars; nothing for no taste yet. */
export function tasteView({ attributes }: TasteSummary) {
  if (attributes.length === 0) return nothing
  return html`<section class="taste">
    <h2>Your taste now</h2>
    <dl>
      ${attributes.slice(0, MAX_BARS).map(
        ({ name, share }) => html`<div>
          <dt>${name}</dt>
          <dd>
            <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
              ${svg`<rect width=${share * 100} height="8"></rect>`}
            </svg>
            <span>${Math.round(share * 100)}</span>
          </dd>
        </div>`,
      )}
    </dl>
  </section>`
}

/** The engine's state in plain lines. */
export function deviceView(lines: readonly DeviceLine[]) {
  return html`<section class="device">
    <h2>On this device</h2>
    <dl>
      ${lines.map(
        ({ name, value, notes }) => html`<div>
          <dt>${name}</dt>
          <dd>${value}${notes.map((note) => html`<small>${note}</small>`)}</dd>
        </div>`,
      )}
    </dl>
  </section>`
}
