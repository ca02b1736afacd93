import { ProvisioningOperation } from '../entities';
import type { JobTable } from '../jobs';

/** Operations are jobs, each in the lane of its provider. */
export const OPERATIONS: JobTable<ProvisioningOperation> = {
  entity: ProvisioningOperation,
  name: 'operations',
  lane: 'provider',
};
