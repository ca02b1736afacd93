import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { getMetadataArgsStorage } from 'typeorm';
import * as machines from '../../src/policies/machines';
import { stateColumns } from '../../src/store';

type AnyMachine = machines.Machine<string>;

/** Where each record begins, and where it may stay. */
const all: Record<string, [machine: AnyMachine, initial: string, final: string[]]> = {
  order: [machines.orderMachine, 'SUBMITTED', ['COMPLETED', 'PARTIALLY_COMPLETED', 'CANCELLED']],
  subscription: [machines.subscriptionMachine, 'PENDING', ['CANCELLED']],
  sync: [machines.syncMachine, 'UNSYNCED', []],
  operation: [machines.operationMachine, 'PENDING', ['SUCCEEDED', 'ABANDONED']],
  step: [machines.stepMachine, 'PENDING', ['SUCCEEDED', 'SKIPPED']],
  request: [machines.requestMachine, 'PENDING', ['REJECTED', 'WITHDRAWN', 'COMPLETED', 'FAILED']],
  change: [machines.changeMachine, 'PENDING', ['REJECTED', 'WITHDRAWN', 'COMPLETED', 'FAILED']],
  basket: [machines.basketMachine, 'OPEN', ['CHECKED_OUT']],
  import: [machines.importMachine, 'RUNNING', ['SUCCEEDED', 'FAILED']],
  webhook: [machines.webhookMachine, 'ENABLED', []],
  delivery: [machines.deliveryMachine, 'PENDING', []],
  mail: [machines.mailMachine, 'PENDING', []],
  invitation: [machines.invitationMachine, 'PENDING', ['ACCEPTED', 'REVOKED']],
};

function reachable(machine: AnyMachine, from: string): Set<string> {
  const seen = new Set([from]);
  for (const state of seen) for (const next of machine[state] ?? []) seen.add(next);
  return seen;
}

test('every state machine is tested', () => {
  const known = Object.values(machines).filter(value => typeof value === 'object');
  expect(new Set(known)).toEqual(new Set(Object.values(all).map(([machine]) => machine)));
});

describe.each(Object.entries(all))('the %s machine', (_, [machine, initial, final]) => {
  const states = Object.keys(machine);

  test('has transitions between its own states only, and none to the same state', () => {
    for (const state of states) {
      expect(states).toEqual(expect.arrayContaining([...(machine[state] ?? [])]));
      expect(machine[state]).not.toContain(state);
    }
  });

  test('begins with its initial state, as the diagram says', () => {
    expect(states[0]).toBe(initial);
  });

  test('reaches every state from its first', () => {
    expect([...reachable(machine, initial)].sort()).toEqual([...states].sort());
  });

  test('has exactly the intended final states', () => {
    expect(states.filter(state => machine[state]?.length === 0).sort()).toEqual([...final].sort());
  });

  test('reaches a final state from every state', () => {
    if (final.length === 0) return;
    for (const state of states) {
      expect([state, final.some(end => reachable(machine, state).has(end))]).toEqual([state, true]);
    }
  });

  test('has consistent transitions forwards and backwards', () => {
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
  ['an abandoned operation is retried', machines.operationMachine, 'ABANDONED', 'PENDING'],
] as [string, AnyMachine, string, string][])('never %s', (_, machine, from, to) => {
  expect(machines.canMove(machine, from, to)).toBe(false);
});

test('every column that holds a state has a machine, and every machine has a column', () => {
  const columns = getMetadataArgsStorage()
    .columns.filter(({ propertyName }) => /state$/i.test(propertyName))
    .map(({ target, propertyName }) => `${(target as { name: string }).name}.${propertyName}`);
  const known = [...stateColumns].flatMap(([entity, of]) =>
    Object.keys(of).map(column => `${entity.name}.${column}`),
  );
  expect(columns.length).toBeGreaterThan(0);
  expect(known.sort()).toEqual(columns.sort());
  expect(new Set([...stateColumns.values()].flatMap(of => Object.values(of)))).toEqual(
    new Set(Object.values(all).map(([machine]) => machine)),
  );
});

describe('the check that only store/transition.ts and store/advance.ts write states', () => {
  const check = (...folder: string[]) => {
    const args = [resolve(__dirname, '../../scripts/states.mjs'), ...folder];
    const { status, stdout } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    return { status, lines: stdout.trim().split('\n') };
  };

  test('finds no other statement that writes a state, for every state column', () => {
    const columns = new Set([...stateColumns.values()].flatMap(of => Object.keys(of)));
    expect(check()).toEqual({ status: 0, lines: [`Columns of states: ${[...columns].join(' ')}`] });
  });

  test.each([
    ['an update', '`UPDATE orders SET version = version + 1, state = ? WHERE id = ?`', 1],
    ['a constant', '`UPDATE t SET syncState = "PENDING" WHERE id = ?`', 1],
    ['an upsert', '`INSERT INTO t VALUES (?) ON DUPLICATE KEY UPDATE state = VALUES(state)`', 1],
    ['a typed column', `\`UPDATE orders SET \${o.state} = ? WHERE id = ?\``, 1],
    ['a condition', '`UPDATE orders SET version = 1 WHERE state = ?`', 0],
    ['an insert', '`INSERT INTO orders (id, state) VALUES (?, ?)`', 0],
  ])('judges %s', (_, sql, found) => {
    const folder = mkdtempSync(join(tmpdir(), 'states-'));
    writeFileSync(join(folder, 'a.ts'), `export const sql = ${sql};\n`);
    expect(check(folder).status).toBe(found);
  });
});
