import Link from 'next/link'
import { Feed } from './hearth'
import { machines } from './machines'

export default function Home() {
  return (
    <>
      <h1>Things with handles</h1>
      <Feed>
        <ul>
          {machines.map(({ slug, title }) => (
            <li key={slug}>
              <Link href={`/machines/${slug}/`}>{title}</Link>
            </li>
          ))}
        </ul>
      </Feed>
    </>
  )
}
