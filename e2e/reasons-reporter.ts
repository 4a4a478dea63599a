/** Says at the end which browsers were not tried, and what was skipped in one, and why. */
import type { Reporter, TestCase } from '@playwright/test/reporter'
import { missingBrowsers } from './browsers.ts'

// biome-ignore lint/style/noDefaultExport: Playwright asks for one
export default class ReasonsReporter implements Reporter {
  readonly #lines: string[] = []

  onTestEnd(test: TestCase) {
    const skip = test.annotations.find(({ type }) => type === 'skip')
    const [, project] = test.titlePath()
    if (skip)
      this.#lines.push(`skipped in ${project}: ${test.title}: ${skip.description}`)
  }

  onEnd() {
    for (const line of [...missingBrowsers(), ...this.#lines]) console.log(line)
  }
}
