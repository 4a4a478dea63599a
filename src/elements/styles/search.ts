import { css } from 'lit'

export const searchStyles = css`
  :host {
    container-type: normal;
    margin-block: var(--_gap);
  }
  .find {
    position: relative;
  }
  .find > .icon {
    position: absolute;
    inset-inline-start: 15px;
    top: 14px;
    color: var(--_soft);
    pointer-events: none;
  }
  input {
    width: 100%;
    min-height: 44px;
    padding-block: 9px;
    padding-inline: 41px 16px;
    border: 1px solid var(--_line);
    border-radius: 999px;
    background: var(--_raised);
    color: inherit;
    font: inherit;
    font-size: max(15px, 1em);
    appearance: none;
  }
  @media (pointer: coarse) {
    input {
      font-size: 16px; /* a smaller one makes iOS zoom in */
    }
  }
  input::placeholder {
    color: var(--_soft);
    opacity: 1;
  }
  input:focus-visible {
    border-radius: 999px;
    outline-offset: 0;
  }
  input::-webkit-search-cancel-button {
    appearance: none;
    width: 14px;
    height: 14px;
    margin-inline-end: 6px;
    cursor: pointer;
    background:
      linear-gradient(45deg, transparent 45%, var(--_soft) 45% 55%, transparent 55%),
      linear-gradient(-45deg, transparent 45%, var(--_soft) 45% 55%, transparent 55%);
  }
  .panel {
    position: absolute;
    inset: calc(100% + 6px) 0 auto;
    z-index: 10;
    max-height: min(70vh, 560px);
    overflow-y: auto;
    border: 1px solid var(--_line);
    border-radius: 16px;
    background: var(--_raised);
    box-shadow: 0 18px 50px -16px rgb(0 0 0 / 0.35);
  }
  ul {
    list-style: none;
    padding: 6px;
  }
  li {
    display: grid;
    grid-template-columns: 40px 1fr;
    gap: 14px;
    align-items: center;
    padding: 6px 10px;
    border-radius: 10px;
    cursor: pointer;
  }
  li.active,
  li:hover {
    background: var(--_wash);
  }
  @media (forced-colors: active) {
    li.active {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
  }
  .thumb {
    aspect-ratio: var(--_tile);
    border-radius: 3px;
    overflow: hidden;
    background: var(--_line);
  }
  .thumb img {
    width: 100%;
    height: 100%;
    object-fit: contain;
    display: block;
  }
  .thumb .tile span {
    display: none;
  }
  .what {
    min-width: 0;
    display: grid;
    line-height: 1.35;
  }
  .what > * {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  b {
    font: 550 16px/1.35 var(--_serif);
  }
  .what span,
  small,
  .mode,
  .none {
    color: var(--_soft);
    font-size: 13px;
  }
  .none {
    padding: 2px 16px 10px;
  }
  .mode {
    padding: 8px 16px;
    border-top: 1px solid var(--_line);
    position: sticky;
    bottom: 0;
    background: var(--_raised);
  }
  .mode:empty {
    display: none;
  }
`
