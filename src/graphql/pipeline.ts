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
import { CallerRules } from './caller-rules';
import { Compiler } from './compiler';
import { countObjects } from './cost';
import { type Cost, CostLimiter } from './cost-limiter';
import { deprecatedElements } from './deprecated';
import { logUnexpected, maskError } from './errors';
import { executionSchema } from './execution-schema';
import { FairScheduler } from './fair-scheduler';
import { IntrospectionCache } from './introspection-cache';
import { AnswerWriter, type WrittenAnswer } from './public/answer-writer';
import { type CatalogVersion, isPublic, type PublicGraph } from './public/public-queries';
import type { AdmittedOperation, Answer, Executable, GraphqlRequest } from './request';
import { RequestRefusal } from './request-refusal';
import type { Manifest } from './trusted-documents';

/** Estimate in points from which an operation is scheduled. It can block the event loop for milliseconds. */
const HEAVY_COST = 100;

/** Options of the pipeline. */
export interface PipelineOptions {
  schema: GraphQLSchema;
  settings: SecurityConfig;
  manifest: Manifest;
  publicGraph: PublicGraph;
  log: Logger;
}

/** Request pipeline of every transport, which only translates its protocol to these functions. */
export class Pipeline {
  private readonly admission: Admission;
  private readonly compiler: Compiler;
  private readonly executable: GraphQLSchema;
  private readonly introspectionCache = new IntrospectionCache();
  private readonly scheduler = new FairScheduler();
  private readonly costLimiter: CostLimiter;
  private readonly writer: AnswerWriter;
  private readonly publicDocuments = new WeakSet<DocumentNode>();

  constructor(private readonly options: PipelineOptions) {
    const { schema, settings, manifest, publicGraph, log } = options;
    this.costLimiter = new CostLimiter(settings);
    const { costLimiter, introspectionCache, scheduler } = this;
    const rules = new CallerRules(settings, manifest, log);
    this.admission = new Admission(schema, { costLimiter, rules, introspectionCache, scheduler });
    this.executable = executionSchema(schema);
    this.compiler = new Compiler(this.executable, log);
    this.writer = new AnswerWriter(schema, publicGraph);
  }

  /** Returns the text of the trusted document with this id. */
  trustedText(documentId: string): string | undefined {
    return this.options.manifest.textOf(documentId);
  }

  /** Admits or refuses a request. */
  async admit(request: GraphqlRequest, caller: Caller): Promise<AdmittedOperation | RequestRefusal> {
    const id = request.extensions?.documentId;
    const text = request.query || (typeof id === 'string' ? this.trustedText(id) : '');
    if (text === undefined) return RequestRefusal.because('DOCUMENT_NOT_FOUND');
    const admitted = await this.admission.admit(request, text, caller);
    if (!(admitted instanceof RequestRefusal) && this.isPublicQuery(admitted)) {
      this.publicDocuments.add(admitted.document.ast);
    }
    return admitted;
  }

  /** Executes an admitted operation. For a message of a stream, `rootValue` is the message. */
  async execute(
    { plan, variables, charge }: Executable,
    contextValue: Context,
    rootValue?: unknown,
  ): Promise<ExecutionResult> {
    const cached = this.introspectionCache.find(plan);
    if (cached) {
      // Serializing a large answer takes milliseconds.
      await this.scheduler.waitForTurn(charge.caller);
      return cached;
    }
    const blocks =
      this.compiler.willCompile(plan) || (charge.requested >= HEAVY_COST && rootValue === undefined);
    if (blocks) await this.scheduler.waitForTurn(charge.caller);
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
    this.introspectionCache.store(plan, result);
    return result;
  }

  /** Starts an admitted subscription. Returns the source of its messages, or errors. */
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

  /** Creates the answer from a result: masks its errors and settles its cost. */
  present(result: ExecutionResult, { charge }: AdmittedOperation, context: Context): Answer {
    const cost = this.costLimiter.settle(charge, countObjects(result.data));
    return { ...this.mask(result, context), extensions: { cost } };
  }

  /** Masks and logs the errors of a result. */
  mask(result: ExecutionResult, { log, requestId }: Pick<Context, 'log' | 'requestId'>): Answer {
    const { data, errors } = result;
    if (!errors) return result as Answer;
    logUnexpected(log, errors);
    return {
      ...(data !== undefined && { data: data as Record<string, unknown> | null }),
      errors: errors.map(error => maskError(error, requestId)),
    };
  }

  /** Admits a request whose document is cached and public. Undefined, without a charge, for any other. */
  admitPublic(request: GraphqlRequest, caller: Caller): AdmittedOperation | RequestRefusal | undefined {
    const { query } = request;
    if (!query) return undefined;
    return this.admission.admitCached(request, query, caller, ({ ast }) => this.publicDocuments.has(ast));
  }

  /** Writes the answer to a public query as JSON. Undefined, without a charge, if that is impossible. */
  writePublic(
    { plan, args, charge, document }: AdmittedOperation,
    catalog: CatalogVersion,
    list: PriceList,
  ): WrittenAnswer | undefined {
    if (!this.isPublicQuery({ document, plan })) return undefined;
    try {
      return this.writer.write(plan, args, catalog, list, objects =>
        this.costLimiter.settle(charge, objects),
      );
    } catch {
      return undefined;
    }
  }

  /** Charges the minimum for a request that is not a valid GraphQL request. */
  chargeMalformed(caller: Caller): void {
    this.costLimiter.chargeMinimum(caller);
  }

  /** Charges a cached public answer. False if the caller's bucket does not hold its estimate. */
  chargeCached(caller: Caller, cost: Cost): boolean {
    return this.costLimiter.chargeCached(caller, cost);
  }

  /** True for a query of public fields only. False for a document with deprecated elements, because every use is counted. */
  isPublicQuery({ document: { ast }, plan }: Pick<AdmittedOperation, 'document' | 'plan'>): boolean {
    const { schema, publicGraph } = this.options;
    return isPublic(plan, publicGraph) && deprecatedElements(schema, ast).length === 0;
  }
}
