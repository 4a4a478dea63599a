/** The words of <hearth-profile>: `profile` in a table of messages. */
import { events, type ProfileMessages } from './en.ts'

/** "90 s", "2 min" */
const duration = (seconds: number) =>
  seconds < 90 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`

const DONE = {
  impression: 'saw',
  click: 'opened',
  finish: 'finished',
  like: 'liked',
  dislike: 'not for me',
  save: 'saved',
  rate: 'rated',
  search: 'searched',
  prefer: 'chose',
  reset: 'learning began anew',
} as const

export const profileEn: ProfileMessages = {
  done: (kind, value) =>
    kind === 'dwell' ? `stayed ${duration(value)} with` : DONE[kind],
  seen: (items) => `saw ${items} ${items === 1 ? 'item' : 'items'}`,
  rated: (stars) => `rated ${stars}`,
  preferred: { follow: 'follow', less: 'less of', never: 'never' },
  today: 'Today',
  yesterday: 'Yesterday',
  language: 'en',
  remove: 'Remove',
  removeOne: (what) => `Remove: ${what}`,
  removed: (what) => `Removed: ${what}.`,
  older: 'Show older',
  empty:
    'Nothing yet. What you like, save or open is listed here, where it can be taken back.',
  count: (count) => `${events(count)}. Nothing has left this device.`,
  stored: 'Stored in this browser.',
  inMemory: (reason) =>
    `In memory only. ${reason ?? 'It is gone when the page closes.'}`,
  keep: 'Keep my events in this browser',
  export: 'Export',
  import: 'Import',
  erase: 'Erase everything',
  eraseAsk: 'Erase all events for good?',
  eraseYes: 'Erase',
  eraseNo: 'Keep',
  hint: 'Removing an event removes what it taught. Export makes a file of all events, for another browser or for keeping.',
  exported: (count) => `Exported ${events(count)}.`,
  imported: (count) =>
    count === 0
      ? 'Nothing new: all of it was here already.'
      : `Imported ${events(count)}.`,
  unreadable: (count) =>
    `${count === 1 ? '1 stored record is' : `${count} stored records are`} of no use to this version. Nothing is made of what they hold; Export takes them along.`,
  removeUnreadable: 'Remove what is of no use',
  importAnyway: 'Add what is here too',
  importNot: 'Leave it',
  erased: 'Everything is erased.',
  tooLarge: (bytes) =>
    `This file is too large: got ${bytes} bytes, expected a Hearth profile.`,
  notJson: (name) =>
    `This is not a Hearth profile: “${name}” is not JSON. Choose a file that Export made.`,
}
