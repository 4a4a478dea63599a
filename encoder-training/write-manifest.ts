/**
 * Last stage: `npx tsx encoder-training/write-manifest.ts PLAIN [WIRE]`
 *
 * Packs the plain folder that Python wrote (config.json, tokenizer.json,
 * tokenizer_config.json, onnx/model*.onnx) into the folder that browsers are given:
 * deflated files under hashed names, and hearth.json with sizes, hashes, fingerprint and
 * golden vectors from the very encoder that the build uses (JavaScript and Python may
 * disagree on a token). Default of WIRE: the shipped folder.
 */
import { fileURLToPath } from 'node:url'
import { writeWireFolder } from '../src/text/encoder/node-manifest.ts'

const shipped = fileURLToPath(new URL('../public/models/hearth-encoder', import.meta.url))

const [plain, wire = shipped] = process.argv.slice(2)
if (plain === undefined) throw new Error('missing PLAIN, the folder that Python wrote.')

const { manifest, manifestBytes } = await writeWireFolder(plain, wire, {
  name: 'hearth-encoder',
  licence: 'Apache-2.0',
  teacher:
    'sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0), from nreimers/MiniLM-L6-H384-uncased',
})
const { dim, files, fingerprint, maxTokens, golden } = manifest
for (const { name, file, packing, wireBytes, sizeBytes } of files) {
  console.log(`${file}  ${name}, ${packing}: ${sizeBytes} → ${wireBytes} bytes`)
}
const total = files.reduce((sum, { wireBytes }) => sum + wireBytes, manifestBytes.length)
console.log(`hearth.json ${manifestBytes.length} bytes, ${golden.length} golden vectors`)
console.log(`${dim} dimensions, ${maxTokens} tokens, ${total} bytes in all`)
console.log(fingerprint)
