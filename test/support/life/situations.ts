/** Calls that the races of a subscription's life send. */
export type Call =
  | ('change' | 'accept change' | 'withdraw change')
  | ('cancel' | 'accept cancellation')
  | ('suspend' | 'resume' | 'retry' | 'abandon' | 'execute');

/** Codes of refusals; null: it is done, once. */
type Answers = Partial<Record<Call, string | null>>;

/** A situation of a subscription in which calls exclude each other. */
export interface Situation {
  /** Response to each call after a call that is possible has won. */
  after: Partial<Record<Call, Answers>>;
  /** Other calls, with what they say before. */
  refused: Answers;
}

const BUSY = 'SUBSCRIPTION_BUSY';
const INVALID = 'INVALID_STATE';
const CHANGE = 'CHANGE_ALREADY_REQUESTED';
const CANCELLATION = 'CANCELLATION_ALREADY_REQUESTED';
const SUSPENDED = 'SUBSCRIPTION_SUSPENDED';
const NOT_FAILED = 'OPERATION_NOT_FAILED';

const all = (code: string, ...calls: Call[]): Answers => Object.fromEntries(calls.map(call => [call, code]));

export const situations = {
  active: {
    after: {
      change: { ...all(CHANGE, 'change', 'cancel', 'execute'), ...all(BUSY, 'suspend', 'resume') },
      suspend: all(BUSY, 'change', 'suspend', 'cancel', 'execute', 'resume'),
      cancel: { ...all(CANCELLATION, 'change', 'cancel', 'execute'), ...all(BUSY, 'suspend', 'resume') },
      execute: { ...all(BUSY, 'change', 'suspend', 'cancel', 'resume'), execute: INVALID },
    },
    refused: { resume: INVALID },
  },
  'with a change that awaits a decision': {
    after: {
      'accept change': {
        ...all(INVALID, 'accept change', 'withdraw change'),
        ...all(CHANGE, 'change', 'cancel', 'execute'),
        suspend: BUSY,
      },
      'withdraw change': {
        ...all(INVALID, 'accept change', 'withdraw change'),
        ...{ suspend: null, change: null, cancel: null, execute: null },
      },
      suspend: {
        ...all(BUSY, 'suspend', 'accept change'),
        ...all(CHANGE, 'change', 'cancel', 'execute'),
        'withdraw change': null,
      },
    },
    refused: all(CHANGE, 'change', 'cancel', 'execute'),
  },
  'with a change that has failed': {
    after: {
      retry: {
        ...all(INVALID, 'retry', 'accept change', 'withdraw change'),
        ...all(CHANGE, 'cancel', 'change', 'execute'),
        ...{ abandon: NOT_FAILED, suspend: BUSY },
      },
      abandon: {
        ...all(INVALID, 'retry', 'accept change', 'withdraw change'),
        ...all(BUSY, 'cancel', 'change', 'execute', 'suspend'),
        abandon: NOT_FAILED,
      },
      cancel: {
        ...all(CANCELLATION, 'cancel', 'retry', 'change', 'execute'),
        ...all(INVALID, 'accept change', 'withdraw change'),
        ...{ abandon: BUSY, suspend: CHANGE },
      },
    },
    refused: {
      ...all(CHANGE, 'change', 'execute', 'suspend'),
      ...all(INVALID, 'accept change', 'withdraw change'),
    },
  },
  suspended: {
    after: {
      resume: all(BUSY, 'resume', 'cancel', 'change', 'suspend', 'execute'),
      cancel: { ...all(CANCELLATION, 'cancel', 'change', 'execute'), ...all(BUSY, 'resume', 'suspend') },
    },
    refused: { ...all(SUSPENDED, 'change', 'execute'), suspend: INVALID },
  },
  'suspended with a change that awaits a decision': {
    after: {
      resume: { ...all(BUSY, 'resume', 'accept change'), 'withdraw change': null },
      'withdraw change': { ...all(INVALID, 'withdraw change', 'accept change'), resume: null },
    },
    refused: { 'accept change': SUSPENDED },
  },
  'with a cancellation that awaits a decision': {
    after: {
      'accept cancellation': {
        ...all(INVALID, 'accept cancellation', 'accept change', 'withdraw change'),
        ...all(BUSY, 'suspend', 'resume'),
        ...all(CANCELLATION, 'change', 'execute', 'cancel'),
      },
      suspend: {
        ...all(BUSY, 'suspend', 'resume', 'accept cancellation'),
        ...all(INVALID, 'accept change', 'withdraw change'),
        ...all(CANCELLATION, 'change', 'execute', 'cancel'),
      },
    },
    refused: {
      ...all(CANCELLATION, 'change', 'execute', 'cancel'),
      // Of a change that is withdrawn.
      ...all(INVALID, 'resume', 'accept change', 'withdraw change'),
    },
  },
  'with a cancellation that has failed': {
    after: {
      retry: {
        ...all(INVALID, 'retry', 'accept cancellation'),
        ...all(CANCELLATION, 'cancel', 'change'),
        ...{ abandon: NOT_FAILED, suspend: BUSY },
      },
      abandon: {
        ...all(INVALID, 'retry', 'accept cancellation'),
        ...{ abandon: NOT_FAILED, suspend: null, change: null, cancel: null },
      },
    },
    refused: { ...all(CANCELLATION, 'change', 'cancel', 'suspend'), 'accept cancellation': INVALID },
  },
  'with a suspension that has failed': {
    after: {
      retry: {
        ...all(BUSY, 'cancel', 'suspend', 'change', 'resume', 'execute'),
        ...{ retry: INVALID, abandon: NOT_FAILED },
      },
      abandon: {
        ...all(BUSY, 'cancel', 'suspend', 'change', 'resume', 'execute'),
        ...{ retry: INVALID, abandon: NOT_FAILED },
      },
      cancel: {
        ...all(CANCELLATION, 'cancel', 'retry', 'change', 'execute'),
        ...all(BUSY, 'abandon', 'suspend', 'resume'),
      },
    },
    refused: all(INVALID, 'suspend', 'change', 'resume', 'execute'),
  },
} as const satisfies Record<string, Situation>;

