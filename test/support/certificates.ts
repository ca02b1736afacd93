import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Paths of the PEM files of a CA, of a server at `localhost`, and of a client. */
export interface Certificates {
  folder: string;
  ca: string;
  server: Pair;
  client: Pair;
}

/** A certificate and its key. */
export interface Pair {
  cert: string;
  key: string;
}

/** Makes them, valid for a day, with openssl. The certificate of the server names `host`. */
export function makeCertificates(host = 'localhost'): Certificates {
  const folder = mkdtempSync(join(tmpdir(), 'skybasket-tls-'));
  const at = (name: string) => join(folder, name);
  const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: 'pipe' });
  const key = ['-newkey', 'rsa:2048', '-nodes'];
  openssl(
    'req',
    '-x509',
    ...key,
    '-days',
    '1',
    '-subj',
    '/CN=Test CA',
    '-keyout',
    at('ca.key'),
    '-out',
    at('ca.pem'),
  );
  const signed = (name: string, subject: string, extensions: string): Pair => {
    writeFileSync(at(`${name}.ext`), extensions);
    openssl('req', ...key, '-subj', subject, '-keyout', at(`${name}.key`), '-out', at(`${name}.csr`));
    const by = ['-CA', at('ca.pem'), '-CAkey', at('ca.key'), '-CAcreateserial'];
    const from = ['-in', at(`${name}.csr`), '-extfile', at(`${name}.ext`), '-out', at(`${name}.pem`)];
    openssl('x509', '-req', '-days', '1', ...by, ...from);
    return { cert: at(`${name}.pem`), key: at(`${name}.key`) };
  };
  return {
    folder,
    ca: at('ca.pem'),
    server: signed('server', `/CN=${host}`, `subjectAltName=DNS:${host}\n`),
    client: signed('client', '/CN=gateway', 'basicConstraints=CA:FALSE\n'),
  };
}
