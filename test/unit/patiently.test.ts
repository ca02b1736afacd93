import { ConnectionFailed, DatabaseUnavailable, PoolExhausted } from '../../src/database/faults';
import { retryUntilAvailable } from '../../src/services/streams/retry-until-available';

test.each([
  ['an exhausted pool', new DatabaseUnavailable(new PoolExhausted(1))],
  ['conflicts without end', new DatabaseUnavailable(Object.assign(new Error('Deadlock'), { errno: 1213 }))],
  ['a refused password', new ConnectionFailed(Object.assign(new Error('denied'), { errno: 1045 }))],
])('an event that met %s is read again', async (_name, fault) => {
  let looks = 0;
  const read = async () => {
    looks += 1;
    if (looks < 3) throw fault;
    return 'read';
  };
  expect(await retryUntilAvailable(read)).toBe('read');
  expect(looks).toBe(3);
});

test('an error of the gateway is rethrown', async () => {
  await expect(retryUntilAvailable(() => Promise.reject(new Error('a mistake')))).rejects.toThrow(
    'a mistake',
  );
});
