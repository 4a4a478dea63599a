/** A catalogue of one list and a page for each plant, told apart by the address's hash. */
import { useSyncExternalStore } from 'react'
import plants from './plants.json'

const PACK = '/hearth-pack'

function useHash() {
  return useSyncExternalStore(
    (listener) => {
      addEventListener('hashchange', listener)
      return () => removeEventListener('hashchange', listener)
    },
    () => location.hash,
  )
}

export function App() {
  const hash = useHash()
  const plant = plants.find(({ url }) => url === hash)
  return (
    <>
      <header>
        <a href="#/">Windowsill</a>
        <hearth-search pack={PACK} assets="/hearth" placeholder="Find a plant" />
      </header>
      <main>{plant ? <Plant {...plant} /> : <Home />}</main>
    </>
  )
}

function Home() {
  return (
    <>
      <h1>Plants that forgive</h1>
      <hearth-feed pack={PACK} count={6}>
        <ul>
          {plants.map(({ id, url, title }) => (
            <li key={id}>
              <a href={url}>{title}</a>
            </li>
          ))}
        </ul>
      </hearth-feed>
    </>
  )
}

function Plant({ id, title, category, description }: (typeof plants)[number]) {
  return (
    <>
      <article>
        <h1>{title}</h1>
        <p>{category}</p>
        <p>{description}</p>
      </article>
      <hearth-related item={id} pack={PACK} count={4} heading="Beside it" />
    </>
  )
}
