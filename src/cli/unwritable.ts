/** Why a file or folder cannot be written, in words. */
import { HearthError, messageOf } from '../errors.ts'

export function unwritable(path: string, error: unknown): HearthError {
  const code = (error as NodeJS.ErrnoException).code ?? ''
  const why = REASONS[code] ?? messageOf(error)
  return new HearthError('bad-input', `cannot write ${path}: ${why}.`, { cause: error })
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EISDIR: 'it is a folder, expected a file',
  EEXIST: 'a part of the path is not a folder',
  ENOTDIR: 'a part of the path is not a folder',
  ENOENT: 'its folder is not there',
  EBUSY: 'it is in use, or a disk is mounted there',
  EXDEV: 'it is on another disk than its folder',
}
