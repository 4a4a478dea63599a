/** The few signs of the elements, 20 × 20, drawn in the current colour. */
import { html, svg, type TemplateResult } from 'lit'

const PATHS = {
  like: 'M10 16.500S3 12.400 3 7.600A3.600 3.600 0 0 1 10 6a3.600 3.600 0 0 1 7 1.600c0 4.800-7 8.900-7 8.900Z',
  dislike: 'm5 5 10 10M15 5 5 15',
  save: 'M5.500 3.500h9v13l-4.500-3-4.500 3Z',
  find: 'M9 3a6 6 0 1 0 0 12A6 6 0 0 0 9 3Zm4.400 10.400L18 18',
  left: 'm12 4-6 6 6 6',
  right: 'm8 4 6 6-6 6',
  seen: 'M2 10s3-5.500 8-5.500S18 10 18 10s-3 5.500-8 5.500S2 10 2 10Zm8-2.200a2.200 2.200 0 1 0 0 4.400 2.200 2.200 0 0 0 0-4.400Z',
  click: 'M6 4l10 6-4.500 1L9 16Z',
  rate: 'm10 3 2.100 4.500 4.900.600-3.600 3.400.900 4.900L10 14l-4.300 2.400.900-4.900L3 8.100l4.900-.600Z',
  finish: 'm4 10.500 4 4 8-9',
  prefer: 'M4 4h7l5.500 5.500-6.500 6.500L4 10.500Zm3.200 3.200h.010',
  more: 'M4.500 10h.010M10 10h.010M15.500 10h.010',
  reset: 'M4 4v5h5M4.500 9A6 6 0 1 1 4.300 12.500',
  dwell: 'M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14Zm0 3v4.200l2.800 1.800',
} as const
type IconName = keyof typeof PATHS

export const icon = (name: IconName): TemplateResult =>
  html`<svg class="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
    ${svg`<path d=${PATHS[name]}></path>`}
  </svg>`
