import { buildGraph } from '../../src/resolvers/schema';
import { StreamPlanLimit } from '../../src/transport/stream/stream-plan-limit';
import { planned } from '../support/pipeline';

const schema = buildGraph();
const planOf = (alias: string) =>
  planned(schema, `subscription { ${alias}: cancellationUpdates { __typename } }`).plan;

test('distinct plans of the open streams of a caller are bounded, and shared ones count once', () => {
  const [first, second, third] = [planOf('a'), planOf('b'), planOf('c')];
  const held = new StreamPlanLimit(first.nodes + second.nodes);
  const releases = Array.from({ length: 100 }, () => held.acquire('caller', first));
  expect(releases.filter(release => release === undefined)).toEqual([]);
  const release = held.acquire('caller', second);
  expect(held.acquire('caller', third)).toBeUndefined();
  expect(held.acquire('another', third)).toBeDefined();
  release?.();
  expect(held.acquire('caller', third)).toBeDefined();
  for (const end of releases) end?.();
  expect(held.acquire('caller', second)).toBeDefined();
});
