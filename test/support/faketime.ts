import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const APT = resolve(__dirname, '../../scripts/lib/apt.mjs');
const ROOT = '/usr/lib';

function find(): string | undefined {
  if (!existsSync(ROOT)) return undefined;
  return readdirSync(ROOT)
    .map(folder => join(ROOT, folder, 'faketime/libfaketimeMT.so.1'))
    .find(path => existsSync(path));
}

/** The library that gives a process another clock (Debian's `faketime`), installed where that is allowed; undefined without. */
export function findFaketime(): string | undefined {
  const known = find();
  if (known || process.platform !== 'linux') return known;
  const script = `import { aptInstall } from ${JSON.stringify(APT)}; await aptInstall('faketime');`;
  spawnSync(process.execPath, ['--input-type=module', '-e', script], { stdio: 'ignore' });
  return find();
}

/** A clock that a test sets. */
export interface TestClock {
  /** For the environment of the processes that go by it. Their monotonic clock stays right. */
  env: Record<string, string>;
  /** Moves it, such as by `+32d` or `-1h`, from the true time. */
  set(offset: string): void;
}

/** A clock that is right until it is set. */
export function createTestClock(library: string, offset = '+0'): TestClock {
  const file = join(mkdtempSync(join(tmpdir(), 'skybasket-clock-')), 'offset');
  const set = (to: string) => writeFileSync(file, `${to}\n`);
  set(offset);
  return {
    env: {
      LD_PRELOAD: library,
      FAKETIME_TIMESTAMP_FILE: file,
      FAKETIME_CACHE_DURATION: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
      DONT_FAKE_MONOTONIC: '1',
    },
    set,
  };
}
