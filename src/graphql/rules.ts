import { OperationTypeNode } from 'graphql';
import type { Logger } from 'pino';
import type { SecurityConfig } from '../config';
import { type Actor, callerChangingMutations } from '../policies';
import type { KnownDocument } from './documents';
import type { Plan } from './plan';
import { Refusal } from './refusal';
import type { GraphqlRequest } from './request';
import { type Manifest, refuseUntrusted } from './trusted-documents';

const INTROSPECTION = ['Query.__schema', 'Query.__type'];

/** Rules for a valid document that depend on its caller or its transport. */
export class Rules {
  constructor(
    private readonly settings: Pick<SecurityConfig, 'trustedDocuments' | 'production'>,
    private readonly manifest: Manifest,
    private readonly log: Logger,
  ) {}

  /** Refuses a document that the caller's role may not send. */
  refuseDocument({ document, text }: KnownDocument, actor: Actor | null): Refusal | undefined {
    const error = refuseUntrusted(
      this.manifest,
      this.settings.trustedDocuments,
      document,
      text,
      actor,
      this.log,
    );
    return error && new Refusal([error]);
  }

  /** Refuses an operation that this transport cannot answer, or this caller may not send. */
  refusePlan(plan: Plan, accepts: GraphqlRequest['accepts'], actor: Actor | null): Refusal | undefined {
    if (!accepts.has(plan.kind)) return refuseKind(plan.kind);
    if (this.hidesSchema(actor) && INTROSPECTION.some(name => plan.fields.has(name))) {
      return Refusal.because('INTROSPECTION_DISABLED');
    }
    if (plan.kind !== OperationTypeNode.MUTATION) return undefined;
    const roots = plan.selection.fields.map(({ on, field }) => `${on.name}.${field.name}`);
    const changing = roots.find(name => callerChangingMutations.has(name));
    if (changing && roots.some((name, index) => name !== changing || roots.indexOf(name) !== index)) {
      const name = changing.split('.')[1];
      return Refusal.because(
        'BAD_REQUEST',
        `\`${name}\` changes the caller. Send it as the only field of its operation.`,
      );
    }
    return undefined;
  }

  /** Whether names of the schema are kept from the caller. */
  hidesSchema(actor: Actor | null): boolean {
    return this.settings.production && actor === null;
  }
}

function refuseKind(kind: OperationTypeNode): Refusal {
  if (kind === OperationTypeNode.SUBSCRIPTION) {
    return Refusal.because(
      'BAD_REQUEST',
      'Subscriptions are served over WebSocket at `/graphql`, and over SSE at `/graphql/stream`.',
    );
  }
  return Refusal.because('BAD_REQUEST', `A ${kind} is not accepted here. Send it with POST.`, 405);
}
