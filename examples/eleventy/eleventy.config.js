/** A blog of Markdown posts under posts/, one layout, and one style sheet. */
export default function configure(eleventy) {
  eleventy.addPassthroughCopy('style.css')
  eleventy.addPassthroughCopy('favicon.svg')
  eleventy.addFilter('day', (date) => date.toISOString().slice(0, 10))
}
