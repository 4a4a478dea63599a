import { css } from 'lit'

/** The toast with its Undo, what stands below a list, and the bones of cards not here yet. */
export const stateStyles = css`
  .more {
    display: block;
    margin: 4px auto 24px;
  }
  .none {
    padding: 32px 0;
    color: var(--_soft);
    text-align: center;
  }
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
  .bone .cover,
  i {
    background: var(--_line);
    box-shadow: none;
    animation: breathe 1.6s ease-in-out infinite;
  }
  .bone .meta i,
  .head h2 i {
    display: block;
    height: 12px;
    margin-bottom: 9px;
    border-radius: 6px;
  }
  .head h2 i {
    display: inline-block;
    width: 130px;
    height: 18px;
    margin: 0;
  }
  .w5 {
    width: 50%;
  }
  .w7 {
    width: 70%;
  }
  .w8 {
    width: 85%;
  }
  @keyframes breathe {
    50% {
      opacity: 0.5;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .bone .cover,
    i {
      animation: none;
    }
  }
`
