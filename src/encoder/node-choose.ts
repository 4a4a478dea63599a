/** What a person names on the command line → an encoder in Node. */
import { existsSync } from 'node:fs'
import { HearthError } from '../errors.ts'
import { createNodeEncoder, type NodeEncoder } from './node-encoder.ts'
import { downloadFromHub, type HubOptions, isHubId } from './node-hub.ts'

/**
 * @param choice a model's folder, or its hub id: `org/name` or `org/name@revision`. A
 *   folder that is there wins
 * @throws HearthError `no-encoder`, `no-device` as `createNodeEncoder` and
 *   `downloadFromHub`
 */
export async function openChosenEncoder(
  choice: string,
  hub: HubOptions,
): Promise<NodeEncoder> {
  if (existsSync(choice)) return createNodeEncoder({ modelFolder: choice })
  if (!isHubId(choice)) {
    throw new HearthError(
      'no-encoder',
      `no encoder: got ${choice}, which is not there, expected the folder of a model or ` +
        'a hub id like org/name.',
    )
  }
  const modelFolder = await downloadFromHub(choice, hub)
  return createNodeEncoder({ modelFolder, name: choice })
}
