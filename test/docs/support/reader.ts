import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ROOT } from '../../support/root';
import { newSession } from '../../support/sign-in';
import { openShell, type Shell } from './shell';
import type { Skybasket } from './skybasket';

/** Somebody who works through one document: a folder, a shell, and what the gateway has answered so far. */
export interface Reader {
  /** Beside the clone, as the guides have it. */
  folder: string;
  shell: Shell;
  /** Text of a document, with the addresses that are real here. */
  here(text: string): string;
  /** The gateway's answer to a document, as somebody of the demo data, or without a token. */
  send(as: string | undefined, query: string, variables: object): Promise<Answer>;
  /** The value of a placeholder such as `<basket.id>`: what the answers so far have at that path, the latest first. */
  fill(variables: unknown): unknown;
  /** Where `npm run serve` listens, from now on: the guide's own gateway instead of the one of `npm start`. */
  moveTo(url: string): void;
  leave(): Promise<void>;
}

/** GraphQL over HTTP. */
export interface Answer {
  data?: Record<string, unknown> | null;
  errors?: unknown[];
}

/**
 * `curl` that fails where an answer is an error, and reads a stream for a moment only; `mariadb` as whoever runs the
 * operator's server.
 */
const PRELUDE = `
set -o pipefail
curl() {
  case " $* " in
    *" -N "*|*" -sN "*) command timeout 3 curl "$@" | head -c 4000; return 0;;
  esac
  command curl --fail-with-body "$@" | tee -a "$ANSWERS"
}
mariadb() { command mariadb --user="$MYSQL_USER" "$@"; }`;

/** A reader in a fresh folder. */
export async function startReading(skybasket: Skybasket, env: Record<string, string>): Promise<Reader> {
  const home = mkdtempSync(join(tmpdir(), 'skybasket-reader-'));
  const folder = join(home, 'work');
  mkdirSync(folder);
  symlinkSync(ROOT, join(home, 'skybasket'));
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  const shell = openShell(folder, { ...env, ANSWERS: join(folder, 'answers') });
  await shell.run(PRELUDE);
  const tokens = new Map<string, string>();
  const answers: unknown[] = [];
  let url = skybasket.url;

  const post = async (token: string | undefined, query: string, variables: object): Promise<Answer> => {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
      body: JSON.stringify({ query, variables }),
    });
    return (await response.json()) as Answer;
  };
  const anonymous = {
    send: (_: null, query: string, variables: object) => post(undefined, query, variables),
  };

  return {
    folder,
    shell,
    here: text =>
      text
        .replaceAll(/(localhost|127\.0\.0\.1):4000/g, new URL(url).host)
        .replaceAll(/(localhost|127\.0\.0\.1):5000/g, new URL(skybasket.simulatorUrl).host)
        .replaceAll('localhost:9464', new URL(skybasket.metricsUrl).host)
        .replaceAll('db.example:3306', `${env.MYSQL_HOST}:${env.MYSQL_TCP_PORT}`)
        .replaceAll('.data/', `${skybasket.dataDir}/`)
        .replaceAll(/\/etc\/(skybasket[\w-]*\.env)/g, join(folder, '$1'))
        .replaceAll('/opt/skybasket', ROOT),
    async send(as, query, variables) {
      const token = as && (tokens.get(as) ?? (await newSession(anonymous, as)));
      if (as && token) tokens.set(as, token);
      const answer = await post(token, query, variables);
      answers.unshift(answer.data);
      return answer;
    },
    fill: variables => fill(variables, answers),
    moveTo(other) {
      url = other;
    },
    async leave() {
      await shell.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** Writes one of the files that a guide has its reader write. */
export function writeExample({ folder }: Reader, name: string, text: string): void {
  const file = join(folder, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function fill(value: unknown, answers: readonly unknown[]): unknown {
  if (Array.isArray(value)) return value.map(item => fill(item, answers));
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, fill(part, answers)]));
  }
  const [, path] = /^<(.+)>$/.exec(String(value)) ?? [];
  if (path === undefined) return value;
  if (/uuid/i.test(path)) return randomUUID();
  for (const answer of answers) {
    const found = at(answer, path.split('.'));
    if (found !== undefined && found !== null) return found;
  }
  throw new Error(`No answer so far has ${path}`);
}

/** The first value at `path`, however deep it begins. */
function at(value: unknown, path: readonly string[]): unknown {
  if (value === null || typeof value !== 'object') return undefined;
  const direct = path.reduce<unknown>(
    (from, name) => (from as Record<string, unknown> | null)?.[name],
    value,
  );
  if (direct !== undefined && direct !== null) return direct;
  for (const part of Object.values(value)) {
    const found = at(part, path);
    if (found !== undefined) return found;
  }
  return undefined;
}
