import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  ConnectionFailed,
  classOf,
  DatabaseUnavailable,
  isConflict,
  isDatabaseFault,
  isLockTimeout,
  isOutage,
  RowLocked,
  StatementTimeout,
} from '../../../src/database/faults';

const met = (errno: number) => classOf(Object.assign(new Error('met'), { errno }));

test.each([
  ['restart', [1020, 1205, 1213, 1317, 1615, 3101]],
  ['wait', [1040, 1047, 1053, 1077, 1180, 1203, 1226, 1290, 1836, 1927, 2006, 2013, 3032, 3100, 3169, 4031]],
  ['wait', [1792, 1874, 3168, 3781, 3782, 3783, 3796, 3797, 3798, 3799, 6400]],
  ['refuse', [1021, 1030, 1114, 1197, 1251, 1461, 1524, 1698, 1820, 1878, 3098, 3118, 3159, 3675, 3955]],
  ['answer', [1094, 1095, 3572]],
  [undefined, [0, 1054, 1062, 1064, 1146, 1452]],
])('faults of class %s', (fault, errnos) => {
  expect(errnos.map(met)).toEqual(errnos.map(() => fault));
});

test('every errno has one class', () => {
  const source = readFileSync(resolve(__dirname, '../../../src/database/faults.ts'), 'utf8');
  const table = source.slice(source.indexOf('const CLASSES'), source.indexOf('const CLASS_OF'));
  const errnos = [...table.matchAll(/^ {4}(\d+),/gm)].map(([, errno]) => errno);
  expect(errnos.length).toBeGreaterThan(50);
  expect(new Set(errnos).size).toBe(errnos.length);
});

test('errors of the driver and the operating system for a lost connection', () => {
  const codes = [
    ...['PROTOCOL_CONNECTION_LOST', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EAI_AGAIN'],
    'ERR_STREAM_DESTROYED',
  ];
  for (const code of codes) {
    const met = Object.assign(new Error(code), { code });
    // Other libraries have the same codes.
    expect(isDatabaseFault(met)).toBe(false);
    expect(isOutage(Object.assign(met, { fatal: true }))).toBe(true);
  }
  expect(isOutage(new Error("Can't add new command when connection is in closed state"))).toBe(true);
  expect(isDatabaseFault(new Error('anything else'))).toBe(false);
  expect(isDatabaseFault(undefined)).toBe(false);
});

test('a wrapped fault has the class of its cause', () => {
  const deadlock = Object.assign(new Error('Deadlock found'), { errno: 1213 });
  expect(isConflict(new DatabaseUnavailable(deadlock))).toBe(true);
  expect(isOutage(new DatabaseUnavailable(new StatementTimeout(10)))).toBe(true);
  expect(classOf(new ConnectionFailed(Object.assign(new Error('denied'), { errno: 1045 })))).toBe('refuse');
  expect(classOf(new ConnectionFailed(new Error('self-signed certificate')))).toBe('refuse');
});

test('a NOWAIT failure does not restart the unit of work', () => {
  const locked = new RowLocked(Object.assign(new Error('Lock wait timeout exceeded'), { errno: 1205 }));
  expect([isConflict(locked), isLockTimeout(locked), isDatabaseFault(locked)]).toEqual([false, true, false]);
});
