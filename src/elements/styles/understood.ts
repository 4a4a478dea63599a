import { css } from 'lit'

export const understoodStyles = css`
  ul.understood {
    list-style: none;
    margin: 0;
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
    padding: 10px 12px 4px;
  }
  .above-list ul.understood {
    padding: 0 0 14px;
  }
  li.chip {
    display: block;
    padding: 0;
    border-radius: 999px;
  }
  .chip button {
    min-height: 32px;
    padding: 3px 12px;
    border: 1px solid var(--_line);
    border-radius: 999px;
    background: none;
    color: inherit;
    font: inherit;
    font-size: 13px;
    cursor: pointer;
  }
`
