import { type GatewayProcess, startGatewayProcess } from '../support/gateway-process';
import { invitationsLoad } from '../support/invitations-load';
import { type MailServer, mailSettings, startMailServer } from '../support/mail-server';
import { startOutside } from '../support/outside';
import { startSample } from '../support/sample';
import { newSession } from '../support/sign-in';
import { elapse, until } from '../support/until';

const KILLS = startSample('mails').times(12);
const INVITED_PER_KILL = 10;
/** Mails in flight of one process. */
const SLOTS = 8;

let outside: Awaited<ReturnType<typeof startOutside>>;
let server: MailServer;
const gateways: GatewayProcess[] = [];
beforeAll(async () => {
  outside = await startOutside();
  await outside.first.stop();
  server = await startMailServer();
  // Long enough for a kill to come between a mail and its answer.
  server.behave = () => 'answer late';
  gateways.push(...(await Promise.all([start(), start()])));
}, 60_000);
afterAll(async () => {
  for (const gateway of gateways) await gateway.kill();
  await server.down();
  await outside.stop();
});

const start = () => startGatewayProcess({ ...outside.env, ...mailSettings(server) });

test('gateways killed at any moment: every mail arrives, and again only if a process was killed while it was sent', async () => {
  const send: GatewayProcess['send'] = (...call) => {
    const gateway = gateways[Math.floor(Math.random() * gateways.length)] as GatewayProcess;
    return gateway.send(...call);
  };
  const token = await newSession({ send }, 'admin@bss.example');
  const load = invitationsLoad({ send, rows: outside.rows, token });
  for (let nth = 0; nth < KILLS; nth += 1) {
    const invited = (async () => {
      for (let times = 0; times < INVITED_PER_KILL; times += 1) await load.invite();
    })();
    await elapse(Math.random() * 250, 'the kill meets a random moment');
    const victim = nth % gateways.length;
    await gateways[victim]?.kill();
    gateways[victim] = await start();
    await invited;
  }
  await until(async () => (await load.unsent()) === 0, { what: 'every mail is sent', withinMs: 60_000 });

  const taken = load.taken(server);
  expect(load.mailIds).toHaveLength(KILLS * INVITED_PER_KILL);
  expect([...taken.keys()].sort()).toEqual([...load.mailIds].sort());
  const again = server.mails.length - taken.size;
  expect(again).toBeLessThanOrEqual(KILLS * SLOTS);
  process.stdout.write(`killed ${KILLS} times: ${taken.size} mails, ${again} came again\n`);
}, 180_000);
