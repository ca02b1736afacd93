import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { eventTypes } from '../../src/services/lists/event-types';

const ONE_WEBHOOK = ['webhook.test', 'webhook.reset'];

test.each(['en', 'de'])('every event type has a name in the console: %s', language => {
  const file = resolve(__dirname, `../../web/locales/${language}/automation.json`);
  const { events } = JSON.parse(readFileSync(file, 'utf8')) as {
    events: Record<string, Record<string, string>>;
  };
  const named = Object.entries(events).flatMap(([group, names]) =>
    Object.keys(names).map(name => `${group}.${name}`),
  );
  expect(named.sort()).toEqual([...eventTypes.map(({ name }) => name), ...ONE_WEBHOOK].sort());
});
