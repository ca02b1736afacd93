import { type MailGateway, startMailGateway } from '../support/mails';
import { Scrape } from '../support/scrape';
import { found } from '../support/until';

let world: MailGateway;
beforeAll(async () => {
  world = await startMailGateway(
    {},
    {
      observability: { accessLog: 'off', metrics: { host: '127.0.0.1', port: 0 }, tracing: null },
    },
  );
});
afterAll(() => world.stop());

const scrape = () => Scrape.of(world.gateway.app.metricsUrl ?? '');

test('sent, failed and pending mails are counted', async () => {
  const { gateway, server } = world;
  await world.forget('buyer@contoso.example');
  await world.delivered();
  server.behave = () => 'refuse';
  await world.forget('buyer@northwind.example');
  await world.delivered();
  await gateway.rows(
    `UPDATE mails SET state = 'PENDING', dueAt = NULL, createdAt = NOW(3) - INTERVAL 600 SECOND WHERE state = 'FAILED'`,
  );
  const seen = await found(
    async () => {
      const one = await scrape();
      return one.value('skybasket_mails_pending') === 1 ? one : undefined;
    },
    { what: 'a pending mail in the metrics' },
  );
  expect(seen.value('skybasket_mails_sent_total')).toBe(1);
  expect(seen.value('skybasket_mails_failed_total')).toBe(1);
  expect(seen.value('skybasket_mail_attempts_failed_total')).toBe(1);
  expect(Math.floor(Number(seen.value('skybasket_mails_oldest_seconds')) / 100)).toBe(6);
});
