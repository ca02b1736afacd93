import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import { type DatabaseServer, startDatabase } from '../../dev/local/database-server';
import { chooseEngine } from '../../dev/local/engines';
import { identify } from '../../dev/local/process-identity';
import { superviseProcess } from '../../dev/local/supervise-process';
import { ownerProcess, run, startOn } from '../support/private-server';
import { until } from '../support/until';

const silent = () => undefined;

const engine = chooseEngine(process.env);

describe('the private database', () => {
  const home = mkdtempSync(join(tmpdir(), 'sky basket-'));
  const dataDir = join(home, 'data');
  let inserted = 0;
  let server: DatabaseServer | undefined;

  const start = async () => {
    server = await startOn(dataDir);
    return server;
  };
  const insert = async (url: string) => {
    await run(url, 'CREATE TABLE IF NOT EXISTS kept (id int AUTO_INCREMENT PRIMARY KEY)');
    await run(url, 'INSERT INTO kept () VALUES ()');
    inserted += 1;
  };
  const expectAllKept = async (url: string) => {
    const [row] = await run(url, 'SELECT COUNT(*) AS kept FROM kept');
    expect(row).toEqual({ kept: inserted });
  };

  afterEach(() => server?.stop());
  afterAll(() => rmSync(home, { recursive: true, force: true }));

  test('keeps its data and its password from one start to the next', async () => {
    const first = await start();
    await insert(first.url);
    await first.stop();
    expect(identify(first.pid)).toBeUndefined();
    expect(existsSync(join(dataDir, `${engine.id}.lock`))).toBe(false);
    expect(statSync(join(dataDir, `${engine.id}.password`)).mode & 0o777).toBe(0o600);

    const second = await start();
    await expectAllKept(second.url);
    expect(new URL(second.url).password).toBe(new URL(first.url).password);
  });

  test('rejects connections without the password', async () => {
    const { port } = await start();
    for (const user of ['root', 'skybasket', '']) {
      await expect(createConnection({ host: '127.0.0.1', port, user })).rejects.toThrow('Access denied');
    }
  });

  test('has the settings that the gateway requires', async () => {
    const { url } = await start();
    const [row] = await run(
      url,
      'SELECT @@time_zone AS zone, @@character_set_database AS charset, @@bind_address AS address',
    );
    // MariaDB and MySQL name it differently.
    const [isolation] = await run(
      url,
      `SHOW VARIABLES WHERE Variable_name RLIKE '^(tx|transaction)_isolation$'`,
    );
    expect(isolation?.Value).toBe('READ-COMMITTED');
    expect(row).toEqual({
      zone: '+00:00',
      charset: 'utf8mb4',
      address: '127.0.0.1',
    });
  });

  test('rejects a second start on the same data, and names the process that uses it', async () => {
    const { url } = await start();
    await insert(url);
    await expect(startOn(dataDir)).rejects.toThrow(`is in use by process ${process.pid}`);
    await expectAllKept(url);
  });

  test('loses nothing when the server is killed', async () => {
    const killed = await start();
    await insert(killed.url);
    process.kill(killed.pid, 'SIGKILL');
    expect(await killed.exited).toBe('signal SIGKILL');
    const { url } = await start();
    await expectAllKept(url);
  });

  test('restarts at the same address when the server exits', async () => {
    const launch = (before?: DatabaseServer) =>
      startDatabase({ dataDir, log: silent, ...(before && { port: before.port }) });
    const kept = await superviseProcess(engine.title, launch, silent);
    const { url, pid } = kept.first;
    try {
      await insert(url);
      process.kill(pid, 'SIGKILL');
      await until(() => run(url, 'SELECT 1').then(Boolean, () => false));
      await expectAllKept(url);
    } finally {
      await kept.stop();
    }
    await expect(run(url, 'SELECT 1')).rejects.toThrow('ECONNREFUSED');
  });

  test('ends with its parent when that is killed', async () => {
    const { owner, url, pid } = await ownerProcess(dataDir);
    await insert(url);
    owner.kill('SIGKILL');
    await until(() => identify(pid) === undefined);
    await expectAllKept((await start()).url);
  });

  test('can be taken over at once from a parent that was killed together with it', async () => {
    const { owner, url, pid } = await ownerProcess(dataDir);
    await insert(url);
    owner.kill('SIGKILL');
    process.kill(pid, 'SIGKILL');
    await until(() => owner.signalCode !== null);
    await expectAllKept((await start()).url);
  });

  test('starts where a killed server left a socket lock that names a living process', async () => {
    const first = await start();
    await insert(first.url);
    await first.stop();
    writeFileSync(`${first.socketPath}.lock`, `${process.ppid}\n`);
    await expectAllKept((await start()).url);
  });

  test('is not blocked by a dead process whose pid was reused', async () => {
    const owner = { pid: process.pid, startedAt: 'in another life' };
    writeFileSync(join(dataDir, `${engine.id}.lock`), JSON.stringify({ owner }));
    await expectAllKept((await start()).url);
  });

  test('puts its socket elsewhere when the data folder has a long name', async () => {
    server = await startOn(join(home, 'long'.repeat(30)));
    expect(dirname(server.socketPath)).not.toContain('long');
    await server.stop();
    expect(existsSync(dirname(server.socketPath))).toBe(false);
  });

  test('removes the data of a temporary database', async () => {
    server = await startDatabase({ throwaway: true, log: silent });
    const folder = dirname(server.socketPath);
    expect(existsSync(folder)).toBe(true);
    await run(server.url, 'CREATE DATABASE test_w1');
    await server.stop();
    expect(existsSync(folder)).toBe(false);
  });
});
