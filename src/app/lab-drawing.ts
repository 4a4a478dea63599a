/**
 * What all plots of the Lab share. They are drawn by Observable Plot as SVG; colours are
 * the page's custom properties, so that a plot follows the scheme without being drawn
 * again.
 */
import { type PlotOptions, plot } from '@observablehq/plot'

/** Draws at a width, px. */
export type Drawing = (width: number) => SVGElement

export const EMBER = 'var(--hearth-ember)'
export const SOFT = 'var(--hearth-soft)'
/** Grid lines: the page's own hairlines. */
export const GRID = { stroke: 'var(--hearth-line)', strokeOpacity: 1 } as const
/** A name below the ticks of the x axis, and the room for both, px. */
export const X_LABEL = {
  tickSize: 0,
  labelAnchor: 'center',
  labelArrow: 'none',
  labelOffset: 38,
} as const
export const X_MARGIN = 42

/**
 * Plot puts a <style> into what it draws, which the page's CSP refuses once the plot is
 * in the document: lab.css holds those rules instead.
 */
export function bare(options: PlotOptions): SVGElement {
  const svg = plot({ ...options, className: 'lab-plot' }) as SVGElement
  svg.querySelector('style')?.remove()
  svg.setAttribute('aria-hidden', 'true') // the caption and the table say it
  return svg
}
