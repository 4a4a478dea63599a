/** What `search-start.ts` runs in the page. */

export interface SearchTimes {
  /** From the first keystroke to the first list by words, of what was typed so far. */
  readonly wordsMs: number
  /** From the first keystroke to the list by meaning. */
  readonly meaningMs: number
  /** A whole feed asked for now and then while the search was on its way. */
  readonly picksMs: number[]
}

/**
 * Types, looks at what is shown in every frame, and asks for picks meanwhile. Text,
 * because what a bundler adds to a function does not exist in the page.
 */
export const SEARCH_SCRIPT = `async ({ text, keyMs }) => {
  const box = document.querySelector('hearth-search')
  const { hearth } = document.querySelector('hearth-feed')
  const input = box.shadowRoot.querySelector('input')
  const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
  const write = (value) => {
    input.value = value
    input.dispatchEvent(new Event('input'))
  }
  write('')
  await wait(100)
  input.focus()

  const start = performance.now()
  let wordsMs, meaningMs, isDone = false
  const look = () => {
    const list = box.shadowRoot.querySelector('[role=option]')
    const mode = box.shadowRoot.querySelector('.mode')?.textContent.trim() ?? ''
    const now = performance.now() - start
    if (list) wordsMs ??= now
    // the box says so of the newest text only, and never before it is all typed
    if (list && mode === 'By keywords and meaning' && input.value === text) meaningMs ??= now
    if (meaningMs === undefined && now < 120000) requestAnimationFrame(look)
    else isDone = true
  }
  requestAnimationFrame(look)

  const picksMs = []
  const pick = async () => {
    while (!isDone) {
      const asked = performance.now()
      await hearth.shelves({ count: 20 })
      picksMs.push(performance.now() - asked)
      await wait(150)
    }
  }
  const picking = pick()
  if (keyMs === 0) write(text)
  else {
    for (let end = 1; end <= text.length; end++) {
      write(text.slice(0, end))
      await wait(keyMs)
    }
  }
  while (!isDone) await wait(20)
  await picking
  if (meaningMs === undefined) {
    throw new Error('no answer by meaning: ' + JSON.stringify((await hearth.state()).encoder))
  }
  return { wordsMs, meaningMs, picksMs }
}`
