import { maxGateways, preparedPerConnection } from '../../../src/database/open';

test.each([
  [16_382, 16, 10, 102],
  [16_382, 16, 100, 250],
  [16_382, 16, 0, 0],
  [16_382, 500, 1, 0],
  [0, 16, 10, 0],
])(
  'of %i prepared statements, a pool of %i with %i %% keeps %i a connection',
  (maxPrepared, pool, share, kept) => {
    expect(preparedPerConnection({ maxPrepared }, pool, share)).toBe(kept);
    // Never more than the share.
    expect(kept * pool).toBeLessThanOrEqual((maxPrepared * share) / 100);
  },
);

test.each([
  [151, 16, 10, 8],
  [1000, 16, 10, 10],
  [1000, 16, 2, 50],
  [1000, 16, 0, 58],
])(
  'on a server of %i connections, %i gateways of a pool of %i with %i %% fit',
  (maxConnections, pool, share, fit) => {
    expect(maxGateways({ maxConnections }, pool, share)).toBe(fit);
  },
);
