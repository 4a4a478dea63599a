import { css } from 'lit'

/** The log by days, the tools above it, and the line about storage. */
export const profileStyles = css`
  .where,
  .hint,
  time {
    color: var(--_soft);
    font-size: 13.5px;
  }
  .keep {
    display: flex;
    width: fit-content;
    gap: 10px;
    align-items: center;
    min-height: 44px;
    cursor: pointer;
  }
  .keep input {
    width: 18px;
    height: 18px;
    accent-color: var(--_ember);
  }
  .btns,
  .question {
    display: flex;
    gap: 10px;
    flex-wrap: wrap;
    align-items: center;
    margin-top: 8px;
  }
  .question {
    margin: 0;
  }
  .pill.file {
    position: relative;
    display: inline-flex;
    align-items: center;
  }
  .pill:has(:focus-visible) {
    outline: 2px solid var(--_ember);
    outline-offset: 2px;
  }
  .pill.danger {
    background: #a5321b;
    background: light-dark(#a5321b, #c9472b);
    border-color: transparent;
    color: #fff;
  }
  .outcome {
    margin-top: 12px;
    padding: 12px 16px;
    border-radius: 10px;
    background: var(--_wash);
    font-size: 14px;
  }
  .outcome.problem {
    box-shadow: inset 3px 0 var(--_ember);
  }
  .hint {
    margin-top: 12px;
  }
  .batch {
    display: flex;
    gap: 4px 12px;
    flex-wrap: wrap;
    align-items: center;
    margin-top: 8px;
  }
  h2 {
    margin: 20px 0 8px;
    color: var(--_soft);
    font: 550 13px / 1.4 var(--_sans);
  }
  section + .pill {
    margin-top: 16px;
  }
  .log {
    list-style: none;
    padding: 0;
    border: 1px solid var(--_line);
    border-radius: 12px;
    background: var(--_raised);
  }
  .log li {
    display: grid;
    grid-template-columns: 20px 1fr auto auto;
    gap: 12px;
    align-items: center;
    min-height: 48px;
    padding: 2px 8px 2px 16px;
    border-top: 1px solid var(--_line);
  }
  .log li:first-child {
    border-top: 0;
  }
  .log li > span {
    min-width: 0;
    overflow-wrap: anywhere;
  }
  .log .icon {
    color: var(--_soft);
  }
  .log a,
  .log b {
    color: inherit;
    font-weight: 550;
    text-decoration: none;
  }
  .log a:hover {
    text-decoration: underline;
  }
  time {
    font-variant-numeric: tabular-nums;
  }
  .quiet {
    min-height: 44px;
    padding: 4px 8px;
    border: 0;
    background: none;
    color: var(--_soft);
    cursor: pointer;
  }
  .quiet:hover {
    color: var(--_ink);
  }
  .empty {
    display: grid;
    justify-items: start;
    gap: 12px;
    margin-top: 20px;
    padding: 32px;
    border: 1px solid var(--_line);
    border-radius: 10px;
    background: var(--_raised);
  }
  .bones li {
    display: block;
    padding-top: 17px;
  }
  .bones i {
    display: block;
    width: 40%;
    height: 16px;
    border-radius: 8px;
    background: var(--_line);
  }
  @container (max-width: 479px) {
    time {
      display: none;
    }
    .log li {
      grid-template-columns: 20px 1fr auto;
    }
  }
`
