import { expect, test } from 'vitest'
import { titleWithoutMarkup, withoutMarkup } from './markup.ts'

test.each([
  ['<p>Warm <b>bread</b></p>', 'Warm bread'],
  ['<b>c</b>otton', 'cotton'],
  ['one<br/>two<li>three', 'one two three'],
  [
    'Tom &amp; Jerry&#39;s Caf&eacute; &#x2014; 5&nbsp;€',
    "Tom & Jerry's Café — 5\u00A0€",
  ],
  ['a <style>p { color: red }</style><script>alert(1)</script> b', 'a b'],
  ['a <!-- <p>hidden</p> --> b', 'a b'],
  ['a <script>never closed', 'a'],
  ['<a href="x" onclick="y()">link</a>', 'link'],
  ['&lt;p&gt;escaped &amp;amp; whole&lt;/p&gt;', 'escaped & whole'],
])('%s is read as %s', (html, text) => {
  expect(withoutMarkup(html).replace(/ +/g, ' ').trim()).toBe(text)
})

test.each(['a < b > c', 'Vec<T> and Map<K, V>', 'AT&T', 'R&D; more', 'fish &chips'])(
  '%s is no markup',
  (text) => {
    expect(withoutMarkup(text)).toBe(text)
  },
)

test('what was decoded is text, and is not taken for a tag afterwards', () => {
  expect(withoutMarkup('the &lt;b&gt; element')).toBe('the <b> element')
})

test('a title keeps the tags that it is about', () => {
  expect(titleWithoutMarkup('When to use <b>')).toBe('When to use <b>')
  expect(titleWithoutMarkup('<b>Bold</b> move')).toBe('Bold move')
  expect(titleWithoutMarkup('<script>alert(1)</script>')).toBe(
    '<script>alert(1)</script>',
  )
})

test('a long row of open tags is no slower than its length', () => {
  for (const piece of ['<b', '<script>', '<style ', '<!--', '&amp']) {
    const before = performance.now()
    withoutMarkup(piece.repeat(20_000))
    expect(performance.now() - before).toBeLessThan(1000)
  }
})
