import * as machines from '../../src/policies/machines';

type AnyMachine = machines.Machine<string>;

/** Where each record begins, and where it may stay. */
const all: Record<string, [machine: AnyMachine, initial: string, final: string[]]> = {
  order: [machines.orderMachine, 'SUBMITTED', ['COMPLETED', 'CANCELLED']],
  subscription: [machines.subscriptionMachine, 'PENDING', ['CANCELLED']],
  sync: [machines.syncMachine, 'UNSYNCED', []],
  operation: [machines.operationMachine, 'PENDING', ['SUCCEEDED']],
  step: [machines.stepMachine, 'PENDING', ['SUCCEEDED', 'SKIPPED']],
  request: [machines.requestMachine, 'PENDING', ['REJECTED', 'WITHDRAWN', 'COMPLETED']],
  webhook: [machines.webhookMachine, 'ENABLED', []],
  delivery: [machines.deliveryMachine, 'PENDING', []],
};

function reachable(machine: AnyMachine, from: string): Set<string> {
  const seen = new Set([from]);
  for (const state of seen) for (const next of machine[state] ?? []) seen.add(next);
  return seen;
}

test('every machine is looked at', () => {
  const known = Object.values(machines).filter(value => typeof value === 'object');
  expect(new Set(known)).toEqual(new Set(Object.values(all).map(([machine]) => machine)));
});

describe.each(Object.entries(all))('the %s machine', (_, [machine, initial, final]) => {
  const states = Object.keys(machine);

  test('leads only to states that it has, and never from a state to itself', () => {
    for (const state of states) {
      expect(states).toEqual(expect.arrayContaining([...(machine[state] ?? [])]));
      expect(machine[state]).not.toContain(state);
    }
  });

  test('reaches every state from its first', () => {
    expect([...reachable(machine, initial)].sort()).toEqual([...states].sort());
  });

  test('ends where it is meant to, and nowhere else', () => {
    expect(states.filter(state => machine[state]?.length === 0).sort()).toEqual([...final].sort());
  });

  test('has a way to an end from every state', () => {
    if (final.length === 0) return;
    for (const state of states) {
      expect([state, final.some(end => reachable(machine, state).has(end))]).toEqual([state, true]);
    }
  });

  test('says the same forwards and backwards', () => {
    for (const from of states) {
      for (const to of states) {
        const allowed = machine[from]?.includes(to);
        expect(machines.canMove(machine, from, to)).toBe(allowed);
        expect(machines.statesBefore(machine, to).includes(from)).toBe(allowed);
      }
    }
  });
});

test.each([
  ['a rejected request is opened again', machines.requestMachine, 'REJECTED', 'PENDING'],
  ['an ended subscription comes back', machines.subscriptionMachine, 'CANCELLED', 'ACTIVE'],
  ['an executed order is withdrawn', machines.orderMachine, 'EXECUTING', 'CANCELLED'],
  ['a completed order is executed again', machines.orderMachine, 'COMPLETED', 'EXECUTING'],
  ['a finished operation is retried', machines.operationMachine, 'SUCCEEDED', 'PENDING'],
] as [string, AnyMachine, string, string][])('never %s', (_, machine, from, to) => {
  expect(machines.canMove(machine, from, to)).toBe(false);
});
