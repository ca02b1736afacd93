import { type DatabaseServer, startDatabase } from '../../dev/local/database-server';
import { type GatewayProcess, startGatewayProcess } from '../support/gateway-process';
import { invitationsLoad } from '../support/invitations-load';
import { type MailServer, mailSettings, startMailServer } from '../support/mail-server';
import { startOutside } from '../support/outside';
import { newSession } from '../support/sign-in';
import { elapse, until } from '../support/until';

const OUTAGE_MS = Number(process.env.MAIL_OUTAGE_MS ?? 600_000);
const PAUSE_MS = 100;
/** The longest pause between two attempts is 15 minutes. */
const RECOVERY_MS = 1_000_000;
/** Mails in flight when the server goes away, of both processes: it can have taken each, and the answer was lost. */
const IN_FLIGHT = 2 * 8;

let database: DatabaseServer;
let outside: Awaited<ReturnType<typeof startOutside>>;
let server: MailServer;
const gateways: GatewayProcess[] = [];
beforeAll(async () => {
  database = await startDatabase({ throwaway: true, log: () => undefined });
  outside = await startOutside(database.url);
  await outside.first.stop();
  server = await startMailServer();
  const env = { ...outside.env, ...mailSettings(server) };
  gateways.push(await startGatewayProcess(env), await startGatewayProcess(env));
}, 60_000);
afterAll(async () => {
  for (const gateway of gateways) await gateway.kill();
  await server.down();
  await outside.stop();
  await database.stop();
});

test(
  `an outage of the mail server for ${OUTAGE_MS / 1000} s under load: every mail arrives, again only if its answer was lost`,
  async () => {
    let nth = 0;
    const send: GatewayProcess['send'] = (...call) => {
      nth += 1;
      return (gateways[nth % gateways.length] as GatewayProcess).send(...call);
    };
    const token = await newSession({ send }, 'admin@bss.example');
    const load = invitationsLoad({ send, rows: outside.rows, token });
    const invitedFor = async (ms: number) => {
      const until = performance.now() + ms;
      while (performance.now() < until) {
        await load.invite();
        await elapse(PAUSE_MS, 'the load is steady');
      }
    };
    await invitedFor(10_000);
    await server.down();
    const before = server.mails.length;
    await invitedFor(OUTAGE_MS);
    expect(server.mails).toHaveLength(before);
    const waiting = await load.unsent();
    await server.up();
    const up = performance.now();
    await invitedFor(5000);
    await until(async () => (await load.unsent()) === 0, {
      what: 'every mail is sent',
      withinMs: RECOVERY_MS,
      everyMs: 100,
    });
    const seconds = ((performance.now() - up) / 1000).toFixed(0);

    const taken = load.taken(server);
    expect([...taken.keys()].sort()).toEqual([...load.mailIds].sort());
    const again = [...taken.values()].filter(times => times > 1);
    expect(again.every(times => times === 2)).toBe(true);
    expect(again.length).toBeLessThanOrEqual(IN_FLIGHT);
    process.stdout.write(
      `${load.mailIds.length} mails, ${waiting} waiting at the end of the outage, all sent ${seconds} s later, ` +
        `${again.length} came again\n`,
    );
  },
  OUTAGE_MS + RECOVERY_MS + 60_000,
);
