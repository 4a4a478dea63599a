import { css } from 'lit'

/** What can be pressed on a shelf: actions, pagers and the dial. */
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
    margin-left: auto;
    gap: 6px;
    align-self: center;
  }
  .dial + .pagers {
    margin-left: 8px;
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
    margin-left: auto;
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
      margin-left: 0;
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
