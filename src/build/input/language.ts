/** A language as catalogues write it → its BCP 47 tag in lower case. */

/** Languages whose own names for languages catalogues are written in. */
const NAMED_IN = ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'ru']

/** Names that no locale gives, and tags that name no language. */
const OTHER_NAMES = {
  farsi: 'fa',
  mandarin: 'zh',
  castilian: 'es',
  'simplified chinese': 'zh-hans',
  'traditional chinese': 'zh-hant',
}
const NO_LANGUAGE = new Set(['mul', 'und', 'zxx', 'mis'])

/** `English`, `eng`, `en_US`, `Deutsch`, `français`: `en`, `en`, `en-us`, `de`, `fr`. */
export function languageTagOf(text: string): string | undefined {
  return tagOf(text.trim().replaceAll('_', '-')) ?? tagByName(text)
}

/** Three letters become two where there are two, old codes today's. */
function tagOf(text: string): string | undefined {
  if (!/^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/i.test(text)) return undefined
  try {
    const [tag = ''] = Intl.getCanonicalLocales(text)
    return nameOf(tag) === undefined || NO_LANGUAGE.has(tag)
      ? undefined
      : tag.toLowerCase()
  } catch {
    return undefined // letters and hyphens, but no tag
  }
}

const english = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' })

const nameOf = (tag: string) => english.of(tag.split('-')[0]!)

let tags: ReadonlyMap<string, string> | undefined

/** Of a list (`English, French`) or a form (`English (US)`), the first. */
function tagByName(text: string): string | undefined {
  tags ??= readNames()
  const whole = text.trim().toLowerCase()
  const [first = ''] = whole.split(/\s*[,;|/(]/)
  return tags.get(whole) ?? tags.get(first)
}

/** Every language of two letters, by its English name, its own and some others'. */
function readNames(): Map<string, string> {
  const names = new Map<string, string>(Object.entries(OTHER_NAMES))
  const letters = 'abcdefghijklmnopqrstuvwxyz'
  const codes = [...letters].flatMap((a) => [...letters].map((b) => a + b))
  const known = codes.filter((code) => english.of(code) !== undefined)
  const add = (locale: string, some: readonly string[]) => {
    const display = new Intl.DisplayNames([locale], { type: 'language' })
    for (const code of some) {
      const name = display.of(code)?.toLowerCase()
      const canonical = tagOf(code)
      if (name && canonical && !names.has(name)) names.set(name, canonical)
    }
  }
  for (const locale of NAMED_IN) add(locale, known)
  for (const code of known) add(code, [code])
  return names
}
