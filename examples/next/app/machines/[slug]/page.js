import { notFound } from 'next/navigation'
import { Related } from '../../hearth'
import { machines } from '../../machines'

export const dynamicParams = false

export function generateStaticParams() {
  return machines.map(({ slug }) => ({ slug }))
}

async function machineOf(params) {
  const { slug } = await params
  return machines.find((machine) => machine.slug === slug) ?? notFound()
}

export async function generateMetadata({ params }) {
  const { title, kind, text } = await machineOf(params)
  return { title, description: text.split('. ')[0], other: { 'article:section': kind } }
}

export default async function Machine({ params }) {
  const { title, kind, text } = await machineOf(params)
  return (
    <>
      <article>
        <h1>{title}</h1>
        <p>{kind}</p>
        <p>{text}</p>
      </article>
      <Related />
    </>
  )
}
