import Layout from '@theme/Layout'

export default function Home() {
  return (
    <Layout title="Home" description="Tide tables in a terminal.">
      <main className="container margin-vert--lg">
        <h1>Tide tables in a terminal</h1>
        <hearth-feed pack="/hearth-pack" count="6">
          <a href="/docs/install/">Install Tern</a>
        </hearth-feed>
      </main>
    </Layout>
  )
}
