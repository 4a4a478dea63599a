import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { safeUrl } from './safe-url.ts'

fc.configureGlobal({ seed: 1 })

describe('safeUrl', () => {
  test.each([
    'https://books.example/dune?a=b:c#d',
    'HTTP://books.example:8080/',
    'http://[::1]/x',
    '/books/dune.html',
    'books/dune.html',
    '../dune#part:1',
    './a:b',
    '?item=3',
    '#top',
    'https://books.example/a@b',
  ])('keeps %s', (url) => {
    expect(safeUrl(url)).toBe(url)
  })

  test('takes off surrounding space', () => {
    expect(safeUrl(' /dune \n')).toBe('/dune')
  })

  test.each([
    '',
    '  ',
    'javascript:alert(1)',
    ' JavaScript:alert(1)',
    'JaVa ScRiPt:alert(1)',
    'java\u200bscript:alert(1)',
    'java\tscript:alert(1)',
    'java\nscript:alert(1)',
    '\u0001javascript:alert(1)',
    '\u0085javascript:alert(1)',
    'data:text/html,<script>',
    'vbscript:x',
    'blob:https://books.example/1',
    'file:///etc/passwd',
    'mailto:a@b.example',
    '//evil.example/x',
    '\\\\evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    'https:evil.example',
    'https:/evil.example',
    'https:///evil.example',
    'https://',
    'https://known.example@evil.example/',
    'http://known.example:80@evil.example',
    'https://bad host/',
    'https://[::1/',
  ])('refuses %j', (url) => {
    expect(safeUrl(url)).toBeUndefined()
  })

  test('what it keeps, the browser resolves to http or https', () => {
    const piece = fc.constantFrom(
      'javascript',
      'https',
      'http',
      ':',
      '/',
      '//',
      '\\',
      '\t',
      '@',
      'a.example',
      '?',
      '#',
      ' ',
      '\u0000',
    )
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const url = safeUrl(pieces.join(''))
        if (url === undefined || !URL.canParse(url, 'https://here.example/shop/'))
          return
        const { protocol, host, username } = new URL(url, 'https://here.example/shop/')
        expect(['http:', 'https:']).toContain(protocol)
        expect(username).toBe('')
        if (!/^https?:/i.test(url)) expect(host).toBe('here.example')
      }),
      { numRuns: 3000 },
    )
  })
})
