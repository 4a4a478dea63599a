/** The words of <hearth-welcome>: `welcome` in a table of messages. */
import type { WelcomeMessages } from './en.ts'

const answers = (count: number) => `${count} ${count === 1 ? 'answer' : 'answers'}`

export const welcomeEn: WelcomeMessages = {
  invite: 'New here? Pick a few that you know, and the shelves turn to you.',
  start: 'Pick what you know',
  skip: 'Not now',
  place: (step, steps) => `Question ${step} of ${steps}`,
  picked: (count) => (count === 0 ? '' : `${answers(count)} so far`),
  items: 'Which of these do you know and like?',
  itemsHint: 'Leave out what you do not know. Nothing leaves this device.',
  others: 'Show others',
  noOthers: 'That was all.',
  follow: 'What would you like more of?',
  followHint: 'It comes sooner. You can change it at any time.',
  never: 'Is there anything you never want to see?',
  neverHint: 'It is left out of every list.',
  back: 'Back',
  next: 'Next',
  finish: 'Done',
  close: 'Close',
  done: (count) => `Thank you: the shelves below are made from your ${answers(count)}.`,
  nothingDone: 'Nothing was picked. Like something, and the shelves turn to you.',
  undo: 'Undo',
  undone: 'Undone: it is as if nothing had been asked.',
  batch: (count) => `From the first questions: ${answers(count)}`,
  undoBatch: 'Undo: what the first questions brought',
}
