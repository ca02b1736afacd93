import { type Client, CombinedError, type OperationResult } from 'urql';
import {
  BasketDocument,
  UpdateBasketLineDocument,
  type UpdateBasketLineInput,
} from '../../generated/graphql';
import { sentence } from '../data/action';
import { answered, newest } from './answers';
import type { Draft, Drafts, Edit, Line } from './drafts';
import { chosenAddons } from './quantities';
import { reconcile } from './reconcile';

/** Pause after which typed text is saved, in milliseconds. */
const PAUSE_MS = 400;
/** Pause after which an edit that did not reach the gateway is sent again, in milliseconds. */
const AGAIN_MS = 5000;
/** Time after which a request counts as lost, in milliseconds. */
const DEADLINE_MS = 15_000;
/** Maximum number of attempts while others keep changing the basket. */
const MAX_ATTEMPTS = 5;

/** Result of a request, or a network error if it takes too long: a connection that is lost can stay silent. */
const inTime = <Data>(request: Promise<OperationResult<Data>>) =>
  Promise.race([
    request,
    new Promise<Pick<OperationResult<Data>, 'data' | 'error'>>(resolve => {
      const error = new CombinedError({ networkError: new Error('timeout') });
      setTimeout(resolve, DEADLINE_MS, { data: undefined, error });
    }),
  ]);

/** Add-ons for a subscription have neither a name nor licenses of their own. */
function inputOf(line: Line, expectedVersion: number, draft: Draft): UpdateBasketLineInput {
  const product = { friendlyName: draft.friendlyName.trim() || null, quantity: draft.quantity };
  return {
    lineId: line.id,
    expectedVersion,
    addons: chosenAddons(draft.addons),
    ...(!line.subscription && product),
  };
}

/** Saves the edits of a user, one after the other, so that each has the version that the one before has left. */
export function startSaver(client: Client, drafts: Drafts, onSaved: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let saving = false;
  let stopped = false;

  /** Saves an edit. False if the basket has to be read again. */
  async function attempt(lineId: string, { draft, ...basis }: Edit, isFirst: boolean): Promise<boolean> {
    // What the page shows is enough to begin with, and does not wait for the network.
    const shown = isFirst ? client.readQuery(BasketDocument, {}, { requestPolicy: 'cache-only' }) : null;
    const read = () => client.query(BasketDocument, {}, { requestPolicy: 'network-only' }).toPromise();
    const { data, error } = shown?.data ? shown : await inTime(read());
    if (!data) {
      drafts.failed(lineId, draft, 'broken', { errors: [], broken: sentence(error) });
      return true;
    }
    // A later edit of the line has the same basis.
    const next = reconcile(lineId, { ...(drafts.all().get(lineId) ?? basis), draft }, newest(data.basket));
    if (next.step === 'send') return send(lineId, draft, next.line, next.version);
    if (next.step === 'done') drafts.saved(lineId, draft);
    // A basket of the cache can be older than the line.
    else if (isFirst) return false;
    else drafts.failed(lineId, draft, next.step);
    return true;
  }

  async function save(lineId: string, edit: Edit): Promise<void> {
    for (let count = 0; count < MAX_ATTEMPTS; count += 1) {
      if (await attempt(lineId, edit, count === 0)) return;
    }
    drafts.failed(lineId, edit.draft, 'conflict');
  }

  /** Sends an edit. False if the basket has to be read again. */
  async function send(lineId: string, draft: Draft, line: Line, version: number): Promise<boolean> {
    drafts.sending(lineId, draft);
    const input = inputOf(line, version, draft);
    const context = { additionalTypenames: ['Basket'] };
    const { data, error } = await inTime(
      client.mutation(UpdateBasketLineDocument, { input }, context).toPromise(),
    );
    const payload = data?.updateBasketLine;
    if (!payload) {
      drafts.failed(lineId, draft, 'broken', { errors: [], broken: sentence(error) });
      return true;
    }
    const { errors } = payload;
    if (errors.some(({ code, path }) => code === 'VERSION_CONFLICT' || path?.at(-1) === 'lineId'))
      return false;
    if (errors.length > 0) drafts.failed(lineId, draft, 'refused', { errors, broken: null });
    else {
      answered(payload.basket);
      drafts.saved(lineId, draft);
      onSaved();
    }
    return true;
  }

  /** Saves what was entered. With `again`, also what did not reach the gateway. */
  async function saveAll(again: boolean): Promise<void> {
    if (saving) return;
    saving = true;
    for (const [lineId, edit] of drafts.all()) {
      const due = edit.state === 'saving' || (again && edit.state === 'broken');
      if (due && !stopped) await save(lineId, edit);
    }
    saving = false;
    schedule();
  }

  /** Waits for a pause in typing. What comes while something is saved is seen to afterwards. */
  function schedule(): void {
    if (saving || stopped) return;
    const states = [...drafts.all().values()].map(({ state }) => state);
    clearTimeout(timer);
    if (states.includes('saving')) timer = setTimeout(saveAll, PAUSE_MS, false);
    else if (states.includes('broken')) timer = setTimeout(saveAll, AGAIN_MS, true);
  }
  const retry = () => void saveAll(true);

  const unwatch = drafts.watch(schedule);
  window.addEventListener('online', retry);
  schedule();
  return () => {
    stopped = true;
    clearTimeout(timer);
    unwatch();
    window.removeEventListener('online', retry);
  };
}
