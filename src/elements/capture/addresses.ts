/**
 * Which item of the catalogue an address of the site leads to, and which one the page that
 * is open is about. Hosts and links write one page in several ways: with or without the last
 * slash, `index.html`, `.html`, a place within the page or a campaign's parameters.
 */

import type { Hearth } from '../../index.ts'
import { parseAddress } from '../parse-address.ts'

export interface ItemAddresses {
  /**
   * @param url absolute, as `link.href` gives it
   * @returns the item's id; undefined for another address, and where several items share it
   */
  idOf(url: string): string | undefined
}

export const NO_ADDRESSES: ItemAddresses = { idOf: () => undefined }

const known = new WeakMap<Hearth, Promise<ItemAddresses>>()

/** Of a Hearth's catalogue, read once. Rejects while the catalogue cannot be read. */
export function addressesOf(hearth: Hearth): Promise<ItemAddresses> {
  const before = known.get(hearth)
  if (before) return before
  const addresses = hearth.links().then(itemAddresses)
  known.set(hearth, addresses)
  addresses.catch(() => known.delete(hearth)) // the next one asks again
  return addresses
}

/** @param links each item's address, relative ones from the page */
export function itemAddresses(
  links: readonly (readonly [url: string, id: string])[],
): ItemAddresses {
  const exact = new Map<string, string>()
  const alike = new Map<string, string | undefined>()
  for (const [url, id] of links) {
    const address = parseAddress(url, document.baseURI)
    if (!address) continue
    exact.set(address.href, id)
    const key = keyOf(address)
    alike.set(key, alike.has(key) && alike.get(key) !== id ? undefined : id)
  }
  const idOf = (url: string) => {
    const id = exact.get(url)
    const address = parseAddress(url)
    if (id !== undefined || !address) return id
    const withHash = alike.get(keyOf(address))
    if (withHash !== undefined || address.hash === '') return withHash
    address.hash = ''
    return alike.get(keyOf(address))
  }
  return { idOf }
}

/**
 * The item that the open page is about: by its own address, else by the canonical one that
 * it names, and by that one's path here, where a site is previewed on another host.
 */
export function pageItem(addresses: ItemAddresses): string | undefined {
  const own = addresses.idOf(location.href)
  if (own !== undefined) return own
  const link = document.querySelector<HTMLLinkElement>('link[rel~="canonical"][href]')
  const address = link && parseAddress(link.href)
  if (!address) return undefined
  const { pathname, search } = address
  return (
    addresses.idOf(link.href) ??
    addresses.idOf(`${location.origin}${pathname}${search}`)
  )
}

/** Parameters that name where a visitor came from, not what the page shows. */
const CAMPAIGN = /^(utm_|mc_|fbclid$|gclid$|msclkid$)/
const LAST_PIECE = /(\/index)?\.html?$|\/+$/

function keyOf({ protocol, host, pathname, search, hash }: URL): string {
  const path = pathname.replace(LAST_PIECE, '').replace(/\/+$/, '')
  return `${protocol}//${host}${path}${withoutCampaign(search)}${hash}`
}

function withoutCampaign(search: string): string {
  if (search === '') return ''
  const kept = [...new URLSearchParams(search)].filter(([name]) => !CAMPAIGN.test(name))
  return kept.length === 0 ? '' : `?${new URLSearchParams(kept)}`
}
