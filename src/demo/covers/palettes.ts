/**
 * The colours of covers: three palettes or more a family, each written
 * `ground ink tone accent`. Ink on ground keeps a contrast of at least 4.5 : 1, also
 * where the author's name is set at AUTHOR_OPACITY; a test holds it.
 */
import type { Family } from './families.ts'
import type { Inks } from './shape.ts'

export const AUTHOR_OPACITY = 0.86

const WRITTEN: Readonly<Record<Family, readonly string[]>> = {
  'science-fiction': [
    '#16304b #f2e3c0 #4f86a6 #e9b44c',
    '#10242b #e8dfc9 #34565c #d2673a',
    '#352c4c #f3dcc2 #6f6a9c #f0a875',
    '#e9e0cf #22303a #9db4b5 #d2562f',
    '#0f3a3a #e6ead4 #3f8078 #f0a04f',
    '#4a1f33 #f5dfd0 #8f4a63 #efb04f',
  ],
  fantasy: [
    '#26332a #ecdfb6 #66855a #d9a84e',
    '#45293a #f1dcc0 #8a5560 #e0a35f',
    '#1b3438 #e9e0c2 #4f8a80 #e2b65c',
    '#e6dfc6 #2d3b2d #8fa57d #b4552d',
    '#3a2a4d #f0e2cc #7a6299 #e0b25c',
    '#dfe3d6 #26342f #86a095 #b2662e',
  ],
  classics: [
    '#642825 #f3e2c9 #a4533f #dfae62',
    '#eae0cb #38291f #b9a684 #a8432b',
    '#23333f #eee0cb #5f7f8c #d39a56',
    '#2f4034 #efe5cc #66806a #cf9a4a',
    '#d9dccb #2b3327 #98a37f #a3482b',
    '#3a2f45 #f0e3d0 #7d6c8c #d8a15a',
  ],
  literary: [
    '#393250 #f0dfd0 #7f6f9e #e0a376',
    '#dccdb8 #2e2a26 #a98d74 #a5452d',
    '#21403f #f0e2ca #5b8580 #d8935a',
    '#c9d3cf #22332f #7f9c94 #b9552f',
    '#7a3b2e #f8e8d4 #b0705a #e9b872',
    '#efe3cf #2a3138 #b8a58c #3f7080',
  ],
  mystery: [
    '#1c2122 #e3dccd #5b6668 #c4493d',
    '#292331 #e6d9c4 #66597a #c99a38',
    '#0f2a30 #dfe0d2 #3c6870 #d9b54a',
    '#dcd6c8 #1f2123 #98958c #a8322a',
    '#3a1f24 #f0ded0 #7a4a4d #e0a24a',
    '#c9cfca #1d2528 #8a979a #b0452f',
  ],
  romance: [
    '#86374c #fbeae4 #c0707c #f0b9a0',
    '#f3e1d6 #56262f #dba59b #b74a55',
    '#3c2a4a #f6e0dc #84628f #e58f8b',
    '#f0d9c8 #3d2b3f #c99a94 #a63d57',
    '#f7e6cf #5a2a3c #e0a98f #c2566a',
    '#28404a #f7e3da #5f8791 #ef9f8c',
  ],
  history: [
    '#ebe3d3 #2b2825 #b7a685 #b4531f',
    '#1f3238 #f1e7d3 #5b7a80 #d9a13c',
    '#3e3524 #f0e4c6 #87764c #d8793f',
    '#d6dcd6 #23302f #8ea39c #ac4a2a',
    '#5a2f24 #f5e6d0 #96604a #e0b05a',
  ],
  life: [
    '#efe2cf #37281f #c9a27d #9c3f2b',
    '#2d3a3f #f1e4cf #6f8a8c #dd9a60',
    '#4b3a2c #f4e6cf #957553 #e3b063',
    '#dbe0d4 #263229 #94a78c #a4512f',
    '#e3dbe0 #33283a #a795ab #a64a3f',
  ],
  children: [
    '#1f5a6c #fdf1d7 #5aa3ab #f4b64a',
    '#f6e5b8 #2f3450 #e59a6b #c8442f',
    '#3a4f8a #fdf0d6 #7d97cf #f6b45f',
    '#d9e8df #20413f #7fb8a3 #d8582f',
    '#f3d9c4 #33264a #e08a63 #2f7d7a',
    '#5a2f5c #fbebd8 #a56ba3 #f3bb5c',
  ],
  horror: [
    '#17141a #e6dcd2 #54434c #b3322c',
    '#20251f #dfe0cc #56624c #c9802f',
    '#2b1416 #efdccb #74373a #e08a3c',
  ],
  'young-adult': [
    '#273a6b #fbe9d6 #5f78b8 #f29d6c',
    '#f3dccb #3a2347 #d99a94 #a8407a',
    '#143c3f #eef0d6 #3f8a84 #f2c14e',
    '#55244f #fae3d3 #95588f #f5a55c',
    '#e3ebe6 #1f2f45 #8fb5b0 #d8574a',
    '#7a2d3a #fde6d4 #b5606a #f2b65c',
  ],
  poetry: [
    '#e9e4d6 #2d312b #a9b294 #b0522f',
    '#2a3d3a #efe6d2 #688a7d #dba35c',
    '#4a2b35 #f4e2d4 #8c5a66 #e3a46c',
  ],
  comics: [
    '#f4d65c #23202a #e8b52f #c63a2c',
    '#1f3f86 #fdf3dc #4f78c9 #f0563f',
    '#a92a21 #fff4e0 #7c1a17 #f6cb4f',
  ],
  travel: [
    '#dfe6e0 #1f3a40 #8fb3ae #c9582a',
    '#1d4750 #f3e7cf #4f8a8c #e9a14f',
    '#8a3f22 #fbe8cf #bf7348 #f2c063',
  ],
  cooking: [
    '#f3e6cd #40291b #b9a45f #b8431f',
    '#33452d #f4e9cc #7d9656 #e9b24c',
    '#7c2f2a #fbe7d2 #b5654c #f0bd62',
  ],
  science: [
    '#e3e8e6 #1d3039 #8aa9b0 #c8572d',
    '#132b3b #e6ecdf #3f7288 #e5b04c',
    '#243a2f #e9ead2 #5b8768 #e0a04a',
  ],
  belief: [
    '#efe6cf #3a2c3c #c3a46c #8c3f4f',
    '#2b2f4c #f2e6cb #6a6f9c #e3b259',
    '#3f2f24 #f3e5c8 #87684a #e0a54a',
  ],
  plain: [
    '#e9e0d0 #2b2926 #a99c85 #b8431a',
    '#24363b #efe5d2 #5f8085 #dd9455',
    '#3b2f3f #f1e2d6 #7d6a85 #e0a16c',
    '#303a2b #ece6cf #74855f #d99a4e',
  ],
}

export const PALETTES = Object.fromEntries(
  Object.entries(WRITTEN).map(([family, palettes]) => [family, palettes.map(read)]),
) as unknown as Readonly<Record<Family, readonly Inks[]>>

function read(written: string): Inks {
  const [ground, ink, tone, accent] = written.split(' ') as [
    string,
    string,
    string,
    string,
  ]
  return { ground, ink, tone, accent }
}
