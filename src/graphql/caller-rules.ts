import { OperationTypeNode } from 'graphql';
import type { Logger } from 'pino';
import type { SecurityConfig } from '../config';
import { type Actor, callerChangingMutations } from '../policies';
import type { ValidDocument } from './document-cache';
import type { Plan } from './plan';
import type { GraphqlRequest } from './request';
import { RequestRefusal } from './request-refusal';
import { type Manifest, refuseUntrusted } from './trusted-documents';

const INTROSPECTION = ['Query.__schema', 'Query.__type'];

/** Rules for valid documents that depend on the caller or the transport. */
export class CallerRules {
  constructor(
    private readonly settings: Pick<SecurityConfig, 'trustedDocuments' | 'production'>,
    private readonly manifest: Manifest,
    private readonly log: Logger,
  ) {}

  /** Refuses a document that the role of the caller may not send. */
  refuseDocument({ ast, text }: ValidDocument, actor: Actor | null): RequestRefusal | undefined {
    const error = refuseUntrusted(this.manifest, this.settings.trustedDocuments, ast, text, actor, this.log);
    return error && new RequestRefusal([error]);
  }

  /** Refuses an operation that the transport cannot answer or the caller may not send. */
  refusePlan(
    plan: Plan,
    accepts: GraphqlRequest['accepts'],
    actor: Actor | null,
  ): RequestRefusal | undefined {
    if (!accepts.has(plan.kind)) return refuseKind(plan.kind);
    if (this.hidesSchema(actor) && INTROSPECTION.some(name => plan.fields.has(name))) {
      return RequestRefusal.because('INTROSPECTION_DISABLED');
    }
    if (plan.kind !== OperationTypeNode.MUTATION) return undefined;
    const roots = plan.selection.fields.map(({ on, field }) => `${on.name}.${field.name}`);
    const changing = roots.find(name => callerChangingMutations.has(name));
    if (changing && roots.some((name, index) => name !== changing || roots.indexOf(name) !== index)) {
      const name = changing.split('.')[1];
      return RequestRefusal.because(
        'BAD_REQUEST',
        `\`${name}\` changes the caller. Send it as the only field of its operation.`,
      );
    }
    return undefined;
  }

  /** Whether the schema is hidden from the caller. */
  hidesSchema(actor: Actor | null): boolean {
    return this.settings.production && actor === null;
  }
}

function refuseKind(kind: OperationTypeNode): RequestRefusal {
  if (kind === OperationTypeNode.SUBSCRIPTION) {
    return RequestRefusal.because(
      'BAD_REQUEST',
      'Subscriptions are served over WebSocket at `/graphql`, and over SSE at `/graphql/stream`.',
    );
  }
  return RequestRefusal.because('BAD_REQUEST', `A ${kind} is not accepted here. Send it with POST.`, 405);
}
