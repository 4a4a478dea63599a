'use client'
/** Hearth's elements for the pages of the app: loaded in the browser, never on the server. */
import { usePathname } from 'next/navigation'
import { useEffect } from 'react'

const PACK = '/hearth-pack'

function useElements() {
  useEffect(() => {
    import('hearth-recommender/elements')
  }, [])
}

export function Feed({ children }) {
  useElements()
  return (
    <hearth-feed pack={PACK} count="6">
      {children}
    </hearth-feed>
  )
}

/** What goes with the page that is open. */
export function Related() {
  useElements()
  return (
    <hearth-related
      item={usePathname()}
      pack={PACK}
      count="4"
      heading="In the same case"
    />
  )
}
