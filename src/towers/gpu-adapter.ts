/** Which GPU there is, and whether it is one: `'gpu' in navigator` answers neither. */
import { HearthError, messageOf } from '../errors.ts'

export interface AdapterReport {
  /** An adapter was given. */
  readonly usable: boolean
  /** It runs on the CPU: correct, and slower than WASM. */
  readonly software: boolean
  /** One plain line for the engine's state. */
  readonly note: string
}

interface OpenedGpu {
  readonly device: GPUDevice
  readonly info: GPUAdapterInfo
}

/** Software adapters that some browsers do not flag. */
const SOFTWARE_NAMES = /swiftshader|llvmpipe|lavapipe|software|basic render/i

/** Asks for an adapter and gives it back; never throws. */
export async function readAdapter(gpu: GPU | undefined): Promise<AdapterReport> {
  if (!gpu) return absent('this browser has no WebGPU')
  try {
    const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' })
    if (!adapter) return absent('WebGPU gave no adapter')
    const software = isSoftware(adapter)
    const name = nameOf(adapter)
    const note = software ? `software adapter (${name})` : `adapter ${name}`
    return { usable: true, software, note }
  } catch (error) {
    return absent(`WebGPU failed: ${messageOf(error)}`)
  }
}

/**
 * Why WebGPU is not used with this adapter; undefined where it can be.
 *
 * @param isForced a software adapter is taken too, as tests ask for
 */
export function refusalOf(
  { usable, software, note }: AdapterReport,
  isForced: boolean,
): string | undefined {
  if (!usable) return note
  return software && !isForced ? `${note}, slower than wasm` : undefined
}

/**
 * A GPU device of our own, with the limits tfjs asks for.
 * @throws HearthError `no-device` without an adapter, or with a software one not allowed
 */
export async function openGpu(
  gpu: GPU | undefined,
  allowSoftware: boolean,
): Promise<OpenedGpu> {
  const adapter = await gpu?.requestAdapter({ powerPreference: 'high-performance' })
  if (!adapter) {
    throw new HearthError('no-device', 'no GPU adapter. Use the wasm or js backend.')
  }
  if (isSoftware(adapter) && !allowSoftware) {
    throw new HearthError(
      'no-device',
      `software GPU adapter: got ${nameOf(adapter)}, expected hardware. Use the wasm backend.`,
    )
  }
  const { limits } = adapter
  const device = await adapter.requestDevice({
    requiredLimits: {
      maxComputeWorkgroupStorageSize: limits.maxComputeWorkgroupStorageSize,
      maxComputeWorkgroupsPerDimension: limits.maxComputeWorkgroupsPerDimension,
      maxStorageBufferBindingSize: limits.maxStorageBufferBindingSize,
      maxBufferSize: limits.maxBufferSize,
      maxComputeWorkgroupSizeX: limits.maxComputeWorkgroupSizeX,
      maxComputeInvocationsPerWorkgroup: limits.maxComputeInvocationsPerWorkgroup,
    },
  })
  return { device, info: adapter.info }
}

function absent(note: string): AdapterReport {
  return { usable: false, software: false, note }
}

function isSoftware(adapter: GPUAdapter): boolean {
  // older browsers keep the flag on the adapter itself
  const old = (adapter as { readonly isFallbackAdapter?: boolean }).isFallbackAdapter
  const { isFallbackAdapter } = infoOf(adapter)
  return (
    isFallbackAdapter === true || old === true || SOFTWARE_NAMES.test(nameOf(adapter))
  )
}

/** `info` came later than `requestAdapter`: absent in older browsers. */
function infoOf(adapter: GPUAdapter): Partial<GPUAdapterInfo> {
  return adapter.info ?? {}
}

function nameOf(adapter: GPUAdapter): string {
  const { vendor, architecture, device, description } = infoOf(adapter)
  const words = [vendor, architecture, device, description].filter(Boolean)
  return words.join(' ') || 'unnamed'
}
