/**
 * What a typed text means, as far as plain rules tell: what is wanted, what is refused, which
 * facts are asked for, and what kind of text it is. Where nothing is understood the text goes
 * on as it is.
 */
import { clausesOf, plainText, type Span } from './clauses.ts'
import type { Language } from './cues.ts'
import { type Fact, factsOf } from './facts.ts'
import { type Intent, intentOf, makerIn } from './intent.ts'

/** One thing that was understood, as a visitor may see and remove it. */
export interface UnderstoodPart {
  /** Stable for one text: give it back in `ignore` to leave it out. */
  readonly key: string
  readonly kind: 'wanted' | 'refused' | 'fact' | 'maker'
  /** As it was written: "dragons", "before 1950". */
  readonly text: string
  /** A fact that the catalogue cannot tell: it changes nothing, and is shown as such. */
  readonly isUnknown?: boolean
}

/** A text, understood. */
export interface Understood {
  readonly language: Language
  /** What to search for: the text itself where nothing was understood; empty for a refusal alone. */
  readonly wanted: string
  readonly refused: readonly string[]
  readonly facts: readonly Fact[]
  /** As the catalogue spells it. */
  readonly maker?: string
  readonly intent: Intent
  /** Empty where the text is searched for as it is. */
  readonly parts: readonly UnderstoodPart[]
}

/** What the rules need to know of a catalogue. */
export interface KnownNames {
  /** Places of the text that are a title of the catalogue. */
  readonly titlesIn: (text: string) => readonly Span[]
  /** The maker of this name, as the catalogue spells it. */
  readonly makerOf: (name: string) => string | undefined
}

const NOTHING_KNOWN: KnownNames = { titlesIn: () => [], makerOf: () => undefined }

/**
 * @param ignore keys of parts that the visitor took away; they are neither wanted nor refused
 */
export function understand(
  given: string,
  names: KnownNames = NOTHING_KNOWN,
  ignore: readonly string[] = [],
): Understood {
  const text = plainText(given)
  const whole = names.titlesIn(text)
  if (whole.some(({ from, to }) => from === 0 && to === text.length)) {
    return asItIs(text, 'title')
  }
  const { facts: found, rest } =
    whole.length > 0 ? { facts: [], rest: text } : factsOf(text)
  const clauses = clausesOf(rest, names.titlesIn(rest))
  const named = makerIn(clauses.wanted, names.makerOf)
  const left = named ? named.rest : clauses.wanted
  const intent = intentOf(text, {
    hasFacts: found.length > 0,
    hasMaker: named !== undefined,
  })
  const isPlain = clauses.refused.length === 0 && found.length === 0 && !named
  if (isPlain) return { ...asItIs(text, intent), language: clauses.language }
  const taken = new Set(ignore)
  const parts: UnderstoodPart[] = [
    ...wantedParts(left),
    ...(named ? [part('maker', named.maker)] : []),
    ...clauses.refused.map((each) => part('refused', each)),
    ...found.map(({ label }) => part('fact', label)),
  ].filter(({ key }) => !taken.has(key))
  const has = (kind: UnderstoodPart['kind'], of: string) =>
    parts.some(({ key }) => key === keyOf(kind, of))
  return {
    language: clauses.language,
    wanted: parts
      .flatMap(({ kind, text: own }) => (kind === 'wanted' ? own : []))
      .join(', '),
    refused: clauses.refused.filter((each) => has('refused', each)),
    facts: found.filter(({ label }) => has('fact', label)),
    ...(named && has('maker', named.maker) ? { maker: named.maker } : {}),
    ...{ intent, parts },
  }
}

const keyOf = (kind: UnderstoodPart['kind'], text: string) =>
  `${kind}:${text.toLowerCase()}`
const part = (kind: UnderstoodPart['kind'], text: string): UnderstoodPart => ({
  key: keyOf(kind, text),
  kind,
  text,
})

const wantedParts = (text: string) =>
  text
    .split(/\s*[,;，、；]\s*/u)
    .filter((each) => each !== '')
    .map((each) => part('wanted', each))

function asItIs(text: string, intent: Intent): Understood {
  return { language: 'en', wanted: text, refused: [], facts: [], intent, parts: [] }
}
