/**
 * Who writes a folder now, and what writers that were killed left beside it:
 *
 *   pack.lock     {process, host} of the writer; touched while it works
 *   pack.tmp-12   the folder that process 12 writes
 *   pack.old-12   the old folder, between the two renames that put the new one in place
 */
import {
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { hostname } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { HearthError } from '../errors.ts'

interface Writer {
  readonly process: number
  readonly host: string
}

/** How often a writer touches its lock, ms. */
const TOUCH_MS = 15_000
/**
 * A lock not touched for so long is of the dead, ms. On this machine the process is looked
 * up too, so that an hour only guards against a number that was given again; of another
 * machine (or container) nothing else can be known.
 */
const DEAD_AFTER_MS = { here: 3_600_000, elsewhere: 120_000 }

/** Locks of this process: a leftover with the same number, as in a container, is not one. */
const ours = new Set<string>()

/**
 * Makes this process the only writer of `place`, and clears what the dead left there.
 *
 * @returns gives the place free again
 * @throws HearthError `bad-input` while another writes there
 */
export function lockFolder(place: string): () => void {
  refuseHeld(place)
  const lock = `${place}.lock`
  rmSync(lock, { force: true })
  const writer: Writer = { process: process.pid, host: hostname() }
  try {
    writeFileSync(lock, JSON.stringify(writer), { flag: 'wx' })
  } catch (error) {
    refuseHeld(place) // another was quicker
    throw error
  }
  ours.add(lock)
  const touching = setInterval(() => touch(lock), TOUCH_MS)
  touching.unref()
  recoverFolder(place)
  for (const path of leftBeside(place)) rmSync(path, { recursive: true, force: true })
  return () => {
    clearInterval(touching)
    ours.delete(lock)
    rmSync(lock, { force: true })
  }
}

function touch(lock: string) {
  const now = new Date()
  // a lock that its owner's user removed is not made again
  if (existsSync(lock)) utimesSync(lock, now, now)
}

/** @throws HearthError `bad-input` while another process writes there */
export function refuseHeld(place: string) {
  const writer = writerOf(place)
  if (!writer) return
  throw new HearthError(
    'bad-input',
    `cannot write to ${place}: process ${writer.process} on ${writer.host} writes there now. Wait for it, or remove ${place}.lock if it has ended.`,
  )
}

/**
 * Puts back the folder that a killed writer had moved away and not yet replaced. Does
 * nothing where the folder is there, or while another process writes it.
 */
export function recoverFolder(place: string) {
  if (existsSync(place) || (!ours.has(`${place}.lock`) && writerOf(place))) return
  const old = leftBeside(place).find((path) => path.startsWith(`${place}.old-`))
  if (old !== undefined) renameSync(old, place)
}

function writerOf(place: string): Writer | undefined {
  const lock = `${place}.lock`
  const touchedAt = statSync(lock, { throwIfNoEntry: false })?.mtimeMs
  if (touchedAt === undefined) return undefined
  const writer = readWriter(lock)
  const isHere = writer.host === hostname()
  const age = Date.now() - touchedAt
  if (age > DEAD_AFTER_MS[isHere ? 'here' : 'elsewhere']) return undefined
  if (!isHere) return writer
  if (writer.process === process.pid) return ours.has(lock) ? writer : undefined
  return isAlive(writer.process) ? writer : undefined
}

function readWriter(lock: string): Writer {
  try {
    const { process: id, host } = JSON.parse(readFileSync(lock, 'utf8')) as Writer
    return { process: Number(id), host: String(host) }
  } catch {
    // written this moment, or cut short by a kill: its age decides
    return { process: 0, host: 'another machine' }
  }
}

function isAlive(id: number): boolean {
  try {
    return process.kill(id, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM' // of another user
  }
}

function leftBeside(place: string): string[] {
  const folder = dirname(place)
  const start = `${basename(place)}.`
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((name) => name.startsWith(start) && LEFT.test(name.slice(start.length)))
    .sort()
    .map((name) => join(folder, name))
}

const LEFT = /^(tmp|old)-\d+$/

/** Whether a disk is mounted at a folder: it cannot be renamed. False where it is not known. */
export function isMountPoint(place: string): boolean {
  const here = statSync(place, { throwIfNoEntry: false })
  if (!here?.isDirectory()) return false
  if (here.dev !== statSync(dirname(place)).dev || dirname(place) === place) return true
  // a bind mount of the same disk shows only in the list of mounts
  const list = '/proc/self/mountinfo'
  if (!existsSync(list)) return false
  const written = place.replace(/[ \t\n\\]/g, octal)
  return readFileSync(list, 'utf8')
    .split('\n')
    .some((line) => line.split(' ')[4] === written)
}

/** As the list of mounts writes what would part its words. */
const octal = (sign: string) => `\\${sign.charCodeAt(0).toString(8).padStart(3, '0')}`
