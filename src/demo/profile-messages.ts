/** The bookshop's words for <hearth-profile>, loaded with the page that holds it. */
import type { ElementMessages } from '../elements/messages/en.ts'
import { profileEn } from '../elements/messages/profile-en.ts'
import { tasteEn } from '../elements/messages/taste-en.ts'
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
  taste: {
    ...tasteEn,
    relations: { ...tasteEn.relations, author: 'Authors' },
    held: (count) => `${count} ${count === 1 ? 'book' : 'books'}`,
    nothingStated:
      'Nothing yet. Follow an author or a genre and it comes sooner; less, and it steps back; never, and it is gone from every list.',
    noTaste: 'Like, save or rate a book and its author and genres are listed here.',
  },
}
