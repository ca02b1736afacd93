import { spawnSync } from 'node:child_process';
import { built } from '../support/dist';

/** Blocks its only thread until the server has ended the connection, then sends a statement. */
const PROGRAM = `
  const [, processLog, url] = process.argv;
  const { captureWarnings, createLog } = require(processLog);
  const { log } = createLog('info');
  captureWarnings(log);
  const connection = require('mysql2').createConnection(url);
  connection.on('error', () => undefined);
  connection.query('SELECT 1 AS one', () => connection.query('SET SESSION wait_timeout = 1', () => {
    connection.query('SELECT SLEEP(0)', () => undefined);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 3000);
    connection.query('SELECT 2 AS two', error => {
      log.info({ errno: error?.errno, code: error?.code }, 'answered');
      connection.destroy();
    });
  }));
`;

test('a connection that the server ended while its process was frozen leaves lines of JSON only', () => {
  const url = String(process.env.TEST_DATABASE_URL);
  const { stdout, stderr } = spawnSync(process.execPath, ['-e', PROGRAM, built('src/process-log.js'), url], {
    encoding: 'utf8',
  });
  const lines = stdout
    .trim()
    .split('\n')
    .map(line => JSON.parse(line));
  expect(stderr).toBe('');
  expect(lines).toEqual([
    expect.objectContaining({ msg: expect.stringContaining('got packets out of order') }),
    expect.objectContaining({ msg: 'answered', errno: 4031 }),
  ]);
});
