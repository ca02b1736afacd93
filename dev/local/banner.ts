import { DEMO_SIGN_INS } from '../demo-data/sign-ins';
import type { LocalParts } from './environment';

function withoutPassword(databaseUrl: string): string {
  const url = new URL(databaseUrl);
  url.password = '';
  return url.href;
}

const block = (rows: readonly (readonly [string, string])[], width: number): string[] =>
  rows.map(([name, text]) => `  ${name.padEnd(width)}${text}`);

/** Output of `npm start` once everything runs: the URLs and the demo users. */
export function banner(url: string, parts: LocalParts): string {
  const at = url.replace(/\/$/, '');
  const places: [string, string][] = [
    ['Console', `${at}/console`],
    ...(parts.config.playground ? [['Playground', `${at}/playground`] as [string, string]] : []),
    ['GraphQL', `${at}/graphql (HTTP, WebSocket), ${at}/graphql/stream (SSE)`],
    ['Health', `${at}/healthz, ${at}/readyz`],
    [
      'Database',
      `${withoutPassword(parts.databaseUrl)}${parts.passwordFile ? ` (password in ${parts.passwordFile})` : ''}`,
    ],
  ];
  if (parts.mailsUrl) places.push(['Mails', parts.mailsUrl]);
  if (parts.simulatorUrl) {
    const { origin } = new URL(parts.simulatorUrl);
    const key = parts.simulatorKeyFile ?? 'PROVIDER_API_KEY';
    places.push(['Simulator', `${origin}/_control/ledger, ${origin}/_control/faults (key in ${key})`]);
  }
  const signIns = parts.demoData
    ? ['', 'Sign in with the password "demo" as', ...block(DEMO_SIGN_INS, 26)]
    : [];
  return ['', 'Skybasket is ready.', ...block(places, 12), ...signIns, ''].join('\n');
}
