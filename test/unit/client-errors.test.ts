import { GraphQLRequestError } from '../../client';

const errorOf = (codes: string[], status: number | null = null) =>
  new GraphQLRequestError(
    codes.map(code => ({ message: code, extensions: { code } })),
    status,
  );

test.each([
  ['INTERNAL_SERVER_ERROR'],
  ['OPERATION_TIMEOUT'],
  ['OVERLOADED'],
  ['RATE_LIMITED'],
  ['TOO_MANY_STREAMS'],
  ['UNAVAILABLE'],
])('a request that failed with %s can succeed later, over a WebSocket too', code => {
  expect(errorOf([code]).passing).toBe(true);
});

test.each([['UNAUTHENTICATED'], ['BAD_CURSOR'], ['NOT_FOUND'], ['COST_LIMIT_EXCEEDED']])(
  'a request that failed with %s fails again, also beside a temporary error',
  code => {
    expect([errorOf([code]).passing, errorOf([code, 'RATE_LIMITED']).passing]).toEqual([false, false]);
  },
);

test('a response of a server that failed can be another one later, whatever its codes', () => {
  expect(errorOf(['BAD_RESPONSE'], 502).passing).toBe(true);
  expect(errorOf(['BAD_RESPONSE'], 404).passing).toBe(false);
});
