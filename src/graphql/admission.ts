import { GraphQLError, type GraphQLSchema, getVariableValues, type OperationDefinitionNode } from 'graphql';
import { type Bound, bind, boundLists, countValues } from './bind';
import type { Caller } from './caller';
import { costOf } from './cost';
import { Documents, type KnownDocument } from './documents';
import type { FairTurns } from './fair-turns';
import type { Introspection } from './introspection';
import { BASE, introspectionLengths } from './introspection-cost';
import { bucketOf, type Ledger } from './ledger';
import type { Plan, Variables } from './plan';
import { Plans } from './plans';
import { Refusal } from './refusal';
import type { AdmittedOperation, GraphqlRequest } from './request';
import type { Rules } from './rules';
import { withoutSuggestions } from './suggestions';

/** Coercion of variables stops after this number of errors: each error prints the whole value. */
const MOST_ERRORS = 5;

/** Values in variables from which their coercion waits for its turn. */
const MANY_VALUES = 50;

/** Parts that admission shares with the rest of the pipeline. */
interface Parts {
  ledger: Ledger;
  rules: Rules;
  introspection: Introspection;
  turns: FairTurns;
}

/**
 * Decides whether a request is executed, and with which values: its document, its operation, its coerced variables and
 * its cost are each computed once. A request that fails any step is refused, charged at least the minimum.
 */
export class Admission {
  private readonly documents: Documents;
  private readonly plans: Plans;
  private readonly lengths;

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly parts: Parts,
  ) {
    this.documents = new Documents(schema);
    this.plans = new Plans(schema);
    this.lengths = introspectionLengths(schema);
  }

  /** Admits a request whose document may be new. */
  async admit(request: GraphqlRequest, text: string, caller: Caller): Promise<AdmittedOperation | Refusal> {
    const { ledger, rules, turns } = this.parts;
    const limited = ledger.open(caller);
    if (limited) return limited;
    let known = this.documents.find(text);
    if (known && countValues(request.variables, MANY_VALUES) >= MANY_VALUES)
      await turns.wait(bucketOf(caller));
    if (!known) {
      ledger.chargeReading(caller, text.length);
      await turns.wait(bucketOf(caller));
      const read = this.documents.find(text) ?? this.documents.read(text);
      if (!('document' in read)) return new Refusal(rules.hidesSchema(caller.actor) ? read.map(plain) : read);
      known = read;
    }
    return this.decide(known, request, caller);
  }

  /** Admits a request whose document is kept; undefined, with nothing charged, if it is not. */
  admitKnown(
    request: GraphqlRequest,
    text: string,
    caller: Caller,
    isWanted: (known: KnownDocument) => boolean,
  ): AdmittedOperation | Refusal | undefined {
    const known = this.documents.find(text);
    if (!known || !isWanted(known)) return undefined;
    return this.parts.ledger.open(caller) ?? this.decide(known, request, caller);
  }

  private decide(known: KnownDocument, request: GraphqlRequest, caller: Caller): AdmittedOperation | Refusal {
    const { ledger, rules, introspection } = this.parts;
    const untrusted = rules.refuseDocument(known, caller.actor);
    if (untrusted) return untrusted;
    const operation = operationOf(known, request.operationName);
    if (operation instanceof Refusal) return operation;
    const resolved = this.resolve(known, operation, request.variables ?? {});
    if (resolved instanceof Refusal) return resolved;
    const { plan, bound } = resolved;
    const refused = rules.refusePlan(plan, request.accepts, caller.actor);
    if (refused) return refused;
    const cost = introspection.find(plan) ? BASE : costOf(plan, bound, this.lengths);
    if (!Number.isFinite(cost)) return Refusal.because('COST_LIMIT_EXCEEDED');
    const charge = ledger.charge(caller, cost);
    return charge instanceof Refusal ? charge : { known, plan, ...bound, charge };
  }

  /** The plan and the values of an operation, or the reason why its variables do not fit. */
  private resolve(
    known: KnownDocument,
    operation: OperationDefinitionNode,
    sent: Variables,
  ): { plan: Plan; bound: Bound } | Refusal {
    try {
      const definitions = operation.variableDefinitions ?? [];
      for (const { variable } of definitions) boundLists(sent[variable.name.value], [variable.name.value]);
      const { coerced, errors } = getVariableValues(this.schema, definitions, sent, {
        maxErrors: MOST_ERRORS,
      });
      if (!coerced) return new Refusal(errors.map(unfit));
      const plan = this.plans.get(known, operation, coerced);
      return { plan, bound: bind(plan, coerced) };
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error;
      return new Refusal([unfit(error)]);
    }
  }
}

function operationOf(
  { operations }: KnownDocument,
  name: string | null | undefined,
): OperationDefinitionNode | Refusal {
  const found = name ? operations.filter(node => node.name?.value === name) : operations;
  const [operation, second] = found;
  if (operation && !second) return operation;
  if (name) return unresolved(`The document has no operation named ${JSON.stringify(name)}.`);
  if (!operation) return unresolved('The document has no operation.');
  return unresolved('The document has several operations. Set `operationName`.');
}

const unresolved = (message: string) => Refusal.because('OPERATION_RESOLUTION_FAILURE', message);

/** An error of a variable, a directive or an argument, with a code that clients know. */
function unfit(error: GraphQLError): GraphQLError {
  if (error.extensions.code) return error;
  const { message, nodes = null } = error;
  return new GraphQLError(message, { nodes, extensions: { code: 'BAD_USER_INPUT' } });
}

function plain({ message, extensions }: GraphQLError): GraphQLError {
  return new GraphQLError(withoutSuggestions({ message }).message, { extensions });
}
