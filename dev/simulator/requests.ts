import { z } from 'zod';

const ACTIONS = [
  'None',
  'Provision',
  'Cancel',
  'Suspend',
  'Activate',
  'Upgrade',
  'Downgrade',
  'UpgradeToPaid',
] as const;

/** Fields of an AccountDefinition that the simulator reads. Other fields are ignored. */
export const accountSchema = z.object({
  ExternalID: z.string().nullish(),
  ResellerExternalID: z.string().nullish(),
  Name: z.string(),
  Email: z.string().min(3),
  Phone: z.string().nullish(),
  SyncOptions: z.object({ role: z.enum(['User', 'Reseller']) }),
  ContactDetails: z.record(z.string(), z.unknown()).nullish(),
  Address: z
    .looseObject({
      Address1: z.string().nullish(),
      City: z.string().nullish(),
      PostCode: z.string().nullish(),
      Country: z.looseObject({ Code: z.string().nullish() }).nullish(),
    })
    .nullish(),
});

const addonSchema = z.object({
  Name: z.string(),
  ProductID: z.string().min(1),
  ActionType: z.enum(ACTIONS),
  Quantity: z.number().int(),
});

/** Fields of a ServiceDefinition that the simulator reads. Other fields are ignored. */
export const serviceSchema = z.object({
  ID: z.string().nullish(),
  SubscriptionID: z.string().min(1),
  Name: z.string(),
  ServiceType: z.string().min(1),
  ProductID: z.string().min(1),
  ActionType: z.enum(ACTIONS),
  Quantity: z.number().int(),
  Account: accountSchema,
  Addons: z.array(addonSchema).default([]),
  AllowMultipleSubscriptions: z.boolean().default(false),
  CheckOnly: z.boolean().default(false),
});

/** Settings form that `fields/validate` checks. */
export const fieldsSchema = z.object({
  Fields: z.array(z.object({ ID: z.string(), Value: z.string().nullish() })),
});

/** Account of a request. */
export type AccountRequest = z.infer<typeof accountSchema>;
/** Subscription of a request. */
export type ServiceRequest = z.infer<typeof serviceSchema>;
/** Settings form of a request. */
export type FieldsRequest = z.infer<typeof fieldsSchema>;

/** Returns the first validation error with the path of its field, such as `Account.Name: Invalid input`. */
export function validationMessage(error: z.ZodError): string {
  const issue = error.issues[0];
  if (issue === undefined) return 'The body is not acceptable';
  return `${issue.path.join('.') || 'body'}: ${issue.message}`;
}
