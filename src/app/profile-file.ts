/** The visitor's profile as a file: saved with one press, read back with another. */
import { HearthError } from '../errors.ts'
import type { ProfileFile } from '../profile/profile-store.ts'

/** A profile is far smaller; a larger file is not read at all, bytes. */
const LARGEST = 64 * 1024 * 1024

/** Offers `profile` as a download named for the day. */
export function saveProfile(profile: ProfileFile) {
  const text = JSON.stringify(profile, null, 1)
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = url
  link.download = `hearth-profile-${new Date(profile.exportedAt).toISOString().slice(0, 10)}.json`
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}

/** @throws HearthError `bad-profile` for what is not JSON */
export async function readProfile(file: File): Promise<unknown> {
  if (file.size > LARGEST) {
    throw new HearthError(
      'bad-profile',
      `This file is too large: got ${file.size} bytes, expected a Hearth profile.`,
    )
  }
  try {
    return JSON.parse(await file.text())
  } catch (cause) {
    const message = `This is not a Hearth profile: “${file.name}” is not JSON. Choose a file that Export made.`
    throw new HearthError('bad-profile', message, { cause })
  }
}
