import { css } from 'lit'

/** A card. Its text has a fixed height: a re-rank shifts nothing. */
export const cardStyles = css`
  .card {
    position: relative;
    display: grid;
    grid-template: auto auto 1fr / minmax(0, 1fr);
    min-width: 0;
    contain: layout style;
    scroll-snap-align: start;
  }
  .face {
    grid-area: 1 / 1;
  }
  .cover {
    aspect-ratio: var(--_tile);
    border-radius: var(--_round);
    overflow: hidden;
    content-visibility: auto; /* what is out of sight is not laid out */
    background: var(--_raised);
    box-shadow:
      0 1px 2px rgb(0 0 0 / 0.13),
      0 8px 20px -10px rgb(0 0 0 / 0.4);
    transition:
      transform 0.18s ease,
      opacity 0.18s ease;
  }
  .cover img {
    width: 100%;
    height: 100%;
    object-fit: contain;
    display: block;
  }
  .card:hover .cover {
    transform: translateY(-3px);
  }
  .meta {
    grid-area: 3 / 1;
    margin-top: 12px;
    height: calc(2 * 15.5px * 1.25 + 20px + var(--_price, 0px) + 6px + 2 * 12.5px * 1.36);
    overflow: hidden;
  }
  .meta .title {
    font: 550 15.5px/1.25 var(--_serif);
    display: -webkit-box;
    -webkit-line-clamp: 2;
    -webkit-box-orient: vertical;
    overflow: hidden;
    overflow-wrap: anywhere;
  }
  .link {
    color: inherit;
    text-decoration: none;
    cursor: pointer;
    outline: none;
  }
  .link::after {
    content: '';
    position: absolute;
    inset: 0;
    border-radius: var(--_round);
  }
  .link:focus-visible::after {
    outline: 2px solid var(--_ember);
    outline-offset: 3px;
  }
  .by {
    color: var(--_soft);
    font-size: 13px;
    line-height: 20px;
    height: 20px;
    display: flex;
    white-space: pre;
  }
  .by .cut {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .priced {
    --_price: 20px;
  }
  .price {
    font-size: 13px;
    line-height: 20px;
    font-variant-numeric: tabular-nums;
  }
  .price s {
    color: var(--_soft);
    margin-inline-start: 4px;
  }
  .why {
    margin-top: 6px;
    font-size: 12.5px;
    line-height: 1.36;
    color: var(--_soft);
    display: flex;
    gap: 6px;
  }
  .why span {
    display: -webkit-box;
    -webkit-line-clamp: 2;
    -webkit-box-orient: vertical;
    overflow: hidden;
  }
  .why::before {
    content: '';
    flex: none;
    width: 7px;
    height: 7px;
    margin-top: 5px;
    border-radius: 50%;
    background: var(--_ember);
  }
  .why.guess::before {
    background: none;
    border: 1.5px solid var(--_ember);
  }
`

/**
 * What can be pressed on a shelf: actions, pagers and the dial. The head keeps the pagers'
 * room while they are not here: nothing wraps when they come.
 */
