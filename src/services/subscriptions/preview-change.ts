import type { CancellationPolicy } from '../../entities';
import { notFound, Refusal, refuseIf } from '../../errors';
import { nextDecider, strictestPolicy } from '../../policies';
import type { ActorContext } from '../context';
import { openRequestsOf, type SubscriptionActivity } from './activity';
import { inactiveOwnerErrors, readChangeFacts } from './change-facts';
import { parseWanted } from './change-input';
import { type PlannedChange, planChange } from './plan-change';
import { type PreviewedCharges, previewCharges } from './preview-charges';
import { requestChangeError } from './subscription-rules';
import type { WantedChange } from './wanted-change';

/** Preview of a change: what a request with the same input would do now. */
export interface ChangePreview extends PlannedChange, PreviewedCharges {
  currency: string;
  needsDecision: boolean;
}

/** Plans a change without requesting it. Refuses as the request would. */
export async function previewChange(
  context: ActorContext,
  activityOf: (subscriptionId: string) => Promise<SubscriptionActivity | null>,
  input: WantedChange & { subscriptionId: string },
): Promise<ChangePreview> {
  const wanted = parseWanted(input);
  const activity = await activityOf(input.subscriptionId);
  if (!activity) throw new Refusal([notFound('subscription', ['subscriptionId'])]);
  const { subscription } = activity;
  refuseIf([requestChangeError(openRequestsOf(activity))]);
  const facts = await readChangeFacts(context, context.db, activity);
  const plan = planChange(facts, wanted);
  refuseIf(inactiveOwnerErrors(facts, plan.kinds));
  const policy: CancellationPolicy = strictestPolicy(
    facts.catalog.service(subscription.serviceId),
    plan.kinds,
  );
  const needsDecision = nextDecider(context.actor, subscription, policy) !== null;
  const charges = await previewCharges(context.db, facts, wanted, plan);
  return { ...plan, ...charges, currency: subscription.currency, needsDecision };
}
