/**
 * Names the profile of a pack in what a page stores. Pages of one origin that use one pack share
 * a profile. A pack of another host is named with it: two sites on one origin may both have a
 * `/pack/` somewhere else.
 *
 * @param packUrl absolute
 */
export function profileName(packUrl: string): string {
  const { origin, host, pathname } = new URL(packUrl)
  return `${origin === location.origin ? '' : host}${pathname}`
}
