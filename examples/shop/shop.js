/** The shop's own script: a filter bar that sets `filter`, and a card for one product. */
const feed = document.querySelector('hearth-feed')
const search = document.querySelector('hearth-search')
const bar = document.querySelector('.bar')
const dialog = document.querySelector('dialog')

/** What the bar asks for, as docs/filters.md has it; empty for all. */
function filterNow() {
  const { category, material, price, stock } = bar.elements
  const isAny = price.value === price.max
  bar.elements.limit.value = isAny ? 'any price' : `€${price.value}`
  return [
    category.value && `category = '${category.value}'`,
    material.value && `material = '${material.value}'`,
    !isAny && `price <= ${price.value}`,
    stock.checked && 'available',
  ]
    .filter(Boolean)
    .join(' and ')
}

function narrow() {
  const filter = filterNow()
  feed.filter = filter
  search.filter = filter
}
bar.addEventListener('input', narrow)
bar.addEventListener('reset', () => setTimeout(narrow)) // once the fields are reset
bar.addEventListener('submit', (event) => event.preventDefault())

/** The product that the address names, over the page. */
async function showProduct() {
  const id = decodeURIComponent(location.hash.slice(1))
  const detail = id && (await feed.hearth?.item(id))
  if (!detail) return dialog.close()
  const { title, image, description, price, was, currency, available } = detail.item
  const money = (amount) =>
    amount.toLocaleString('en', { style: 'currency', currency: currency ?? 'EUR' })
  dialog.querySelector('img').src = image
  dialog.querySelector('h2').textContent = title
  dialog.querySelector('.price').textContent = [
    money(price),
    was > price && `was ${money(was)}`,
    available === false && 'Sold out',
  ]
    .filter(Boolean)
    .join(' · ')
  dialog.querySelector('.about').textContent = description
  dialog.querySelector('hearth-related').setAttribute('item', id)
  if (!dialog.open) dialog.showModal()
}
addEventListener('hashchange', showProduct)
dialog.addEventListener('close', () => {
  if (location.hash) history.replaceState(null, '', location.pathname)
})
customElements.whenDefined('hearth-feed').then(showProduct)
