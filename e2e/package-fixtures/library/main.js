/** A site's own list: what it shows comes from Hearth, how it shows it does not. */
import { createHearth } from 'hearth-recommender'

const folder = new URL('..', document.baseURI)
const hearth = await createHearth({
  pack: new URL('pack', folder).href,
  assets: new URL('hearth/', folder).href,
})
const list = document.querySelector('ol')

async function show() {
  const { items, slate, eventCount } = await hearth.recommend({ count: 8 })
  list.replaceChildren(...items.map((item) => entryOf(item, slate)))
  document.querySelector('output').value = `${eventCount} events`
}

function entryOf(item, slate) {
  const button = document.createElement('button')
  button.textContent = item.title
  button.addEventListener('click', () =>
    hearth.record({ kind: 'click', item: item.id, slate }),
  )
  const entry = document.createElement('li')
  entry.append(button)
  return entry
}

hearth.on('change', show)
await show()
globalThis.hearth = hearth // for the test
