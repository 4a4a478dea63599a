/**
 * Is WebGPU worth trying here? `'gpu' in navigator` does not answer that: there may
 * be no adapter, or one that is software and slower than WASM.
 */
import { messageOf } from '../../errors.ts'

export interface AdapterReport {
  readonly usable: boolean
  /** Why, or why not, in one line for the engine's state. */
  readonly note: string
}

export interface AdapterReportOptions {
  /** Take a software adapter too: when WebGPU is forced, as tests do. */
  readonly allowSoftware: boolean
}

/** Never throws: whatever goes wrong is the reason in the note. */
export async function adapterReport(
  gpu: Pick<GPU, 'requestAdapter'> | undefined,
  { allowSoftware }: AdapterReportOptions,
): Promise<AdapterReport> {
  if (gpu === undefined) return no('this browser has no WebGPU')
  let adapter: GPUAdapter | null
  try {
    adapter = await gpu.requestAdapter()
  } catch (error) {
    return no(`the adapter was refused (${messageOf(error)})`)
  }
  if (adapter === null) return no('there is no adapter')
  const name = nameOf(adapter)
  if (isSoftware(adapter) && !allowSoftware) {
    return no(`the adapter is software (${name}), slower than WASM`)
  }
  const kind = isSoftware(adapter) ? 'software adapter, forced' : 'adapter'
  return { usable: true, note: `${kind} ${name}` }
}

function no(reason: string): AdapterReport {
  return { usable: false, note: reason }
}

function nameOf(adapter: GPUAdapter): string {
  const { vendor, architecture, description } = infoOf(adapter)
  return [vendor, architecture, description].filter(Boolean).join(' ') || 'unnamed'
}

function isSoftware(adapter: GPUAdapter): boolean {
  // Older browsers keep the flag on the adapter itself.
  const old = (adapter as { readonly isFallbackAdapter?: boolean }).isFallbackAdapter
  const { architecture, description, isFallbackAdapter } = infoOf(adapter)
  const names = `${architecture} ${description}`.toLowerCase()
  const isNamed = /swiftshader|llvmpipe|basic render/.test(names)
  return isFallbackAdapter === true || old === true || isNamed
}

/** `info` came later than `requestAdapter`: absent in older browsers. */
function infoOf(adapter: GPUAdapter): Partial<GPUAdapterInfo> {
  return adapter.info ?? {}
}
