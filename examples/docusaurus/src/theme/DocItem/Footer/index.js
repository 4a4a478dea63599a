/** The theme's own footer of a page, and below it the pages that go with this one. */
import { useDoc } from '@docusaurus/plugin-content-docs/client'
import Footer from '@theme-original/DocItem/Footer'

export default function FooterWithRelated(props) {
  const { metadata } = useDoc()
  return (
    <>
      <Footer {...props} />
      <hearth-related
        item={metadata.permalink}
        pack="/hearth-pack"
        count="3"
        heading="Read next"
      />
    </>
  )
}
