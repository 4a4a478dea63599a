/** What an element needs once its first list is shown: one script, asked for then. */
export { captureEvents } from './capture/capture.ts'
export { capturePage } from './capture/page.ts'
export { createReactionControl } from './reaction-control.ts'
export { createReranking } from './reranking.ts'
export { adoptStyles } from './styles/adopt.ts'
export { toastStyles } from './styles/toast.ts'
