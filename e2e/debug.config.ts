import base from './playwright.config.ts'
const { globalSetup: _g, webServer: _w, ...rest } = base
// biome-ignore lint/style/noDefaultExport: x
export default { ...rest, workers: 1 }
