import { css } from 'lit'

/** Shelves and their rows, as wide as the element allows. */
export const shelfStyles = css`
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
