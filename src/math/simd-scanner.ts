import { assertLength, HearthError, messageOf } from '../errors.ts'
import {
  assertTable,
  createJsScanner,
  type Int8Table,
  quantiseQueryInto,
  type Scanner,
  type ScanTable,
} from './scanner.ts'

/**
 * Tables up to this size are scanned four rows at a time; beyond the processor's last
 * cache one row at a time reads memory in order and is faster (`bench/scan.ts`).
 */
const QUADS_MAX_BYTES = 16 * 2 ** 20
/** The kernel's vector width in bytes: dims are padded to it with zeros. */
const LANES = 16
const PAGE_BYTES = 65536
/** The kernel has no data of its own, but address 0 stays unused. */
const FIRST_ADDRESS = 1024

interface Kernel {
  readonly memory: WebAssembly.Memory
  scan(
    codes: number,
    scales: number,
    query: number,
    out: number,
    rows: number,
    quads: number,
    dim: number,
    queryScale: number,
  ): void
}

/**
 * The scan as a WebAssembly SIMD kernel (`kernel/scan.ts`), with the tables in its own
 * memory. Tables are held as long as the scanner lives.
 *
 * @param module the compiled bytes of `scan.wasm`
 * @throws HearthError `no-device` if the module is not that kernel
 * @throws WebAssembly.LinkError, WebAssembly.RuntimeError as the engine does
 */
export async function createSimdScanner(module: WebAssembly.Module): Promise<Scanner> {
  const { exports } = await WebAssembly.instantiate(module)
  if (!isKernel(exports)) {
    throw new HearthError(
      'no-device',
      `not the scan kernel: exports are ${Object.keys(exports)}, expected memory, scan.`,
    )
  }
  const allocate = createAllocator(exports.memory)
  return { kind: 'simd', hold: (table) => holdTable(exports, allocate, table) }
}

function isKernel(exports: unknown): exports is Kernel {
  const { memory, scan } = exports as Partial<Kernel>
  return memory instanceof WebAssembly.Memory && typeof scan === 'function'
}

type Allocate = (sizeBytes: number) => number

/** A bump allocator: addresses are 16-byte aligned, memory grows as needed. */
function createAllocator(memory: WebAssembly.Memory): Allocate {
  let free = FIRST_ADDRESS
  return (sizeBytes) => {
    const address = free
    const end = address + Math.ceil(sizeBytes / LANES) * LANES
    const missing = end - memory.buffer.byteLength
    if (missing > 0) memory.grow(Math.ceil(missing / PAGE_BYTES))
    free = end
    return address
  }
}

function holdTable(kernel: Kernel, allocate: Allocate, table: Int8Table): ScanTable {
  assertTable(table)
  const { rows, dim } = table
  const { memory } = kernel
  const padded = Math.ceil(dim / LANES) * LANES
  const codes = allocate(rows * padded)
  const scales = allocate(rows * 4)
  const queryCodes = allocate(padded * 2)
  const out = allocate(rows * 4)
  const quads = rows * padded <= QUADS_MAX_BYTES ? rows - (rows % 4) : 0
  copyRows(new Int8Array(memory.buffer, codes, rows * padded), table, padded)
  new Float32Array(memory.buffer, scales, rows).set(table.scales)
  return {
    rows,
    dim,
    scanInto(query, result) {
      assertLength('out', result, rows)
      // Views are made per scan: holding another table may have moved the memory.
      const view = new Int16Array(memory.buffer, queryCodes, padded)
      const queryScale = quantiseQueryInto(query, view, dim)
      kernel.scan(codes, scales, queryCodes, out, rows, quads, padded, queryScale)
      result.set(new Float32Array(memory.buffer, out, rows))
    },
  }
}

/** Fresh wasm memory is zero, so the padding is. */
function copyRows(to: Int8Array, { rows, dim, codes }: Int8Table, padded: number) {
  if (padded === dim) {
    to.set(codes)
    return
  }
  for (let row = 0; row < rows; row++) {
    to.set(codes.subarray(row * dim, (row + 1) * dim), row * padded)
  }
}

/**
 * The fastest scanner this browser has: the SIMD kernel, or plain JavaScript where
 * WebAssembly or its SIMD is missing, forbidden by the page, or does not load.
 *
 * @param loadModule fetches and compiles `scan.wasm`
 * @returns the scanner, and why it is not the SIMD one if it is not
 */
export async function createScanner(
  loadModule: () => Promise<WebAssembly.Module>,
): Promise<{ scanner: Scanner; note?: string }> {
  try {
    return { scanner: await createSimdScanner(await loadModule()) }
  } catch (error) {
    // Slower but the same answers: the note goes to the engine's state.
    return { scanner: createJsScanner(), note: `no SIMD scan: ${messageOf(error)}` }
  }
}
