import { type CatalogSnapshot, listTariff } from '../../catalog';
import type { Session } from '../../database';
import { type Account, type Order, type OrderLine, OrderState } from '../../entities';
import { simple, type UserError } from '../../errors';
import { type Actor, inactiveError } from '../../policies';
import { findAccounts, findLiveSubscriptions } from '../../store';
import type { Facts } from '../ordering/draft';
import { draftErrors } from '../ordering/draft-rules';
import { liveSlots, readFacts } from '../ordering/facts';

/** An order to execute, with the facts that the rules need. */
export interface Execution {
  order: Order;
  recipient: Account;
  lines: readonly OrderLine[];
}

/** Errors that executing each order would give now. A page of orders costs the statements of one. */
export async function executionErrors(
  session: Session,
  actor: Actor,
  executions: readonly Execution[],
  catalog: CatalogSnapshot,
): Promise<UserError[][]> {
  const submitted = executions.filter(({ order }) => order.state === OrderState.SUBMITTED);
  const resellers = await resellersOf(session, submitted);
  const factsOf = await readAllFacts(session, actor, submitted, catalog, resellers);
  return executions.map(execution => {
    if (execution.order.state !== OrderState.SUBMITTED) return [notSubmitted(execution.order)];
    const reseller = resellers.get(execution.recipient.resellerId ?? '');
    const inactive = reseller ? inactiveError(reseller) : null;
    const errors = draftErrors({ actor, ...execution }, factsOf(execution));
    return inactive ? [...errors, inactive] : errors;
  });
}

function notSubmitted({ state }: Order): UserError {
  const message = `Only a submitted order can be executed; this one is ${state.toLowerCase().replace('_', ' ')}.`;
  return simple('INVALID_STATE', message, ['orderId']);
}

async function readAllFacts(
  session: Session,
  actor: Actor,
  executions: readonly Execution[],
  catalog: CatalogSnapshot,
  resellers: ReadonlyMap<string, Account>,
): Promise<(execution: Execution) => Facts> {
  const lines = executions.flatMap(execution => execution.lines);
  const shared = await readFacts(
    session,
    { actor, recipient: null, lines },
    catalog,
    listTariff(catalog, catalog.defaultList),
  );
  const live = await findLiveSubscriptions(
    session,
    executions.flatMap(execution => liveSlots(execution, catalog)),
  );
  return ({ recipient }) => ({
    ...shared,
    tariff: listTariff(
      catalog,
      catalog.priceList((resellers.get(recipient.resellerId ?? '') ?? recipient).priceListId),
    ),
    live,
  });
}

async function resellersOf(
  session: Session,
  executions: readonly Execution[],
): Promise<Map<string, Account>> {
  const ids = [...new Set(executions.flatMap(({ recipient }) => recipient.resellerId ?? []))];
  if (ids.length === 0) return new Map();
  const rows = await findAccounts(session, ids);
  return new Map(rows.map(row => [row.id, row]));
}
