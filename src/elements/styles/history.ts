import { css } from 'lit'

/** "Bring your history": a closed section above the log, and the list to choose from. */
export const historyStyles = css`
  .history {
    margin-top: 16px;
    padding: 4px 16px;
    border: 1px solid var(--_line);
    border-radius: 12px;
    background: var(--_raised);
  }
  .history[open] {
    padding-bottom: 16px;
  }
  .history.over {
    border-color: var(--_ember);
    background: var(--_wash);
  }
  .history summary {
    display: flex;
    align-items: center;
    min-height: 44px;
    gap: 8px;
    cursor: pointer;
    font-weight: 550;
    list-style: none;
  }
  .history summary::-webkit-details-marker {
    display: none;
  }
  .history summary::before {
    content: '';
    width: 7px;
    height: 7px;
    margin: 0 3px;
    border: solid var(--_soft);
    border-width: 0 2px 2px 0;
    rotate: -45deg;
    transition: rotate 0.15s;
  }
  .history details[open] > summary::before,
  .history[open] > summary::before {
    rotate: 45deg;
  }
  .history details summary,
  .history legend,
  .preview h3 {
    font: 550 14px / 1.4 var(--_sans);
  }
  .history legend {
    padding: 0;
  }
  .preview {
    margin-top: 12px;
  }
  .preview h3 {
    font-size: 16px;
  }
  .history fieldset {
    min-width: 0;
    margin-top: 12px;
    padding: 0;
    border: 0;
  }
  .history ul {
    list-style: none;
    padding: 0;
  }
  .history fieldset ul {
    border-top: 1px solid var(--_line);
  }
  .history .row {
    display: grid;
    grid-template-columns: 20px minmax(0, 1fr) auto;
    gap: 12px;
    align-items: center;
    min-height: 44px;
    padding: 6px 0;
    border-bottom: 1px solid var(--_line);
    cursor: pointer;
  }
  .history .row.all {
    border: 0;
  }
  .history .row input {
    width: 18px;
    height: 18px;
    accent-color: var(--_ember);
  }
  .what,
  .becomes {
    display: grid;
    overflow-wrap: anywhere;
  }
  .what b {
    font-weight: 550;
  }
  .by,
  .plain,
  .becomes {
    color: var(--_soft);
    font-size: 13.5px;
  }
  .becomes {
    justify-items: end;
    text-align: end;
  }
  .plain li {
    padding: 3px 0 3px 21px;
    overflow-wrap: anywhere;
  }
  .sources dl > div {
    display: grid;
    grid-template-columns: 116px minmax(0, 1fr);
    gap: 12px;
    padding: 4px 0;
    font-size: 13.5px;
  }
  .sources dt {
    font-weight: 550;
  }
  .sources dd {
    color: var(--_soft);
  }
  .after {
    display: flex;
    flex-wrap: wrap;
    gap: 10px;
    align-items: center;
  }
  .after .outcome {
    flex: 1 1 200px;
    overflow-wrap: anywhere;
  }
  .after .undo {
    margin-top: 12px;
  }
  .pill.add {
    border-color: transparent;
    background: var(--_ember);
    color: var(--_paper);
    font-weight: 550;
  }
  .pill.add:disabled {
    opacity: 0.5;
    cursor: default;
  }
  .batches li {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    align-items: center;
    gap: 12px;
    margin-top: 8px;
    font-size: 14px;
  }
  @container (max-width: 479px) {
    .history .row:not(.all) {
      grid-template-columns: 20px minmax(0, 1fr);
    }
    .becomes {
      display: flex;
      gap: 8px;
      grid-column: 2;
      justify-self: start;
      text-align: start;
    }
    .history time {
      display: inline;
    }
    .sources dl > div {
      grid-template-columns: 1fr;
      gap: 0;
    }
  }
`
