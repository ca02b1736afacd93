import { z } from 'zod';
import { entryId } from '../catalog-entries';

/**
 * The Open Service Broker API on the wire, version 2.17, as far as it is used here: members that are not named are let
 * through. Source: openservicebrokerapi/servicebroker, `spec.md`.
 */
export const API_VERSION = '2.17';

/** The header names: the version, the id of a request for the broker's log, and on whose behalf it is made. */
export const HEADERS = {
  version: 'X-Broker-API-Version',
  requestIdentity: 'X-Broker-API-Request-Identity',
  originatingIdentity: 'X-Broker-API-Originating-Identity',
} as const;

/** Parameters of an instance: licenses, and the total of every add-on. */
export const parameters = z.object({
  quantity: z.number().int().min(1),
  addons: z.record(z.string(), z.number().int().min(0)).default({}),
});

/** The body of a 4xx answer. */
export const refusal = z.object({ error: z.string().optional(), description: z.string().optional() });

/** Body of a 200, 201 or 202 response to a change. `operation` is sent to `last_operation`. */
export const change = z.object({ operation: z.string().max(10_000).optional() });

/** The answer of `last_operation`. */
export const lastOperation = z.object({
  state: z.enum(['in progress', 'succeeded', 'failed']),
  description: z.string().optional(),
});

/** The answer about an instance. */
export const instance = z.object({ service_id: z.string(), plan_id: z.string(), parameters });

const name = z.string().trim().min(1).max(255);

const costs = z
  .array(z.object({ amount: z.record(z.string(), z.number().min(0)), unit: z.string() }))
  .default([]);

/** Metadata of an item beyond the specification: name, storage in GB, costs by cycle. */
const metadata = z.object({
  displayName: name.optional(),
  storage_gb: z.number().min(0).max(9_000_000).default(0),
  costs,
});

/** The catalog. Its entries are read one by one: a malformed one must not hide the others. */
export const catalog = z.object({ services: z.array(z.unknown()) });

/** A service; add-ons stand in its metadata, for the specification has none. */
export const service = z.object({
  id: entryId,
  name,
  metadata: z
    .object({
      displayName: name.optional(),
      quantityLimit: z.number().int().min(1).max(2_147_483_647).nullable().default(null),
      allowMultiple: z.boolean().default(true),
      cancelsAtOnce: z.boolean().default(false),
      addons: z.array(z.unknown()).default([]),
    })
    .prefault({}),
  plans: z.array(z.unknown()),
});

/** A plan of a service. */
export const plan = z.object({ id: entryId, name, metadata: metadata.prefault({}) });

/** An add-on of a service. */
export const addon = z.object({ id: entryId, plans: z.array(z.string()), metadata });

/** The catalog before its entries are read. */
export type BrokerCatalog = z.output<typeof catalog>;
