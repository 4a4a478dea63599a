/** Follow, less, never: pressing states it, pressing the same again takes it back. */
import { html, nothing, type TemplateResult } from 'lit'
import type { AttributeValue, Hearth, Preference, ShownPreference } from '../index.ts'
import { messageOf } from './hearth-element.ts'
import type { TasteMessages } from './messages/en.ts'

const PREFERENCES = ['follow', 'less', 'never'] as const satisfies readonly Preference[]

/** One key a value, however it is spelt. */
export const attributeKey = ({ relation, name }: AttributeValue) =>
  `${relation} ${name.toLowerCase()}`

/** The element a control acts for. */
interface PreferenceHost {
  readonly hearth: Hearth | undefined
  requestUpdate(): void
}

interface PreferenceControl {
  /** Asks what is stated. @throws HearthError what the library throws */
  load(): Promise<void>
  /** Newest first. */
  all(): readonly ShownPreference[]
  of(attribute: AttributeValue): Preference | undefined
  /**
   * States it, or takes it back. Never rejects; a second press while one is under way is dropped.
   * @returns what a screen reader should hear; undefined for a press that was dropped
   */
  press(
    attribute: AttributeValue,
    preference: Preference,
    slate?: string,
  ): Promise<string | undefined>
}

export function createPreferenceControl(
  host: PreferenceHost,
  words: () => TasteMessages,
): PreferenceControl {
  let stated: readonly ShownPreference[] = []
  let isBusy = false
  const find = (attribute: AttributeValue) =>
    stated.find((each) => attributeKey(each.attribute) === attributeKey(attribute))

  async function load() {
    stated = (await host.hearth?.profile.preferences()) ?? []
    host.requestUpdate()
  }
  async function change(
    hearth: Hearth,
    attribute: AttributeValue,
    {
      preference,
      slate,
    }: { readonly preference: Preference; readonly slate?: string | undefined },
  ) {
    const before = find(attribute)
    const isSame = before?.preference === preference
    if (isSame) await hearth.profile.remove(before.seqs)
    else {
      const { name, relation } = attribute
      const event = {
        kind: 'prefer',
        attribute: { name, relation },
        preference,
      } as const
      const given = slate === undefined ? event : { ...event, slate }
      await hearth.record(given, { instead: before?.seqs ?? [] })
    }
    return isSame
      ? words().undone(attribute.name)
      : words().done[preference](attribute.name)
  }

  return {
    load,
    all: () => stated,
    of: (attribute) => find(attribute)?.preference,
    press: async (attribute, preference, slate) => {
      const { hearth } = host
      if (!hearth || isBusy) return undefined
      isBusy = true
      try {
        return await change(hearth, attribute, { preference, slate })
      } catch (error) {
        return messageOf(error)
      } finally {
        isBusy = false
        await load().catch(() => {}) // shown as it was; the next change asks again
      }
    },
  }
}

/** The three as a group of buttons of which at most one is pressed. */
export function preferenceButtons(
  attribute: AttributeValue,
  {
    words,
    now,
    press,
  }: {
    readonly words: TasteMessages
    readonly now: Preference | undefined
    readonly press: (preference: Preference) => void
  },
): TemplateResult {
  return html`<span class="choices" role="group" aria-label=${words.change(attribute.name)}>
    ${PREFERENCES.map(
      (preference) => html`<button
        type="button" class="choice ${preference} ${now === preference ? 'on' : ''}" part="choice"
        aria-pressed=${now === preference ? 'true' : 'false'}
        aria-label=${words.on(words.actions[preference], attribute.name)}
        @click=${() => press(preference)}>${words.actions[preference]}</button>`,
    )}
  </span>`
}

/** "following", beside a name; nothing where nothing is stated. */
export const currentView = (now: Preference | undefined, words: TasteMessages) =>
  now ? html`<span class="now ${now}">${words.current[now]}</span>` : nothing
