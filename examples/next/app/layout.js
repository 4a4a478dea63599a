import './style.css'
import Link from 'next/link'

export const metadata = {
  title: { default: 'Small Machines', template: '%s · Small Machines' },
  description: 'An exhibition of things with handles.',
  icons: '/favicon.svg',
}

export default function Layout({ children }) {
  return (
    <html lang="en">
      <body>
        <header>
          <Link href="/">Small Machines</Link>
        </header>
        <main>{children}</main>
        <footer>Admission is free, as nothing here exists.</footer>
      </body>
    </html>
  )
}
