/**
 * Stage 4: `npx tsx encoder-training/write-manifest.ts [model folder]`
 *
 * Writes hearth.json: sizes, hashes, fingerprint, and golden vectors from the very
 * encoder that the build uses (JavaScript and Python may disagree on a token).
 */
import { fileURLToPath } from 'node:url'
import { writeManifest } from '../src/encoder/node-manifest.ts'

const shipped = fileURLToPath(new URL('../public/models/hearth-encoder', import.meta.url))

// Short, so that the check is quick on a slow device; accents, case, digits and a
// rare word, so that a wrong tokenizer shows.
const goldenTexts = [
  'A slow melancholy novel about the sea',
  'Café in Zürich, 1984',
  'wireless noise-cancelling headphones',
]

const manifest = await writeManifest(
  process.argv[2] ?? shipped,
  {
    name: 'hearth-encoder',
    dim: 384,
    maxTokens: 128,
    licence: 'Apache-2.0',
    teacher:
      'sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0), from nreimers/MiniLM-L6-H384-uncased',
  },
  goldenTexts,
)
const total = manifest.files.reduce((sum, file) => sum + file.sizeBytes, 0)
console.log(`${manifest.files.length} files, ${total} bytes, ${manifest.fingerprint}`)
