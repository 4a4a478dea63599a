import { css } from 'lit'

/** Rows of names, bars and the three choices; the small menu of an item's page. */
export const tasteStyles = css`
  h2 {
    margin-bottom: 12px;
    font: 500 25px / 1.2 var(--_serif);
    letter-spacing: -0.01em;
  }
  .group + .group {
    margin-top: 28px;
  }
  h3,
  h4 {
    margin: 14px 0 2px;
    color: var(--_soft);
    font: 550 13px / 1.4 var(--_sans);
  }
  h4 {
    margin-top: 6px;
    font-weight: 400;
  }
  .hint,
  small {
    color: var(--_soft);
    font-size: 13.5px;
  }
  small {
    font-size: 13px;
    white-space: nowrap;
    font-variant-numeric: tabular-nums;
  }
  ul {
    list-style: none;
    padding: 0;
  }
  .relation li {
    display: grid;
    grid-template-columns: minmax(0, 130px) minmax(24px, 1fr) auto auto 44px;
    gap: 0 10px;
    align-items: center;
    min-height: 44px;
    font-size: 14px;
  }
  .relation .name {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .relation small {
    grid-column: 4;
    min-width: 52px;
    text-align: end;
  }
  .relation .more {
    grid-column: 5;
  }
  .relation .choices {
    grid-column: 1 / -1;
    padding-bottom: 8px;
  }
  .bar {
    width: 100%;
    height: 8px;
    border-radius: 4px;
    background: var(--_line);
  }
  .bar rect {
    fill: var(--_ember);
  }
  .refused .bar rect {
    fill: var(--_soft);
  }
  .now {
    padding: 1px 8px;
    border-radius: 999px;
    background: var(--_wash);
    font-size: 12.5px;
    white-space: nowrap;
  }
  .stated {
    display: flex;
    gap: 4px 12px;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    padding: 4px 0;
    border-top: 1px solid var(--_line);
    font-size: 14px;
  }
  .stated .name {
    min-width: 0;
    overflow-wrap: anywhere;
  }
  .stated b {
    font-weight: 550;
  }
  .choices {
    display: inline-flex;
    gap: 6px;
  }
  .choice {
    min-height: 44px;
    min-width: 44px;
    padding: 4px 14px;
    border: 1px solid var(--_line);
    border-radius: 999px;
    background: var(--_raised);
    font-size: 13.5px;
    cursor: pointer;
  }
  .choice:hover {
    border-color: var(--_soft);
  }
  .choice.on {
    background: var(--_wash);
    border-color: var(--_ember);
  }
  .choice.on.less,
  .choice.on.never {
    background: var(--_line);
    border-color: var(--_soft);
  }
  .more {
    display: grid;
    place-items: center;
    width: 44px;
    height: 44px;
    padding: 0;
    border: 0;
    border-radius: 50%;
    background: none;
    color: var(--_soft);
    cursor: pointer;
  }
  .more:hover,
  .more[aria-expanded='true'] {
    color: var(--_ink);
    background: var(--_wash);
  }
  .quiet {
    min-height: 44px;
    padding: 4px 0;
    border: 0;
    background: none;
    color: var(--_soft);
    font-size: 13.5px;
    cursor: pointer;
  }
  .quiet:hover {
    color: var(--_ink);
  }
  summary {
    display: flex;
    gap: 8px;
    align-items: center;
    flex-wrap: wrap;
    min-height: 44px;
    width: fit-content;
    color: var(--_soft);
    list-style: none;
    cursor: pointer;
  }
  summary::-webkit-details-marker {
    display: none;
  }
  summary:hover span {
    color: var(--_ink);
    text-decoration: underline;
    text-underline-offset: 3px;
  }
  .menu ul {
    max-width: 520px;
  }
  .menu small {
    white-space: normal;
  }
`
