import type { Account, OrderSource } from '../../entities';
import { Refusal } from '../../errors';
import type { ActorContext } from '../context';
import type { DraftLine } from './draft';
import { precheck } from './precheck';

/**
 * Asks the provider, as `precheck` does. Where it says no, `ours` is asked again first: what changed meanwhile (another
 * order that was executed, for instance) is told in our own words, which say what to do about it.
 */
export async function precheckDraft(
  context: ActorContext,
  recipient: Account,
  lines: readonly DraftLine[],
  source: OrderSource,
  recheckRules: () => Promise<void>,
): Promise<void> {
  try {
    await precheck(context, recipient, lines, source);
  } catch (error) {
    if (error instanceof Refusal) await recheckRules();
    throw error;
  }
}
