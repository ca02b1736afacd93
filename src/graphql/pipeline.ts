import {
  createSourceEventStream,
  type DocumentNode,
  type ExecutionResult,
  execute,
  type GraphQLSchema,
} from 'graphql';
import type { Logger } from 'pino';
import type { SecurityConfig } from '../config';
import type { PriceList } from '../entities';
import type { Context } from '../services/context';
import { Admission } from './admission';
import type { Caller } from './caller';
import { Compiler } from './compiler';
import { countObjects } from './cost';
import { deprecatedIn } from './deprecated';
import type { KnownDocument } from './documents';
import { logUnexpected, maskError } from './errors';
import { executionSchema } from './execution-schema';
import { FairTurns } from './fair-turns';
import { Introspection } from './introspection';
import { type Cost, type CostReport, Ledger } from './ledger';
import type { Plan } from './plan';
import { type CatalogVersion, isPublic, type PublicGraph } from './public/public-queries';
import { Writer } from './public/writer';
import { Refusal } from './refusal';
import type { AdmittedOperation, Answer, Executable, GraphqlRequest } from './request';
import { Rules } from './rules';
import type { Manifest } from './trusted-documents';

/** Estimate from which an operation waits for its turn, in points: it can block the event loop for milliseconds. */
const HEAVY = 100;

/** Parts of the pipeline that the application chooses. */
export interface PipelineOptions {
  schema: GraphQLSchema;
  settings: SecurityConfig;
  manifest: Manifest;
  publicGraph: PublicGraph;
  log: Logger;
}

/**
 * The only way from a request to its answer, for every transport: `admit`, `execute`, `present`. Transports translate
 * their protocol to and from these three and decide nothing.
 */
export class Pipeline {
  private readonly admission: Admission;
  private readonly compiler: Compiler;
  private readonly executable: GraphQLSchema;
  private readonly introspection = new Introspection();
  private readonly turns = new FairTurns();
  private readonly ledger: Ledger;
  private readonly writer: Writer;
  private readonly publicDocuments = new WeakSet<DocumentNode>();

  constructor(private readonly options: PipelineOptions) {
    const { schema, settings, manifest, publicGraph, log } = options;
    this.ledger = new Ledger(settings);
    const { ledger, introspection, turns } = this;
    const rules = new Rules(settings, manifest, log);
    this.admission = new Admission(schema, { ledger, rules, introspection, turns });
    this.executable = executionSchema(schema);
    this.compiler = new Compiler(this.executable, log);
    this.writer = new Writer(schema, publicGraph);
  }

  /** Text of the trusted document with this id (`sha256:…`). */
  trusted(documentId: string): string | undefined {
    return this.options.manifest.textOf(documentId);
  }

  /** Admits a request, or refuses it with errors that the client can act on. */
  async admit(request: GraphqlRequest, caller: Caller): Promise<AdmittedOperation | Refusal> {
    const id = request.extensions?.documentId;
    const text = request.query || (typeof id === 'string' ? this.trusted(id) : '');
    if (text === undefined) return Refusal.because('DOCUMENT_NOT_FOUND');
    const admitted = await this.admission.admit(request, text, caller);
    if (!(admitted instanceof Refusal) && this.isPublic(admitted.known, admitted.plan)) {
      this.publicDocuments.add(admitted.known.document);
    }
    return admitted;
  }

  /** Executes an admitted operation. For a message of a stream, `rootValue` is the message. */
  async execute(
    { plan, variables, charge }: Executable,
    contextValue: Context,
    rootValue?: unknown,
  ): Promise<ExecutionResult> {
    const kept = this.introspection.find(plan);
    if (kept) {
      // Writing a large answer as JSON takes milliseconds.
      await this.turns.wait(charge.caller);
      return kept;
    }
    const blocks = this.compiler.compilesNow(plan) || (charge.requested >= HEAVY && rootValue === undefined);
    if (blocks) await this.turns.wait(charge.caller);
    const compiled = this.compiler.get(plan);
    const result = compiled
      ? ((await compiled(rootValue, contextValue, variables)) as ExecutionResult)
      : await execute({
          schema: this.executable,
          document: plan.document,
          variableValues: variables,
          contextValue,
          rootValue,
        });
    this.introspection.keep(plan, result);
    return result;
  }

  /** Starts an admitted subscription: the source of its messages, or the errors that prevent it. */
  subscribe(
    { plan, variables }: AdmittedOperation,
    contextValue: Context,
  ): Promise<AsyncIterable<unknown> | ExecutionResult> {
    const { executable: schema } = this;
    return createSourceEventStream({
      schema,
      document: plan.document,
      variableValues: variables,
      contextValue,
    });
  }

  /** The result as the client gets it: with masked errors, and with its cost, which is settled. */
  present(result: ExecutionResult, { charge }: AdmittedOperation, context: Context): Answer {
    const cost = this.ledger.settle(charge, countObjects(result.data));
    return { ...this.mask(result, context), extensions: { cost } };
  }

  /** The result with masked errors, which are logged. */
  mask(result: ExecutionResult, { log, requestId }: Pick<Context, 'log' | 'requestId'>): Answer {
    const { data, errors } = result;
    if (!errors) return result as Answer;
    logUnexpected(log, errors);
    return {
      ...(data !== undefined && { data: data as Record<string, unknown> | null }),
      errors: errors.map(error => maskError(error, requestId)),
    };
  }

  /**
   * Admits a request whose document was public before. Undefined, with nothing charged, for every other request: those
   * go through `admit`.
   */
  admitPublic(request: GraphqlRequest, caller: Caller): AdmittedOperation | Refusal | undefined {
    const { query } = request;
    if (!query) return undefined;
    return this.admission.admitKnown(request, query, caller, ({ document }) =>
      this.publicDocuments.has(document),
    );
  }

  /**
   * Writes the answer to a public query without a resolver's context; undefined, with nothing settled, for a query that
   * is not public or whose resolvers throw.
   */
  async writePublic(
    { plan, args, charge, known }: AdmittedOperation,
    catalog: CatalogVersion,
    list: PriceList,
  ): Promise<{ text: string; cost: CostReport } | undefined> {
    if (!this.isPublic(known, plan)) return undefined;
    try {
      const { text, objects } = await this.writer.write(plan, args, catalog, list);
      return { text, cost: this.ledger.settle(charge, objects) };
    } catch {
      return undefined;
    }
  }

  /** Charges the minimum for a request that does not become one of GraphQL. */
  chargeMistake(caller: Caller): void {
    this.ledger.open(caller);
  }

  /** Charges a public answer that is sent again; false if the caller's bucket does not hold its estimate. */
  chargeAgain(caller: Caller, cost: Cost): boolean {
    return this.ledger.chargeAgain(caller, cost);
  }

  /** Uses of deprecated elements are counted for each request, so their answers are not kept. */
  private isPublic({ document }: KnownDocument, plan: Plan): boolean {
    const { schema, publicGraph } = this.options;
    return isPublic(plan, publicGraph) && deprecatedIn(schema, document).length === 0;
  }
}
