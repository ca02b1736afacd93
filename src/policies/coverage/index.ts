import { connections } from './connections';
import type { FieldDecisions } from './field-decisions';
import { objects } from './objects';
import { payloads } from './payloads';

/*
 * The decision for everything that the graph has: who may call what, and why a field may be seen. A field, an argument
 * or a stream that is not here keeps the gateway from starting, and a test names it.
 */
export { fieldArguments } from './arguments';
export { inputFields } from './inputs';
export { type Callers, roots } from './roots';

/** Decisions for every field of every object type except the roots. */
export const fields: Readonly<Record<string, FieldDecisions>> = { ...objects, ...payloads, ...connections };
