/** Attributes → values of closed sets. Bad markup never throws: it reads as the default. */
import type { Backend } from '../towers/tower-device.ts'

export const DEFAULT_COUNT = 12
export const DEFAULT_SURPRISE = 0.2

/** A whole number 1–50, else `DEFAULT_COUNT`. */
export function countOf(text: string | null | undefined): number {
  const value = /^\s*\d{1,2}\s*$/.test(text ?? '') ? Number(text) : 0
  return value >= 1 && value <= 50 ? value : DEFAULT_COUNT
}

/** A number 0–1, else `DEFAULT_SURPRISE`. */
export function surpriseOf(text: string | null | undefined): number {
  const value = text?.trim() ? Number(text) : Number.NaN
  return value >= 0 && value <= 1 ? value : DEFAULT_SURPRISE
}

/** A backend of the device fallback, else undefined: probed. */
export function deviceOf(text: string | null | undefined): Backend | undefined {
  return text === 'webgpu' || text === 'wasm' || text === 'js' ? text : undefined
}
