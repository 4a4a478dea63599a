/** @type {import('@docusaurus/types').Config} */
const config = {
  title: 'Tern',
  tagline: 'Tide tables in a terminal',
  favicon: 'favicon.svg',
  url: 'https://tern.example',
  baseUrl: '/',
  trailingSlash: true,
  baseUrlIssueBanner: false,
  scripts: [{ src: '/hearth/hearth.js', type: 'module' }],
  future: { v4: true, faster: true },
  presets: [
    [
      'classic',
      {
        docs: { sidebarPath: './sidebars.js' },
        blog: false,
        theme: { customCss: './src/css/custom.css' },
      },
    ],
  ],
  themeConfig: {
    navbar: {
      title: 'Tern',
      items: [
        { type: 'docSidebar', sidebarId: 'docs', label: 'Docs', position: 'left' },
        {
          type: 'html',
          position: 'right',
          value:
            '<hearth-search pack="/hearth-pack" placeholder="Search the docs"></hearth-search>',
        },
      ],
    },
  },
}

export default config
