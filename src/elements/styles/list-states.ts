import { css } from 'lit'

/** What stands below a list, and the bones of cards not here yet. */
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
