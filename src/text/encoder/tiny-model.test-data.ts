/**
 * A feature extractor of four words, small enough to be made in a test: its state of a
 * token is that token's row of a table.
 *
 *   input_ids, attention_mask [texts, tokens]  →  last_hidden_state [texts, tokens, 3]
 *
 * The bytes are ONNX's protobuf, field by field: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { bytes, joined, message, number, text } from './protobuf.test-data.ts'

const WORDS = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', 'sea', 'ship', 'land', 'a']
/** [words, 3] */
const TABLE = [
  [0, 0, 0],
  [0.1, 0.1, 0.1],
  [0, 0, 0.5],
  [0, 0.5, 0],
  [3, 1, 0],
  [2, 2, 0],
  [0, 1, 3],
  [1, 0, 1],
]
export const tinyDim = 3

/** Writes a plain folder, `changes` over what is in it; undefined leaves a file out. */
export async function writeTinyModel(
  folder: string,
  changes: Readonly<Record<string, string | undefined>> = {},
) {
  const files: Record<string, string | Uint8Array | undefined> = {
    'config.json': '{"model_type":"bert","hidden_size":3,"max_position_embeddings":16}',
    'tokenizer.json': JSON.stringify(tokenizer()),
    'tokenizer_config.json': '{"tokenizer_class":"BertTokenizer"}',
    'onnx/model.onnx': onnx(),
    ...changes,
  }
  for (const [name, content] of Object.entries(files)) {
    if (content === undefined) continue
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), content)
  }
}

function tokenizer() {
  const idOf = (word: string) => WORDS.indexOf(word)
  const special = (word: string) => ({ SpecialToken: { id: word, type_id: 0 } })
  const single = [
    special('[CLS]'),
    { Sequence: { id: 'A', type_id: 0 } },
    special('[SEP]'),
  ]
  const token = (id: string) => [id, { id, ids: [idOf(id)], tokens: [id] }]
  return {
    version: '1.0',
    added_tokens: [],
    normalizer: { type: 'BertNormalizer', lowercase: true },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    post_processor: {
      ...{ type: 'TemplateProcessing', single, pair: single },
      special_tokens: Object.fromEntries(['[CLS]', '[SEP]'].map(token)),
    },
    decoder: null,
    model: {
      ...{ type: 'WordPiece', unk_token: '[UNK]', continuing_subword_prefix: '##' },
      max_input_chars_per_word: 100,
      vocab: Object.fromEntries(WORDS.map((word, id) => [word, id])),
    },
  }
}

const FLOAT = 1
const INT64 = 7

function onnx(): Uint8Array {
  const tensor = [
    ...[number(1, WORDS.length), number(1, tinyDim), number(2, FLOAT)],
    text(8, 'table'),
    bytes(9, new Uint8Array(Float32Array.from(TABLE.flat()).buffer)),
  ]
  const gather = [
    ...[text(1, 'table'), text(1, 'input_ids'), text(2, 'last_hidden_state')],
    text(4, 'Gather'),
  ]
  const graph = [
    ...[message(1, gather), text(2, 'tiny'), message(5, tensor)],
    valueInfo(11, 'input_ids', INT64),
    valueInfo(11, 'attention_mask', INT64),
    valueInfo(12, 'last_hidden_state', FLOAT, tinyDim),
  ]
  const opset = [text(1, ''), number(2, 18)]
  return joined([number(1, 8), message(7, graph), message(8, opset)])
}

/** A matrix of any size; with `last`, of that many such rows. */
function valueInfo(field: number, name: string, elementType: number, last?: number) {
  const sizes = ['texts', 'tokens'].map((size) => message(1, [text(2, size)]))
  const shape = last ? [...sizes, message(1, [number(1, last)])] : sizes
  const tensor = [number(1, elementType), message(2, shape)]
  return message(field, [text(1, name), message(2, [message(1, tensor)])])
}
