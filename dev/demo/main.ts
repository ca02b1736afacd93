import { createSender } from '../../client';
import { explain } from '../../src/terminal';
import { listenForStop } from '../local/stop-signals';
import { Checks } from './checks';
import { DemoUser } from './demo-user';
import { findGateway } from './find-gateway';
import * as documents from './operations';
import type { DemoGateway } from './own-gateway';
import { retryDuringOutage } from './retry-during-outage';
import { headline, print } from './screen';
import { backOfficeStory } from './stories/back-office';
import { directCustomerStory } from './stories/direct-customer';
import { resellerStory } from './stories/reseller';
import type { StoryContext } from './story';

const stories = [resellerStory, directCustomerStory, backOfficeStory];

/** Runs every story, also after one has failed. */
async function play({ url }: DemoGateway, checks: Checks): Promise<void> {
  const anonymous = createSender({ url: `${url}/graphql` });
  const { value } = await retryDuringOutage(() => anonymous(documents.catalog, {}));
  const people = new Map<string, DemoUser>();
  const stage: StoryContext = {
    checks,
    publicCatalog: value.categories.flatMap(({ products }) => products.nodes),
    person(email) {
      const person = people.get(email) ?? new DemoUser(url, email);
      people.set(email, person);
      return person;
    },
  };
  for (const story of stories) {
    headline(story.title);
    await story.play(stage).catch(error => checks.broke(story.title, error));
  }
}

/** `npm run demo`: exit code 0 if every check passed. */
async function main(): Promise<number> {
  const signals = listenForStop(
    () => print('Stopping …'),
    () => process.exit(130),
  );
  const finding = findGateway(process.env);
  const leave = signals.received.then(async () => (await finding).stop()).finally(() => process.exit(130));
  const gateway = await finding;
  const checks = new Checks();
  try {
    await play(gateway, checks);
  } finally {
    await (signals.requested ? leave : gateway.stop());
  }
  return checks.summary() ? 0 : 1;
}

main().then(
  code => process.exit(code),
  error => {
    process.stderr.write(`${explain(error)}\n`);
    process.exit(1);
  },
);
