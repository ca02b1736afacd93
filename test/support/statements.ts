import type { TestGateway } from './gateway';

/** How many statements the requests made by `act` send to the database; what the process does besides is not counted. */
export async function statementsOf(gateway: TestGateway, act: () => Promise<unknown>): Promise<number> {
  const { db } = gateway.app.deps;
  const meters: { statements: number }[] = [];
  const metered = db.metered.bind(db);
  // Every request gets a database of its own from here, with a meter.
  db.metered = () => {
    const own = metered();
    meters.push(own.meter);
    return own;
  };
  try {
    await act();
  } finally {
    db.metered = metered;
  }
  return meters.reduce((sum, { statements }) => sum + statements, 0);
}
