/** Lets `svelte-check` know Hearth's elements and what they take. */
import type { HearthElementAttributes } from 'hearth-recommender/elements'
import type { HTMLAttributes } from 'svelte/elements'

type HearthTags = {
  [Tag in keyof HearthElementAttributes]: HearthElementAttributes[Tag] &
    Omit<HTMLAttributes<HTMLElement>, keyof HearthElementAttributes[Tag]>
}

declare module 'svelte/elements' {
  interface SvelteHTMLElements extends HearthTags {}
}
