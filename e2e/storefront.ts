/** Pages of a shop around the snippets of `examples/shopify/theme`, as its theme puts them. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Product {
  readonly id: string
  readonly title: string
}

export function writeStorefront(
  folder: string,
  {
    theme,
    products,
  }: { readonly theme: string; readonly products: readonly Product[] },
) {
  const snippet = (name: string, product?: Product) =>
    render(readFileSync(join(theme, `${name}.liquid`), 'utf8'), product)
  const page = (title: string, body: string) => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>${escaped(title)}</title>
    <link rel="icon" href="/favicon.svg">
    ${snippet('hearth-script')}
  </head>
  <body><main><h1>${escaped(title)}</h1>${body}</main></body>
</html>
`
  mkdirSync(join(folder, 'products'), { recursive: true })
  writeFileSync(join(folder, 'index.html'), page('Tea', snippet('hearth-home')))
  for (const product of products) {
    const path = join(folder, 'products', `${product.id}.html`)
    writeFileSync(path, page(product.title, snippet('hearth-product', product)))
  }
}

/** The one expression the snippets hold. */
function render(liquid: string, product?: Product): string {
  const html = liquid
    .replace(/\{%-? comment -?%\}.*?\{%-? endcomment -?%\}/gs, '')
    .replace('{{ product.handle | escape }}', escaped(product?.id ?? ''))
  if (/\{[{%]/.test(html)) throw new Error(`a snippet holds more Liquid: ${html}`)
  return html.trim()
}

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
