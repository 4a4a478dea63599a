import { css } from 'lit'

/** One line, then a question with covers or chips; nothing moves but by a press. */
export const welcomeStyles = css`
  .line {
    display: flex;
    gap: 8px 20px;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    min-height: 68px;
    padding: 10px 12px 10px 20px;
    border: 1px solid var(--_line);
    border-radius: 12px;
    background: var(--_raised);
  }
  .line > p:first-child {
    font: 500 17px / 1.35 var(--_serif);
    text-wrap: balance;
  }
  .thanks:focus,
  h2:focus {
    outline: none;
  }
  .btns {
    display: flex;
    gap: 8px;
    flex-wrap: wrap;
    align-items: center;
  }
  .quiet {
    min-height: 44px;
    padding: 4px 12px;
    border: 0;
    background: none;
    color: var(--_soft);
    cursor: pointer;
  }
  .quiet:hover {
    color: var(--_ink);
  }
  .main,
  .start {
    background: var(--_ink);
    border-color: var(--_ink);
    color: var(--_paper);
  }
  .question {
    scroll-margin-top: 120px; /* a page's head may stand above */
    padding: 20px 24px 24px;
    border: 1px solid var(--_line);
    border-radius: 12px;
    background: var(--_raised);
  }
  .place,
  .note {
    color: var(--_soft);
    font-size: 13.5px;
  }
  h2 {
    margin: 2px 0 4px;
    font: 500 25px / 1.2 var(--_serif);
    letter-spacing: -0.01em;
    text-wrap: balance;
  }
  .question > .btns {
    margin-top: 20px;
  }
  .items {
    display: grid;
    grid-template-columns: repeat(3, minmax(0, 1fr));
    gap: 16px 12px;
    margin-top: 16px;
    padding: 0;
    list-style: none;
  }
  .item {
    position: relative;
    display: block;
    width: 100%;
    padding: 0;
    border: 0;
    background: none;
    text-align: start;
    cursor: pointer;
  }
  .cover {
    display: block;
    aspect-ratio: var(--_tile);
    border-radius: var(--_round);
    overflow: hidden;
    background: var(--_line);
    box-shadow: 0 1px 2px rgb(0 0 0 / 0.13);
  }
  .cover img {
    display: block;
    width: 100%;
    height: 100%;
    object-fit: contain;
  }
  .item:hover .cover {
    box-shadow: 0 8px 20px -8px rgb(0 0 0 / 0.45);
  }
  .item.on .cover {
    outline: 3px solid var(--_ember);
    outline-offset: 2px;
  }
  .tick {
    position: absolute;
    inset-inline-end: 6px;
    top: 6px;
    display: none;
    place-items: center;
    width: 28px;
    height: 28px;
    border-radius: 50%;
    background: #b8431a;
    color: #fff;
  }
  .item.on .tick {
    display: grid;
  }
  .item .title {
    display: -webkit-box;
    -webkit-line-clamp: 2;
    -webkit-box-orient: vertical;
    overflow: hidden;
    height: 2.5em;
    margin-top: 8px;
    font: 550 13.5px / 1.25 var(--_serif);
    overflow-wrap: anywhere;
  }
  .chips {
    display: flex;
    gap: 8px;
    flex-wrap: wrap;
    margin-top: 16px;
  }
  .chip {
    min-height: 44px;
    padding: 8px 18px;
    border: 1px solid var(--_line);
    border-radius: 999px;
    background: var(--_paper);
    cursor: pointer;
  }
  .chip:hover {
    border-color: var(--_soft);
  }
  .chip.on {
    background: var(--_wash);
    border-color: var(--_ember);
  }
  .chip.never.on {
    background: var(--_line);
    border-color: var(--_soft);
    text-decoration: line-through;
  }
  @container (min-width: 560px) {
    .items {
      grid-template-columns: repeat(6, minmax(0, 1fr));
      gap: 18px 20px;
    }
  }
  @container (max-width: 479px) {
    .line {
      padding: 12px 12px 8px 16px;
    }
    .question {
      padding: 16px 16px 20px;
    }
    h2 {
      font-size: 21px;
    }
  }
`
