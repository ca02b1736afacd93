import { ProvisioningOperation } from '../entities';
import type { JobTable } from '../jobs';

/** Operations as jobs, in one lane per provider. */
export const OPERATIONS: JobTable<ProvisioningOperation> = {
  entity: ProvisioningOperation,
  name: 'operations',
  lane: 'provider',
};
