/** Worker entry: the towers on one tfjs backend, WebGPU or WASM. */
import { HearthError } from '../../errors.ts'
import { createTfDevice } from '../../towers/tf-device.ts'
import type { TowerDevice } from '../../towers/tower-device.ts'
import type { TowerService } from './protocol.ts'
import { type Port, serve } from './rpc.ts'

let device: TowerDevice | undefined

function started(): TowerDevice {
  if (device) return device
  throw new HearthError('no-device', 'the towers were not started.')
}

serve<TowerService>(
  {
    start: async ({ backend, runtimeUrl, allowSoftware }) => {
      device = await createTfDevice({
        ...{ backend, allowSoftware, wasmBase: runtimeUrl },
        ...(navigator.gpu ? { gpu: navigator.gpu } : {}),
      })
    },
    forward: (...args) => started().forward(...args),
    tune: (...args) => started().tune(...args),
  },
  self as unknown as Port,
)
