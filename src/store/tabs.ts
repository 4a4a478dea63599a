/** News between the tabs of one profile. It is only that the log changed, never how. */

/** What Hearth needs of a BroadcastChannel. */
export interface TabChannel {
  postMessage(message: unknown): void
  onmessage: ((event: MessageEvent) => unknown) | null
  close(): void
}

export type News = 'changed' | 'erased'

export interface Tabs {
  tell(news: News): void
  close(): void
}

/** @param channel absent where the browser has none: tabs then see changes when they read */
export function connectTabs(
  channel: TabChannel | undefined,
  onNews: (news: News) => void,
): Tabs {
  if (!channel) return { tell: () => {}, close: () => {} }
  let isOpen = true
  channel.onmessage = ({ data }) => {
    if (data === 'changed' || data === 'erased') onNews(data)
  }
  return {
    tell: (news) => {
      if (isOpen) channel.postMessage(news)
    },
    close: () => {
      isOpen = false
      channel.onmessage = null
      channel.close()
    },
  }
}
