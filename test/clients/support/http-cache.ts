import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findCache, withLibraries } from '../../../dev/cluster/programs';
import { freePort } from '../../../dev/local/free-port';
import { spawnTied } from '../../../dev/local/spawn-tied';
import { until } from '../../support/until';

const STOP_GRACE_MS = 3000;
const TEMPORARY = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];

/** nginx as a shared cache in front of a gateway, with nothing configured but where it is: the answers decide. */
const config = (home: string, port: number, gateway: string) => `
daemon off;
master_process off;
pid ${home}/nginx.pid;
error_log ${home}/error.log;
events {}
http {
  access_log off;
  ${TEMPORARY.map(name => `${name}_temp_path ${home}/${name};`).join('\n  ')}
  proxy_cache_path ${home}/cache keys_zone=catalog:1m;
  server {
    listen 127.0.0.1:${port};
    location / {
      proxy_pass ${gateway};
      proxy_http_version 1.1;
      proxy_cache catalog;
      proxy_cache_key $request_uri;
      proxy_cache_revalidate on;
      add_header x-cache $upstream_cache_status always;
    }
  }
}
`;

/** HTTP cache in front of a gateway. */
export interface HttpCache {
  url: string;
  stop(): Promise<void>;
}

/** Starts nginx with an empty cache in front of a gateway. Resolves when it listens. */
export async function startHttpCache(gateway: string): Promise<HttpCache> {
  const home = mkdtempSync(join(tmpdir(), 'skybasket-nginx-'));
  for (const name of [...TEMPORARY, 'cache']) mkdirSync(join(home, name));
  const port = await freePort();
  writeFileSync(join(home, 'nginx.conf'), config(home, port, gateway));
  const output = openSync(join(home, 'output.log'), 'a');
  const nginx = spawnTied(
    findCache(),
    ['-p', home, '-e', join(home, 'error.log'), '-c', join(home, 'nginx.conf')],
    { env: withLibraries(), output },
  );
  closeSync(output);
  const url = `http://127.0.0.1:${port}`;
  const listens = () =>
    fetch(`${url}/healthz`).then(
      ({ ok }) => ok,
      () => false,
    );
  await Promise.race([
    until(listens),
    nginx.exited.then(how => {
      throw new Error(`nginx did not start (${how}): ${readFileSync(join(home, 'output.log'), 'utf8')}`);
    }),
  ]);
  return {
    url,
    async stop() {
      await nginx.stop(STOP_GRACE_MS);
      rmSync(home, { recursive: true, force: true });
    },
  };
}
