import { css } from 'lit'

/**
 * Colours, letters and spaces of every element. Set the documented properties on the page
 * to change them: --hearth-paper, -raised, -line, -ink, -soft, -ember, -ember-wash (colours),
 * --hearth-serif, --hearth-sans (font families), --hearth-gap, --hearth-round (lengths) and
 * --hearth-bleed (how far rows may run over the element's sides, default 0), and
 * --hearth-tile (width / height of the box an item's picture stands in, default 1 / 1).
 * Dark values are used where the page's `color-scheme` is dark; browsers before Chrome 123,
 * Firefox 120 and Safari 17.5 use the system's colours, which follow it too.
 */
export const baseStyles = css`
  :host {
    --_paper: var(--hearth-paper, light-dark(#faf8f4, #171513));
    --_raised: var(--hearth-raised, light-dark(#ffffff, #211e1b));
    --_line: var(--hearth-line, light-dark(#e7e2d9, #35302a));
    --_ink: var(--hearth-ink, light-dark(#1f1c18, #ece7df));
    --_soft: var(--hearth-soft, light-dark(#6a6259, #a89f93));
    --_ember: var(--hearth-ember, light-dark(#b8431a, #f0905a));
    --_wash: var(--hearth-ember-wash, light-dark(#fbeee6, #33231a));
    --_serif: var(--hearth-serif, Newsreader, 'Iowan Old Style', Charter, Georgia, serif);
    --_sans: var(--hearth-sans, Inter, system-ui, sans-serif);
    --_gap: var(--hearth-gap, 24px);
    --_round: var(--hearth-round, 6px);
    --_bleed: var(--hearth-bleed, 0px);
    --_tile: var(--hearth-tile, 1 / 1);
    display: block;
    container-type: inline-size;
    color: var(--_ink);
    font: 15px / 1.5 var(--_sans);
    overflow-anchor: none;
    -webkit-font-smoothing: antialiased;
  }
  @supports not (color: light-dark(red, red)) {
    :host {
      --_paper: var(--hearth-paper, Canvas);
      --_raised: var(--hearth-raised, Canvas);
      --_line: var(--hearth-line, GrayText);
      --_ink: var(--hearth-ink, CanvasText);
      --_soft: var(--hearth-soft, CanvasText);
      --_ember: var(--hearth-ember, LinkText);
      --_wash: var(--hearth-ember-wash, Canvas);
    }
  }
  :host([hidden]) {
    display: none;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
    margin: 0;
  }
  button {
    font: inherit;
    color: inherit;
  }
  :focus-visible {
    outline: 2px solid var(--_ember);
    outline-offset: 2px;
    border-radius: 6px;
  }
  .icon {
    width: 16px;
    height: 16px;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.8;
    stroke-linecap: round;
    stroke-linejoin: round;
    display: block;
  }
  .announcement,
  .formerly {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .tile {
    container-type: inline-size;
    width: 100%;
    height: 100%;
    display: flex;
    flex-direction: column;
    justify-content: flex-end;
    overflow: hidden;
    background: linear-gradient(160deg, var(--_wash), var(--_line));
    color: var(--_ink);
    font-family: var(--_serif);
  }
  .tile b {
    margin: auto;
    color: var(--_ember);
    font-size: 34cqi;
    font-weight: 500;
    line-height: 1;
  }
  .tile span {
    display: -webkit-box;
    -webkit-line-clamp: 2;
    -webkit-box-orient: vertical;
    overflow: hidden;
    margin: 0 10cqi 10cqi;
    font-size: max(11px, 8cqi);
    line-height: 1.25;
    overflow-wrap: anywhere;
  }
  .broken {
    display: flex;
    gap: 16px;
    align-items: center;
    flex-wrap: wrap;
    padding: 16px 20px;
    border: 1px solid var(--_line);
    border-radius: 10px;
    background: var(--_raised);
  }
  .pill {
    min-height: 44px;
    padding: 8px 18px;
    border: 1px solid var(--_line);
    border-radius: 999px;
    background: var(--_raised);
    cursor: pointer;
  }
  .pill:hover {
    border-color: var(--_soft);
  }
`
