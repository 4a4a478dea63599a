/** One card: picture or tile, actions, title, maker, and why it is here. */
import { html, nothing, type TemplateResult } from 'lit'
import { reasonText } from '../explain/messages/messages.ts'
import type { ItemRecord, Reaction, RecommendedItem } from '../index.ts'
import { icon } from './icons.ts'
import type { ElementMessages } from './messages/en.ts'
import { hasReaction, REACTIONS, type ReactionKind } from './reactions.ts'
import { type FaceHost, faceView } from './tile.ts'

/** What a card shows of an item; the pack's first items have no score and no reason yet. */
export type ListedItem = ItemRecord &
  Pick<Partial<RecommendedItem>, 'headline' | 'isGuess' | 'reaction'>

/** What a card needs of the element it stands in. */
export interface CardHost extends FaceHost {
  readonly messages: ElementMessages
  /** A checked address, or undefined. */
  hrefOf(item: ItemRecord): string | undefined
  open(event: Event, item: ItemRecord): void
  react(item: ListedItem, kind: ReactionKind, slate: string | undefined): void
}

interface CardPlace {
  /** Unique among the cards of the element. */
  readonly key: string
  /** Of the list the card stands in. */
  readonly slate?: string | undefined
}

export function cardView(
  item: ListedItem,
  { key, slate }: CardPlace,
  host: CardHost,
): TemplateResult {
  const { reaction } = item
  const state = hasReaction(reaction, 'dislike')
    ? 'refused'
    : reaction && hasAny(reaction)
      ? 'reacted'
      : ''
  const price = priceView(item, host.messages)
  const priced = price === nothing ? '' : 'priced'
  return html`<li
    class="card ${state} ${priced}" part="card" data-card=${key} data-hearth-item=${item.id}>
    <div class="face">
      <div class="cover" part="cover">${faceView(item, host)}</div>
    </div>
    <div class="meta">
      <h3 class="title" part="title">
        <a
          class="link" part="link" dir="auto"
          href=${host.hrefOf(item) ?? nothing}
          role=${host.hrefOf(item) ? nothing : 'link'}
          tabindex=${host.hrefOf(item) ? nothing : 0}
          @click=${(event: Event) => host.open(event, item)}
          @keydown=${(event: KeyboardEvent) => onEnter(event, item, host)}
          >${item.title}</a
        >
      </h3>
      ${makerView(item)}
      ${price}
      ${whyView(item, host.messages)}
    </div>
    <div class="acts" part="actions">
      ${REACTIONS.map((kind) => action(item, kind, { host, slate }))}
    </div>
  </li>`
}

/** "Ursula K. Le Guin · 1974" */
export const byLine = ({ authors = [], year }: ItemRecord) =>
  [authors.slice(0, 2).join(', '), year]
    .filter((piece) => piece || piece === 0)
    .join(' · ')

/** The same in two pieces, so that a long name is cut and the year is not. */
function makerView({ authors = [], year }: ItemRecord) {
  const names = authors.slice(0, 2).join(', ')
  const when =
    year === undefined ? nothing : html`<span>${names ? ' · ' : ''}${year}</span>`
  return html`<p class="by" part="by"><span class="cut" dir="auto">${names}</span>${when}</p>`
}

/** "€19.99", "€19.99 · Sold out"; nothing where the catalogue names neither. */
function priceView(
  { price, was, currency, available }: ItemRecord,
  { list }: ElementMessages,
): TemplateResult | typeof nothing {
  const now = price === undefined ? '' : list.price(price, currency)
  const soldOut = available === false ? list.soldOut : ''
  const pieces = [now, soldOut].filter((piece) => piece !== '')
  if (pieces.length === 0) return nothing
  const isLess = now !== '' && was !== undefined && was > price!
  const before = isLess
    ? html` <span class="formerly">${list.formerly} </span
        ><s>${list.price(was, currency)}</s>`
    : nothing
  return html`<p class="price" part="price">${pieces.join(' · ')}${before}</p>`
}

/** A first letter in upper case: reasons are written to stand within a sentence. */
export const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

function whyView({ headline, isGuess }: ListedItem, messages: ElementMessages) {
  if (!headline) return nothing
  return html`<p class="why ${isGuess ? 'guess' : ''}" part="why">
    <span>${sentence(reasonText(headline, messages))}</span>
  </p>`
}

function action(
  item: ListedItem,
  kind: ReactionKind,
  { host, slate }: { readonly host: CardHost; readonly slate: string | undefined },
) {
  const { actions } = host.messages
  const isOn = hasReaction(item.reaction, kind)
  return html`<button
    type="button" tabindex="-1" class=${isOn ? 'on' : ''} part="action action-${kind}"
    title=${actions[kind]} aria-label=${actions.on(actions[kind], item.title)}
    aria-pressed=${isOn ? 'true' : 'false'}
    @click=${() => host.react(item, kind, slate)}>${icon(kind)}</button>`
}

function onEnter(event: KeyboardEvent, item: ItemRecord, host: CardHost) {
  if (event.key === 'Enter' && !host.hrefOf(item)) host.open(event, item)
}

const hasAny = (reaction: Reaction) =>
  REACTIONS.some((kind) => hasReaction(reaction, kind))
