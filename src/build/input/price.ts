/** A price as shops write it → a number and its currency. */
import { textOf } from './cell.ts'

export interface Price {
  readonly price: number
  /** ISO 4217; absent where none is written. */
  readonly currency?: string
}

/** Signs that mean one currency on nearly every page they are on. */
const SIGNS: Readonly<Record<string, string>> = {
  '€': 'EUR',
  '£': 'GBP',
  $: 'USD',
  US$: 'USD',
  A$: 'AUD',
  C$: 'CAD',
  R$: 'BRL',
  '¥': 'JPY',
  '₹': 'INR',
  '₽': 'RUB',
  '₩': 'KRW',
  '₺': 'TRY',
  '₴': 'UAH',
  '₫': 'VND',
  '฿': 'THB',
  zł: 'PLN',
  Kč: 'CZK',
}

/** A number with its groups and decimals, and whatever is written around it. */
const WRITTEN = /^(\D{0,8}?)(\d[\d.,'\u00A0\u202F ]*)(\D{0,8})$/
const FREE = /^free(?: to play)?$/i

/**
 * `15`, `15.00 EUR`, `€ 1.299,00`, `$1,299.99`, `1 299,00 zł`, `Free`; `{amount, currency}`,
 * and of a list of variants the first.
 *
 * @returns undefined where there is no price that can be read
 */
export function priceOf(cell: unknown): Price | undefined {
  if (Array.isArray(cell)) return cell.map(priceOf).find((price) => price !== undefined)
  if (typeof cell === 'object' && cell !== null) return priceIn(cell)
  const text = textOf(cell)
  if (text === undefined) return undefined
  if (FREE.test(text)) return { price: 0 }
  const [, before = '', digits = '', after = ''] = WRITTEN.exec(text) ?? []
  const price = digits === '' ? Number.NaN : Number(decimal(digits))
  if (!Number.isFinite(price) || before.includes('-')) return undefined
  const [currency = currencyOf(after), other] = [currencyOf(before), currencyOf(after)]
  if (other !== undefined && other !== currency) return undefined
  return currency === undefined ? { price } : { price, currency }
}

function priceIn(
  fields: Readonly<Record<string, unknown>> | object,
): Price | undefined {
  const { price, amount, value, currency, currencyCode, currency_code } =
    fields as Readonly<Record<string, unknown>>
  const found = priceOf(price ?? amount ?? value)
  const stated = currencyOf(textOf(currency ?? currencyCode ?? currency_code) ?? '')
  return found && stated !== undefined ? { ...found, currency: stated } : found
}

/** A code or a sign; undefined for anything else. */
export function currencyOf(text: string): string | undefined {
  const trimmed = text.trim()
  if (Object.hasOwn(SIGNS, trimmed)) return SIGNS[trimmed]
  return /^[a-z]{3}$/i.test(trimmed) ? trimmed.toUpperCase() : undefined
}

/** `1.299,00` and `1,299.00` → `1299.00`: the last separator is of decimals or groups. */
export function decimal(written: string): string {
  const digits = written.replace(/['\s]/g, '')
  const at = Math.max(digits.lastIndexOf('.'), digits.lastIndexOf(','))
  if (at < 0) return digits
  const mark = digits[at]!
  const isRepeated = digits.indexOf(mark) !== at
  const decimals = digits.length - at - 1
  const other = mark === '.' ? ',' : '.'
  const isGroup =
    isRepeated || (mark === ',' && decimals === 3 && !digits.includes(other))
  const whole = digits.slice(0, at).replace(/[.,]/g, '')
  return isGroup
    ? digits.replace(/[.,]/g, '')
    : `${whole}.${digits.slice(at + 1) || '0'}`
}
