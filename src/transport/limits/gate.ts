import { type DocumentNode, GraphQLError, type GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';
import type { SecurityConfig } from '../../config';
import { requestError } from '../../errors';
import type { Actor } from '../../policies';
import { Buckets, type ThrottleStatus } from './buckets';
import { requestedCost } from './cost';
import { type Checked, Documents } from './documents';
import { type Manifest, refuseUntrusted } from './trusted-documents';

/** Who asks: known, or known by an address only. */
export interface Caller {
  actor: Actor | null;
  address: string;
}

/** What a request was charged; to be settled when its answer is there. */
export interface Charge {
  caller: string;
  requested: number;
}

/** What an answer was thought to cost, and what it did. */
export interface Cost {
  requestedQueryCost: number;
  actualQueryCost: number;
}

/** `extensions.cost`, as Shopify's API gives it. */
export interface CostReport extends Cost {
  throttleStatus: ThrottleStatus;
}

const nameOf = ({ actor, address }: Caller) => (actor ? actor.userId : `address ${address}`);

/** What every document passes before it is executed, on every transport: its form, where it comes from, what it costs. */
export class Gate {
  private readonly documents: Documents;
  private readonly buckets: Buckets;

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly settings: SecurityConfig,
    private readonly manifest: Manifest,
    private readonly log: Logger,
  ) {
    this.documents = new Documents(schema);
    this.buckets = new Buckets(settings.costBucket, settings.costPerSecond);
  }

  /** The text of the trusted document with this id (`sha256:…`). */
  trusted(documentId: string): string | undefined {
    return this.manifest.textOf(documentId);
  }

  /** The document of this text, if it came before and is good; who may execute it is another matter. */
  known(text: string): DocumentNode | undefined {
    return this.documents.find(text);
  }

  /** Whether the document may be executed as far as its text tells. */
  check(text: string, { actor }: Caller): Checked {
    const checked = this.documents.check(text);
    if (!checked.document) return checked;
    const refused =
      refuseUntrusted(
        this.manifest,
        this.settings.trustedDocuments,
        checked.document,
        text,
        actor,
        this.log,
      ) ?? this.refuseIntrospection(checked.document, actor);
    return refused ? { errors: [refused], tooMuch: true } : checked;
  }

  /** Takes what the operation may cost out of the caller's bucket; throws where that is too much. */
  charge(
    document: DocumentNode,
    variables: Record<string, unknown> | null | undefined,
    operationName: string | null | undefined,
    caller: Caller,
  ): Charge | undefined {
    const requested = this.costOf(document, variables, operationName);
    // Variables that do not fit are refused by the execution, in the words of the specification.
    if (requested === undefined) return undefined;
    const most = this.settings.costPerOperation;
    if (requested > most) {
      const message = `The operation may cost ${requested} points; ${most} are allowed. Ask for fewer items (\`first\`), or for less of each.`;
      throw new GraphQLError(message, {
        extensions: {
          code: 'COST_LIMIT_EXCEEDED',
          cost: { requestedQueryCost: requested, most },
        },
      });
    }
    const name = nameOf(caller);
    const { waitMs } = this.buckets.take(name, requested);
    if (waitMs === 0) return { caller: name, requested };
    throw new GraphQLError(
      `Too much in a short time: the operation may cost ${requested} points. Try again in ${waitMs} ms.`,
      {
        extensions: {
          code: 'RATE_LIMITED',
          retryAfterMs: waitMs,
          cost: { requestedQueryCost: requested, throttleStatus: this.buckets.status(name) },
        },
      },
    );
  }

  /** What the operation may cost; undefined where its variables do not fit. */
  costOf(
    document: DocumentNode,
    variables: Record<string, unknown> | null | undefined,
    operationName: string | null | undefined,
  ): number | undefined {
    const requested = requestedCost(this.schema, document, variables, operationName);
    return requested instanceof GraphQLError ? undefined : requested;
  }

  /** Gives back what the answer did not cost, which is its objects and never more than was asked, and tells what it did. */
  settle({ caller, requested }: Charge, objects: number): CostReport {
    const actual = Math.min(requested, objects);
    this.buckets.giveBack(caller, requested - actual);
    return {
      requestedQueryCost: requested,
      actualQueryCost: actual,
      throttleStatus: this.buckets.status(caller),
    };
  }

  /** Gives all of it back: nothing has come of the request. */
  refund({ caller, requested }: Charge): void {
    this.buckets.giveBack(caller, requested);
  }

  /** Charges an answer that is sent again what it cost; undefined where the caller's bucket does not hold that much. */
  chargeAgain(caller: Caller, { requestedQueryCost, actualQueryCost }: Cost): ThrottleStatus | undefined {
    const name = nameOf(caller);
    if (this.buckets.take(name, requestedQueryCost).waitMs > 0) return undefined;
    this.buckets.giveBack(name, requestedQueryCost - actualQueryCost);
    return this.buckets.status(name);
  }

  /** Whether the names that the schema has are to be kept from the caller. */
  hidesSchema(actor: Actor | null): boolean {
    return this.settings.production && actor === null;
  }

  private refuseIntrospection(document: DocumentNode, actor: Actor | null): GraphQLError | undefined {
    if (!this.hidesSchema(actor)) return undefined;
    return introspects(document) ? requestError('INTROSPECTION_DISABLED') : undefined;
  }
}

const introspecting = new WeakMap<DocumentNode, boolean>();

/** Whether the document asks for the schema; looked for once. */
function introspects(document: DocumentNode): boolean {
  const known = introspecting.get(document);
  if (known !== undefined) return known;
  const asks = document.definitions.some(
    node => 'selectionSet' in node && /"__(schema|type)"/.test(JSON.stringify(node.selectionSet, namesOnly)),
  );
  introspecting.set(document, asks);
  return asks;
}

/** Leaves the places in the text out, which refer to each other in a circle. */
const namesOnly = (key: string, value: unknown) => (key === 'loc' || key === 'arguments' ? undefined : value);