/** Name of a situation. */
export type Name = keyof typeof situations;

/** The pairs that are raced in a situation: at least one of the two is possible. */
export function pairsOf(name: Name): [one: Call, other: Call][] {
  const { after, refused }: Situation = situations[name];
  const winners = Object.keys(after) as Call[];
  const others = [...winners, ...(Object.keys(refused) as Call[])];
  return winners.flatMap((one, index) => others.slice(index).map(other => [one, other] as [Call, Call]));
}

/** Response to a call after the same call was done. */
const repeated: Answers = {
  ...{ change: CHANGE, cancel: CANCELLATION, execute: INVALID, suspend: BUSY, resume: BUSY },
  ...all(INVALID, 'accept change', 'withdraw change', 'accept cancellation', 'retry'),
  abandon: NOT_FAILED,
};

type Tally = Record<string, number>;

/** Whether twenty answers, ten of each call, are those of one call after the other in one order or the other. */
export function isInOrder(name: Name, one: Call, other: Call, said: Record<Call, Tally>): boolean {
  const { after, refused }: Situation = situations[name];
  const orders = [
    [one, other],
    [other, one],
  ] as const;
  return orders.some(([first, second]) => {
    const answers = after[first];
    if (!answers || !isOnce(said[first], answers[first])) return false;
    if (first === second) return true;
    const before = refused[second];
    const then = answers[second];
    if (then !== null) return isNever(said[second], before, then);
    if (!before) return isOnce(said[second], repeated[second]);
    return isOnce(said[second], repeated[second], before) || isNever(said[second], before);
  });
}

const CALLS = 10;

/** One is done, and each of the others is refused with one of the codes. */
function isOnce(said: Tally, ...refusals: (string | null | undefined)[]): boolean {
  const { done = 0, ...others } = said;
  return done === 1 && isOf(others, refusals) && sum(said) % CALLS === 0;
}

/** None is done. */
const isNever = (said: Tally, ...refusals: (string | null | undefined)[]) => isOf(said, refusals);

const isOf = (said: Tally, codes: readonly (string | null | undefined)[]) =>
  Object.keys(said).every(code => codes.includes(code));
const sum = (said: Tally) => Object.values(said).reduce((total, count) => total + count, 0);
