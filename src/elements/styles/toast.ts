import { css } from 'lit'

/** The toast with its Undo; comes with what shows it. */
export const toastStyles = css`
  .toast {
    position: fixed;
    inset: auto 0 max(20px, env(safe-area-inset-bottom));
    z-index: 20;
    width: fit-content;
    max-width: calc(100% - 32px);
    margin-inline: auto;
    display: flex;
    gap: 4px;
    align-items: center;
    padding: 4px 6px 4px 18px;
    border-radius: 999px;
    background: #26221e;
    background: light-dark(#26221e, #f1ece4);
    color: #f7f3ec;
    color: light-dark(#f7f3ec, #221f1b);
    box-shadow: 0 8px 30px -8px rgb(0 0 0 / 0.5);
    font-size: 14px;
  }
  .toast span {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .toast button {
    flex: none;
    min-height: 40px;
    padding: 4px 14px;
    border: 0;
    border-radius: 999px;
    background: none;
    color: #ffb183;
    color: light-dark(#ffb183, #a83b14);
    font-weight: 600;
    cursor: pointer;
  }
`
