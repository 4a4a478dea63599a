/** One card: cover, actions, title, maker, and why it is here. */
import { html, nothing, type TemplateResult } from 'lit'
import { guard } from 'lit/directives/guard.js'
import { coverArt } from '../demo/covers/cover-art.ts'
import { coverView } from '../demo/covers/cover-view.ts'
import type { Pick, Reaction } from '../engine/engine.ts'
import type { ItemRecord } from '../pack/item.ts'
import { icon } from './icons.ts'
import { hasReaction, REACTIONS, type ReactionKind } from './reactions.ts'

/** What a card needs of the element it stands in. */
export interface CardHost {
  /** A checked address, or undefined. */
  hrefOf(item: ItemRecord): string | undefined
  imageOf(item: ItemRecord): string | undefined
  open(event: Event, item: ItemRecord): void
  reaction(pick: Pick, kind: ReactionKind): void
  imageFailed(item: ItemRecord): void
}

const LABELS: Readonly<Record<ReactionKind, string>> = {
  like: 'Like',
  dislike: 'Not for me',
  save: 'Save',
}

/** @param key unique among the cards of the element */
export function cardView(pick: Pick, key: string, host: CardHost): TemplateResult {
  const { item, reaction } = pick
  const state = hasReaction(reaction, 'dislike')
    ? 'refused'
    : reaction && hasAny(reaction)
      ? 'reacted'
      : ''
  return html`<li
    class="card ${state}" part="card" data-card=${key} data-hearth-item=${item.id}>
    <div class="face">
      <div class="cover" part="cover">${face(item, host)}</div>
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
      ${whyView(pick)}
    </div>
    <div class="acts" part="actions">
      ${REACTIONS.map((kind) => action(pick, kind, host))}
    </div>
  </li>`
}

function face(item: ItemRecord, host: CardHost) {
  const image = host.imageOf(item)
  if (!image) return drawnCover(item)
  return html`<img
    src=${image} alt="" width="200" height="300" loading="lazy" decoding="async"
    @error=${() => host.imageFailed(item)} />`
}

/** Drawn once an item (twice, if its picture came later), however often it is rendered. */
export const drawnCover = (item: ItemRecord) =>
  guard([item.id, item.title, coverArt()], () => {
    const author = item.authors?.[0]
    const { title, genres = [] } = item
    return coverView({ title, genres, ...(author ? { author } : {}) }, coverArt())
  })

/** "Ursula K. Le Guin · 1974" */
export const byLine = ({ authors = [], year }: ItemRecord) =>
  [authors.slice(0, 2).join(', '), year]
    .filter((part) => part || part === 0)
    .join(' · ')

/** The same in two pieces, so that a long name is cut and the year is not. */
function makerView({ authors = [], year }: ItemRecord) {
  const names = authors.slice(0, 2).join(', ')
  const when =
    year === undefined ? nothing : html`<span>${names ? ' · ' : ''}${year}</span>`
  return html`<p class="by" part="by"><span class="cut" dir="auto">${names}</span>${when}</p>`
}

/** A first letter in upper case: reasons are written to stand within a sentence. */
export const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

function whyView({ headline, isGuess }: Pick) {
  if (!headline) return nothing
  return html`<p class="why ${isGuess ? 'guess' : ''}" part="why">
    <span>${sentence(headline.text)}</span>
  </p>`
}

function action(pick: Pick, kind: ReactionKind, host: CardHost) {
  const isOn = hasReaction(pick.reaction, kind)
  return html`<button
    type="button" tabindex="-1" class=${isOn ? 'on' : ''} part="action action-${kind}"
    title=${LABELS[kind]} aria-label="${LABELS[kind]}: ${pick.item.title}"
    aria-pressed=${isOn ? 'true' : 'false'}
    @click=${() => host.reaction(pick, kind)}>${icon(kind)}</button>`
}

function onEnter(event: KeyboardEvent, item: ItemRecord, host: CardHost) {
  if (event.key === 'Enter' && !host.hrefOf(item)) host.open(event, item)
}

const hasAny = (reaction: Reaction) =>
  REACTIONS.some((kind) => hasReaction(reaction, kind))
