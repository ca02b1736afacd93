import { GraphQLError, type GraphQLSchema, type OperationDefinitionNode } from 'graphql';
import { type BoundValues, bind, countValues } from './bind';
import type { Caller } from './caller';
import type { CallerRules } from './caller-rules';
import { coerceVariables } from './coerce-variables';
import { costOf } from './cost';
import { bucketKey, type CostLimiter } from './cost-limiter';
import { DocumentCache, type ValidDocument } from './document-cache';
import type { FairScheduler } from './fair-scheduler';
import type { IntrospectionCache } from './introspection-cache';
import { BASE_COST, introspectionLengths } from './introspection-cost';
import type { Plan, Variables } from './plan';
import { PlanCache } from './plan-cache';
import type { AdmittedOperation, GraphqlRequest } from './request';
import { RequestRefusal } from './request-refusal';
import { withoutSuggestions } from './suggestions';

/** Number of values in variables from which their coercion is scheduled. */
const SCHEDULED_VALUES = 50;

/** Services that admission shares with the rest of the pipeline. */
interface AdmissionServices {
  costLimiter: CostLimiter;
  rules: CallerRules;
  introspectionCache: IntrospectionCache;
  scheduler: FairScheduler;
}

/** Finds the document and the operation, coerces the variables and computes the cost, once. A refusal is charged too. */
export class Admission {
  private readonly documents: DocumentCache;
  private readonly plans: PlanCache;
  private readonly lengths;

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly parts: AdmissionServices,
  ) {
    this.documents = new DocumentCache(schema);
    this.plans = new PlanCache(schema);
    this.lengths = introspectionLengths(schema);
  }

  /** Admits a request. Parses and validates its document if it is not cached. */
  async admit(
    request: GraphqlRequest,
    text: string,
    caller: Caller,
  ): Promise<AdmittedOperation | RequestRefusal> {
    const { costLimiter, rules, scheduler } = this.parts;
    const limited = costLimiter.chargeMinimum(caller);
    if (limited) return limited;
    let document = this.documents.find(text);
    if (document && countValues(request.variables, SCHEDULED_VALUES) >= SCHEDULED_VALUES)
      await scheduler.waitForTurn(bucketKey(caller));
    if (!document) {
      costLimiter.chargeParsing(caller, text.length);
      await scheduler.waitForTurn(bucketKey(caller));
      const result = this.documents.find(text) ?? this.documents.parseAndValidate(text);
      if (!('ast' in result))
        return new RequestRefusal(rules.hidesSchema(caller.actor) ? result.map(withoutSuggestion) : result);
      document = result;
    }
    return this.admitDocument(document, request, caller);
  }

  /** Admits a request with a cached document that `accepts` accepts. Undefined, without a charge, for every other one. */
  admitCached(
    request: GraphqlRequest,
    text: string,
    caller: Caller,
    accepts: (document: ValidDocument) => boolean,
  ): AdmittedOperation | RequestRefusal | undefined {
    const known = this.documents.find(text);
    if (!known || !accepts(known)) return undefined;
    return this.parts.costLimiter.chargeMinimum(caller) ?? this.admitDocument(known, request, caller);
  }

  private admitDocument(
    document: ValidDocument,
    request: GraphqlRequest,
    caller: Caller,
  ): AdmittedOperation | RequestRefusal {
    const { costLimiter, rules, introspectionCache } = this.parts;
    const untrusted = rules.refuseDocument(document, caller.actor);
    if (untrusted) return untrusted;
    const operation = operationOf(document, request.operationName);
    if (operation instanceof RequestRefusal) return operation;
    const resolved = this.resolve(document, operation, request.variables ?? {});
    if (resolved instanceof RequestRefusal) return resolved;
    const { plan, bound } = resolved;
    const refused = rules.refusePlan(plan, request.accepts, caller.actor);
    if (refused) return refused;
    const cost = introspectionCache.find(plan) ? BASE_COST : costOf(plan, bound, this.lengths);
    if (!Number.isFinite(cost)) return RequestRefusal.because('COST_LIMIT_EXCEEDED');
    const charge = costLimiter.charge(caller, cost);
    return charge instanceof RequestRefusal ? charge : { document, plan, ...bound, charge };
  }

  /** Resolves the plan and the values of an operation. Refuses invalid variables. */
  private resolve(
    document: ValidDocument,
    operation: OperationDefinitionNode,
    sent: Variables,
  ): { plan: Plan; bound: BoundValues } | RequestRefusal {
    try {
      const { coerced, errors } = coerceVariables(this.schema, operation, sent);
      if (!coerced) return new RequestRefusal(errors.map(badUserInput));
      const plan = this.plans.get(document, operation, coerced);
      return { plan, bound: bind(plan, coerced) };
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error;
      return new RequestRefusal([badUserInput(error)]);
    }
  }
}

function operationOf(
  { operations }: ValidDocument,
  name: string | null | undefined,
): OperationDefinitionNode | RequestRefusal {
  const found = name ? operations.filter(node => node.name?.value === name) : operations;
  const [operation, second] = found;
  if (operation && !second) return operation;
  if (name) return operationNotFound(`The document has no operation named ${JSON.stringify(name)}.`);
  if (!operation) return operationNotFound('The document has no operation.');
  return operationNotFound('The document has several operations. Set `operationName`.');
}

const operationNotFound = (message: string) =>
  RequestRefusal.because('OPERATION_RESOLUTION_FAILURE', message);

/** Adds BAD_USER_INPUT to an error of a variable, a directive or an argument. */
function badUserInput(error: GraphQLError): GraphQLError {
  if (error.extensions.code) return error;
  const { message, nodes = null } = error;
  return new GraphQLError(message, { nodes, extensions: { code: 'BAD_USER_INPUT' } });
}

function withoutSuggestion({ message, extensions }: GraphQLError): GraphQLError {
  return new GraphQLError(withoutSuggestions({ message }).message, { extensions });
}
