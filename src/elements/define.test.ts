/** In Node, as a site that renders its pages there imports the elements. */
import { expect, test } from 'vitest'
import { HearthFeedElement } from './index.ts'

test('the elements can be imported where there is no page', () => {
  expect(globalThis.document).toBeUndefined()
  expect(HearthFeedElement.observedAttributes).toContain('pack')
})
