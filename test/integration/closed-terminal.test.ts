import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { until } from '../support/until';

const dataDir = mkdtempSync(join(tmpdir(), 'skybasket-terminal-'));
let terminal: ChildProcess;
afterAll(() => {
  terminal.kill('SIGKILL');
  for (const pid of ours()) process.kill(pid, 'SIGKILL');
  rmSync(dataDir, { recursive: true, force: true });
});

const proc = (pid: string, file: string): string => {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
};

/** The processes of this start: all have its folder in their environment; zombies have none. */
const ours = (): number[] =>
  readdirSync('/proc')
    .filter(pid => /^\d+$/.test(pid) && proc(pid, 'environ').includes(`DATA_DIR=${dataDir}\0`))
    .map(Number);

jest.setTimeout(90_000);

let output = '';
beforeAll(async () => {
  const { PATH, HOME } = process.env;
  // util-linux's script has a terminal for the command; killed, it closes that terminal as a window does.
  terminal = spawn('script', ['-qefc', 'stty cols 100; npm start --silent', '/dev/null'], {
    cwd: resolve(__dirname, '../..'),
    env: { PATH, HOME, TERM: 'xterm', PORT: '0', DATA_DIR: dataDir },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  terminal.stdout?.on('data', chunk => (output += String(chunk)));
  await until(() => output.includes('Skybasket is ready.') && output.includes('_control/faults'));
});

/** The status of a request to the console that names `host`. */
async function statusFor(host: string): Promise<number | undefined> {
  const console = /Console +(http\S+)/.exec(output)?.[1] ?? '';
  const [response] = await once(request(console, { headers: { host } }).end(), 'response');
  response.resume();
  return response.statusCode;
}

test('npm start has a spinner on a terminal', () => {
  expect(output).toContain('Starting the database and the provider …');
  expect(output).toContain('\u001b[?25l');
});

test('npm start serves the host names of this machine and no others', async () => {
  expect(await statusFor('localhost:4000')).toBe(200);
  expect(await statusFor('evil.example:4000')).toBe(421);
});

test('npm start lets pages of this machine call, from any port', async () => {
  const graph = /GraphQL +(http\S+)/.exec(output)?.[1] ?? '';
  const origin = 'http://localhost:5173';
  const headers = { origin, 'access-control-request-method': 'POST' };
  const [response] = await once(request(graph, { method: 'OPTIONS', headers }).end(), 'response');
  response.resume();
  expect(response.headers['access-control-allow-origin']).toBe(origin);
});

test('closing its terminal leaves no process behind, and the data can be used again', async () => {
  expect(ours().length).toBeGreaterThan(3);
  terminal.kill('SIGKILL');
  await once(terminal, 'exit');
  await until(() => ours().length === 0);
  // What was stopped in order has released its locks.
  expect(readdirSync(dataDir).filter(name => name.endsWith('.lock'))).toEqual([]);
});
