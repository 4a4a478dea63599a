/** Which GPU there is, and whether it is one: `'gpu' in navigator` says neither. */
import { HearthError, messageOf } from '../errors.ts'

export interface AdapterReport {
  /** An adapter was given. */
  readonly usable: boolean
  /** It runs on the CPU: correct, and slower than WASM. */
  readonly software: boolean
  /** One plain line for the engine's state. */
  readonly note: string
}

export interface OpenedGpu {
  readonly device: GPUDevice
  readonly info: GPUAdapterInfo
}

/** Software adapters that some browsers do not flag as fallbacks. */
const SOFTWARE_NAMES = /swiftshader|llvmpipe|lavapipe|software|basic render/i

/** Asks for an adapter and gives it back; never throws. */
export async function readAdapter(gpu: GPU | undefined): Promise<AdapterReport> {
  if (!gpu) return absent('this browser has no WebGPU')
  try {
    const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' })
    if (!adapter) return absent('WebGPU gave no adapter')
    const software = isSoftware(adapter.info)
    const name = nameOf(adapter.info)
    const note = software ? `software adapter (${name})` : `adapter ${name}`
    return { usable: true, software, note }
  } catch (error) {
    return absent(`WebGPU failed: ${messageOf(error)}`)
  }
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
  if (isSoftware(adapter.info) && !allowSoftware) {
    throw new HearthError(
      'no-device',
      `software GPU adapter: got ${nameOf(adapter.info)}, expected hardware. Use the wasm backend.`,
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

function isSoftware(info: GPUAdapterInfo): boolean {
  const flagged = (info as { isFallbackAdapter?: boolean }).isFallbackAdapter
  return flagged === true || SOFTWARE_NAMES.test(nameOf(info))
}

function nameOf({ vendor, architecture, device, description }: GPUAdapterInfo): string {
  const words = [vendor, architecture, device, description].filter(Boolean)
  return words.join(' ') || 'unnamed'
}
