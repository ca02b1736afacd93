import { buildGraph } from '../../src/resolvers/schema';
import { HeldPlans } from '../../src/transport/stream/held-plans';
import { planned } from '../support/pipeline';

const schema = buildGraph();
const planOf = (alias: string) =>
  planned(schema, `subscription { ${alias}: cancellationUpdates { cursor } }`).plan;

test('distinct plans of the open streams of a caller are bounded, and shared ones count once', () => {
  const [first, second, third] = [planOf('a'), planOf('b'), planOf('c')];
  const held = new HeldPlans(first.nodes + second.nodes);
  const releases = Array.from({ length: 100 }, () => held.hold('caller', first));
  expect(releases.filter(release => release === undefined)).toEqual([]);
  const release = held.hold('caller', second);
  expect(held.hold('caller', third)).toBeUndefined();
  expect(held.hold('another', third)).toBeDefined();
  release?.();
  expect(held.hold('caller', third)).toBeDefined();
  for (const end of releases) end?.();
  expect(held.hold('caller', second)).toBeDefined();
});
