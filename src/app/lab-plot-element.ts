/** <app-lab-plot> — a drawing as wide as its place, drawn again when that changes. */
import type { Drawing } from './lab-drawing.ts'

export class LabPlotElement extends HTMLElement {
  #draw: Drawing | undefined
  #width = 0
  #watch = new ResizeObserver(([entry]) => this.#resize(entry!.contentRect.width))

  set draw(draw: Drawing) {
    this.#draw = draw
    this.#redraw()
  }

  connectedCallback() {
    this.#resize(this.clientWidth) // at once: what stands below must not move later
    this.#watch.observe(this)
  }

  disconnectedCallback() {
    this.#watch.disconnect()
  }

  #resize(width: number) {
    const whole = Math.floor(width)
    if (whole === this.#width) return
    this.#width = whole
    this.#redraw()
  }

  #redraw() {
    if (!this.#draw || this.#width === 0) return
    this.replaceChildren(this.#draw(this.#width))
  }
}
