import { type ListRequest, listRequests, viewers } from './console-lists';
import type { Lab } from './lab';
import type { Contender } from './processes';
import { say } from './report';
import { median } from './rounds';
import { post } from './shop';

/** Target of the 95th percentile of each list, in milliseconds. */
const MOST_MS = 200;
/** Attempts of a request that took too long: other work on the machine delays some. */
const ATTEMPTS = 3;

/** Answer times of one list. */
export interface AnswerTimes {
  list: string;
  /** In milliseconds, sorted. */
  times: number[];
  /** Slowest request. */
  slowest: string;
}

/** Sends every request of every list as every viewer. Skips the list after a request that fails, as for a viewer who is not allowed to read it. */
export async function answerTimes(lab: Lab, gateway: Contender): Promise<AnswerTimes[]> {
  const middle = await lab.bearer(viewers[0][1]);
  const requests = await listRequests(async (body, list) => {
    const data = await post<Record<string, { pageInfo: { startCursor: string | null } }>>(
      gateway,
      middle,
      body,
    );
    return data[list]?.pageInfo.startCursor ?? undefined;
  });
  const taken = new Map<string, [ms: number, name: string][]>();
  for (const [viewer, id] of viewers) {
    const bearer = await lab.bearer(id);
    const forbidden = new Set<string>();
    for (const request of requests) {
      const { list, name } = request;
      if (forbidden.has(list)) continue;
      const ms = await timeOf(gateway, bearer, request);
      if (ms === undefined) forbidden.add(list);
      else taken.set(list, [...(taken.get(list) ?? []), [ms, `${viewer}: ${name}`]]);
    }
  }
  return [...taken].map(([list, all]) => {
    const sorted = all.toSorted(([one], [other]) => one - other);
    return { list, times: sorted.map(([ms]) => ms), slowest: sorted.at(-1)?.[1] ?? '' };
  });
}

/** Time of an answer in milliseconds: the first if it is quick, the median of three otherwise. Undefined if it fails, as a list that the viewer is not allowed to read. */
async function timeOf(
  gateway: Contender,
  bearer: string,
  { body }: ListRequest,
): Promise<number | undefined> {
  const times: number[] = [];
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const began = performance.now();
    try {
      await post(gateway, bearer, body);
    } catch (error) {
      // A list that is too broad takes as long as its deadline.
      if (!String(error).includes('"TOO_BROAD"')) {
        if (!String(error).includes('"FORBIDDEN"')) say(`\nFailed: ${body}\n${error}`);
        return undefined;
      }
    }
    times.push(performance.now() - began);
    if ((times[0] ?? 0) < MOST_MS / 2) break;
  }
  return median(times);
}
