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
    aspect-ratio: 2 / 3;
    border-radius: var(--_round);
    overflow: hidden;
    content-visibility: auto; /* covers out of sight are not laid out */
    background: var(--_line);
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
    object-fit: cover;
    display: block;
  }
  .card:hover .cover {
    transform: translateY(-3px);
  }
  .meta {
    grid-area: 3 / 1;
    margin-top: 12px;
    height: calc(2 * 15.5px * 1.25 + 20px + 6px + 2 * 12.5px * 1.36);
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
