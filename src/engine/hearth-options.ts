/** The check of what `createHearth` is given. */
import { HearthError } from '../errors.ts'
import { BACKENDS } from '../towers/tower-device.ts'
import { checkKind } from './check-options.ts'
import type { HearthOptions, Storage } from './hearth.ts'

const NAMES: Readonly<Record<keyof HearthOptions, true>> = {
  pack: true,
  storage: true,
  backend: true,
  now: true,
  seed: true,
  assets: true,
}

const warned = new Set<string>()

/**
 * Unknown names are warned of in the console, once each: a mistyped option is no reason to
 * show no list.
 * @throws HearthError `bad-argument`, naming the option
 */
export function checkOptions(options: HearthOptions): void {
  checkKind('options', options, 'object')
  for (const name of Object.keys(options)) {
    if (Object.hasOwn(NAMES, name) || warned.has(name)) continue
    warned.add(name)
    console.warn(
      `Hearth: unknown option: got ${name}, expected one of ${Object.keys(NAMES).join(', ')}. It is ignored.`,
    )
  }
  const { pack, storage, backend, now, seed, assets } = options
  if (typeof pack !== 'string' || pack === '') {
    throw wrong('pack', pack, "the address of the pack's folder")
  }
  if (storage !== undefined) checkStorage(storage)
  if (backend !== undefined && !BACKENDS.includes(backend)) {
    throw wrong('backend', backend, `one of ${BACKENDS.join(', ')}`)
  }
  if (now !== undefined && typeof now !== 'function') {
    throw wrong('now', now, 'a function that gives Unix ms')
  }
  if (seed !== undefined && !Number.isSafeInteger(seed)) {
    throw wrong('seed', seed, 'an integer')
  }
  if (assets !== undefined && typeof assets !== 'string') {
    throw wrong('assets', assets, 'the address of a folder')
  }
}

/** @throws HearthError `bad-argument` for another word */
export function checkStorage(storage: Storage): void {
  if (storage === 'persistent' || storage === 'memory') return
  throw wrong('storage', storage, 'persistent or memory')
}

function wrong(name: string, value: unknown, expected: string): HearthError {
  const shown = typeof value === 'string' ? JSON.stringify(value) : typeof value
  return new HearthError(
    'bad-argument',
    `invalid ${name}: got ${typeof value === 'number' ? value : shown}, expected ${expected}.`,
  )
}