export const actStyles = css`
  .acts {
    grid-area: 1 / 1;
    align-self: end;
    z-index: 1;
    padding: 0 8px 8px;
    display: flex;
    gap: 6px;
    justify-content: flex-end;
    pointer-events: none;
  }
  .acts button {
    width: 34px;
    height: 34px;
    padding: 0;
    border: 0;
    border-radius: 50%;
    background: rgb(27 24 21 / 0.82);
    color: #fff;
    display: grid;
    place-items: center;
    cursor: pointer;
    opacity: 0;
    pointer-events: auto;
    transition:
      opacity 0.15s,
      background-color 0.15s;
  }
  .card:hover .acts button,
  .card:focus-within .acts button,
  .acts button.on {
    opacity: 1;
  }
  .acts button:hover {
    background: #1b1815;
  }
  .acts button.on {
    background: #b8431a;
  }
  .acts .on .icon {
    fill: currentColor;
  }
  .refused .cover {
    opacity: 0.32;
  }
  .refused .meta .title,
  .refused .by {
    color: var(--_soft);
  }
  .pagers {
    display: none;
    position: absolute;
    top: 0;
    inset-inline-end: 0;
    gap: 6px;
  }
  .pagers button {
    width: 32px;
    height: 32px;
    display: grid;
    place-items: center;
    border: 1px solid var(--_line);
    border-radius: 50%;
    background: var(--_raised);
    cursor: pointer;
  }
  .pagers button:disabled {
    opacity: 0.4;
    cursor: default;
  }
  @media (hover: hover) and (pointer: fine) {
    .pagers {
      display: flex;
    }
    .head {
      position: relative;
      padding-inline-end: 80px;
    }
  }
  @media (hover: none), (pointer: coarse) {
    .acts {
      grid-area: 2 / 1;
      display: grid;
      grid-template: 44px / repeat(3, 1fr);
      gap: 0;
      margin: 4px -8px -8px;
      padding: 0;
    }
    .acts button,
    .acts button:hover {
      opacity: 1;
      width: auto;
      height: 44px;
      background: none;
      color: var(--_soft);
    }
    .acts .icon {
      width: 19px;
      height: 19px;
    }
    .acts button.on,
    .acts button.on:hover {
      background: none;
      color: var(--_ember);
    }
  }
  .dial {
    margin-inline-start: auto;
    display: flex;
    gap: 10px;
    align-items: center;
    color: var(--_soft);
    font-size: 13px;
  }
  .dial input {
    width: 130px;
    min-height: 24px;
    margin: 0;
    accent-color: var(--_ember);
    cursor: pointer;
  }
  @container (max-width: 479px) {
    .dial {
      margin-inline-start: 0;
      width: 100%;
    }
    .dial input {
      flex: 1;
      min-height: 44px;
      margin-block: -8px;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .cover,
    .acts button {
      transition: none;
    }
  }
`

/**
 * Shelves and their rows, as wide as the element allows. The container is not the host:
 * before Chrome 129, Firefox 133 and Safari 18.4 it would hold the toast, which is fixed.
 */
export const shelfStyles = css`
  :host {
    container-type: normal;
  }
  .lists {
    container-type: inline-size;
  }
  .shelf {
    margin-bottom: 36px;
  }
  .head {
    display: flex;
    align-items: baseline;
    gap: 4px 12px;
    flex-wrap: wrap;
    min-height: 32px;
    margin-bottom: 14px;
  }
  h2 {
    font: 500 25px/1.2 var(--_serif);
    letter-spacing: -0.01em;
    text-wrap: balance;
  }
  h2 em {
    color: var(--_ember);
    font-style: normal;
  }
  .note {
    color: var(--_soft);
    font-size: 13.5px;
  }
  .row,
  .grid {
    --_columns: 2.35;
    list-style: none;
    display: grid;
    gap: var(--_gap);
    padding: 6px var(--_bleed) 4px;
    margin: -6px calc(-1 * var(--_bleed)) 0;
  }
  .row {
    grid-auto-flow: column;
    grid-auto-columns: calc((100% - (var(--_columns) - 1) * var(--_gap)) / var(--_columns));
    overflow-x: auto;
    overscroll-behavior-x: contain;
    scroll-snap-type: x proximity;
    scroll-padding-inline: var(--_bleed);
    scrollbar-width: none;
    justify-content: start;
  }
  .row::-webkit-scrollbar {
    display: none;
  }
  .grid {
    grid-template-columns: repeat(var(--_whole, 2), minmax(0, 1fr));
    row-gap: 28px;
  }
  @container (max-width: 479px) {
    .row,
    .grid {
      --_gap: var(--hearth-gap, 16px);
    }
    h2 {
      font-size: 21px;
    }
    .head {
      margin-bottom: 10px;
    }
    .note {
      flex-basis: 100%;
      white-space: nowrap;
      overflow: hidden;
      text-overflow: ellipsis;
    }
    .shelf {
      margin-bottom: 24px;
    }
  }
  @container (min-width: 480px) {
    .row,
    .grid {
      --_columns: 3.3;
      --_whole: 3;
    }
  }
  @container (min-width: 680px) {
    .row,
    .grid {
      --_columns: 4;
      --_whole: 4;
    }
  }
  @container (min-width: 860px) {
    .row,
    .grid {
      --_columns: 5;
      --_whole: 5;
    }
  }
  @container (min-width: 1040px) {
    .row,
    .grid {
      --_columns: 6;
      --_whole: 6;
    }
  }
`
