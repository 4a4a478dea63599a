/** The bookshop's words for <hearth-profile>, loaded with the page that holds it. */
import type { ElementMessages } from '../elements/messages/en.ts'
import { profileEn } from '../elements/messages/profile-en.ts'
import { bookshop } from './messages.ts'

export const bookshopProfile: ElementMessages = {
  ...bookshop,
  profile: {
    ...profileEn,
    seen: (items) => `saw ${items} ${items === 1 ? 'book' : 'books'}`,
    rated: (stars) => `read ${stars}`,
    empty:
      'Nothing yet. Like, save or open a book and it is listed here, where it can be taken back.',
  },
}
