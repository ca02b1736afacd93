import { type GraphQLSchema, getOperationAST, getVariableValues } from 'graphql';
import type { Deps } from '../../services/context';
import type { Caller, Charge, CostReport, Gate } from '../limits/gate';
import { deprecatedIn } from '../observe/deprecated';
import { type CatalogNow, isPublic } from './documents';
import type { Writer } from './writer';

/** What a public document gives. */
export interface PublicResult {
  /** The one catalog that all of it is from. */
  catalog: CatalogNow;
  /** The value of `data`. */
  text: string;
  report: CostReport;
  operationName: string | undefined;
  /** By `performance.now()`. */
  startedAt: number;
}

/** A request that has a document and nothing out of the ordinary. */
interface Plain {
  query: string;
  variables?: Record<string, unknown> | null;
  operationName?: string | null;
}

function isPlain(body: unknown): body is Plain {
  if (typeof body !== 'object' || body === null) return false;
  const {
    query,
    variables = null,
    operationName = null,
    extensions = null,
  } = body as Record<string, unknown>;
  return (
    typeof query === 'string' &&
    typeof variables === 'object' &&
    !Array.isArray(variables) &&
    (operationName === null || typeof operationName === 'string') &&
    extensions === null
  );
}

/** Executes documents that select public fields alone, once they are known to be good. */
export class PublicExecution {
  constructor(
    private readonly schema: GraphQLSchema,
    private readonly deps: Pick<Deps, 'catalog'>,
    private readonly gate: Gate,
    private readonly writer: Writer,
  ) {}

  /** Undefined, with nothing charged, for all that is not plainly right. */
  async execute(body: unknown, caller: Caller): Promise<PublicResult | undefined> {
    if (!isPlain(body)) return undefined;
    const startedAt = performance.now();
    const { query, variables, operationName } = body;
    const document = this.gate.known(query);
    if (!document || !isPublic(this.schema, document)) return undefined;
    // The use of what is deprecated is counted, so it is never answered from memory.
    if (deprecatedIn(this.schema, document).length > 0) return undefined;
    const operation = getOperationAST(document, operationName);
    if (!operation || !this.gate.check(query, caller).document) return undefined;
    const { coerced } = getVariableValues(this.schema, operation.variableDefinitions ?? [], variables ?? {});
    const charge = coerced && this.charge(document, body, caller);
    if (!charge) return undefined;
    const { current: catalog } = this.deps.catalog;
    const list = catalog.priceList(caller.actor?.priceListId ?? null);
    try {
      const { text, objects } = await this.writer.write(document, operation, coerced, catalog, list);
      const report = this.gate.settle(charge, objects);
      return { catalog, text, report, operationName: operation.name?.value, startedAt };
    } catch {
      this.gate.refund(charge);
      return undefined;
    }
  }

  private charge(
    document: Parameters<Gate['charge']>[0],
    { variables, operationName }: Plain,
    caller: Caller,
  ): Charge | undefined {
    try {
      return this.gate.charge(document, variables, operationName, caller);
    } catch {
      return undefined;
    }
  }
}
