/** Lets JSX know Hearth's elements and what they take. */
import type { HearthElementAttributes } from 'hearth-recommender/elements'
import type { HTMLAttributes, RefAttributes } from 'react'

type OfReact = HTMLAttributes<HTMLElement> & RefAttributes<HTMLElement>
type HearthTags = {
  [Tag in keyof HearthElementAttributes]: HearthElementAttributes[Tag] &
    Omit<OfReact, keyof HearthElementAttributes[Tag]>
}

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements extends HearthTags {}
  }
}
