import { z } from 'zod';
import { parameters } from '../../../src/providers/open-service-broker/wire';

/** Schema of the body of a provisioning. */
export const provisionSchema = z.object({
  service_id: z.string(),
  plan_id: z.string(),
  context: z
    .object({
      instance_name: z.string().default(''),
      account: z.object({ name: z.string(), email: z.string() }),
    })
    .optional(),
  parameters,
});

/** Schema of the body of an update. Without `plan_id` the plan stays. */
export const updateSchema = provisionSchema.extend({
  plan_id: z.string().min(1).optional(),
  previous_values: z.object({ plan_id: z.string().min(1).optional() }).optional(),
});

/** Body of a provisioning. */
export type ProvisionRequest = z.output<typeof provisionSchema>;
/** Body of an update. */
export type UpdateRequest = z.output<typeof updateSchema>;
