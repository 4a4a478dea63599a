import { describe, expect, test } from 'vitest'
import { httpReader } from './read-file.ts'

type Answer = () => Response | Promise<Response>

/** A host that answers every request the same way and notes what was asked. */
function fakeHost(answer: Answer) {
  const asked: string[] = []
  const fetchFile = async (url: unknown, init?: RequestInit) => {
    asked.push(`${url} ${init?.cache}`)
    return answer()
  }
  return { asked, fetchFile: fetchFile as typeof fetch }
}

const bytes = Uint8Array.of(1, 2, 3)

describe('httpReader', () => {
  test('gives the bytes', async () => {
    const { fetchFile } = fakeHost(() => new Response(bytes))
    expect(await httpReader('/packs/books', fetchFile)('cf.bin')).toEqual(bytes)
  })

  test('asks anew for what changes under its name, the manifest and the overlay', async () => {
    const { asked, fetchFile } = fakeHost(() => new Response(bytes))
    await httpReader('/packs/books', fetchFile)('manifest.json')
    await httpReader('/packs/books/', fetchFile)('overlay.json')
    await httpReader('/packs/books/', fetchFile)('cf.0123456789abcdef.bin')
    expect(asked).toEqual([
      '/packs/books/manifest.json no-cache',
      '/packs/books/overlay.json no-cache',
      '/packs/books/cf.0123456789abcdef.bin default',
    ])
  })

  test.each<[string, Answer, string]>([
    ['missing', () => new Response('', { status: 404 }), 'the host answered 404'],
    [
      'a web page',
      () =>
        new Response('<p>', {
          headers: { 'content-type': 'Text/HTML; charset=utf-8' },
        }),
      'got a web page (HTML)',
    ],
    [
      'not reached',
      () => Promise.reject(new TypeError('Failed to fetch')),
      'the network is down or the host refused (Failed to fetch)',
    ],
    [
      'broken off',
      () =>
        new Response(
          new ReadableStream({ start: (c) => c.error(new TypeError('terminated')) }),
        ),
      'the network is down or the host refused (terminated)',
    ],
  ])('names the file that is %s, and the reason', async (_, answer, message) => {
    const { fetchFile } = fakeHost(answer)
    await expect(httpReader('/packs', fetchFile)('cf.bin')).rejects.toThrow(
      expect.objectContaining({
        code: 'bad-pack',
        message: expect.stringMatching(/^cannot use pack file cf\.bin: /),
      }),
    )
    await expect(httpReader('/packs', fetchFile)('cf.bin')).rejects.toThrow(message)
  })
})
