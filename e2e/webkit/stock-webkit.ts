/** What Playwright's fixtures need of a browser, by Debian's WebKitGTK. */
import type { BrowserContext } from '@playwright/test'
import { openDisplay } from './display.ts'
import { launchWebKit, type WindowOptions } from './launch.ts'

export class StockWebKit {
  /** How the windows of the next context look. */
  next: Omit<WindowOptions, 'display'> | undefined
  /** Playwright's own fixtures look for headers in it. */
  readonly _connection = {}
  readonly #screen: { readonly display: string; close(): void }

  static async open(): Promise<StockWebKit> {
    return new StockWebKit(await openDisplay())
  }

  private constructor(screen: { readonly display: string; close(): void }) {
    this.#screen = screen
  }

  /** A profile of its own; its pages are opened with it. */
  async newContext(): Promise<BrowserContext> {
    if (!this.next) throw new Error('name the windows first: `next` is not set')
    return launchWebKit({ ...this.next, display: this.#screen.display })
  }

  async close() {
    this.#screen.close()
  }
}
