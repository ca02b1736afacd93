import { administrator } from '../administrator';
import { type BackOffice, type Person, startBackOffice } from '../back-office';
import { ALPINE } from '../demo';
import type { Actor } from './records';

const END_CUSTOMER = 'ada@alpine.example';
/** Attempts of a call before an operation fails. */
export const ATTEMPTS = 3;

/** Behavior of the provider for the calls of the next operation. */
export interface Fate {
  outcome: 'ok' | 'hold' | 'refuse' | 'status' | 'resetAfter' | 'resetBefore' | 'malformed';
  /** Endpoint of the calls. Null: of the first ones. */
  endpoint: string | null;
  /** Whether the provider goes on until the operation gives up. */
  isFatal: boolean;
}

/** The provider works. */
export const NO_FAULT: Fate = { outcome: 'ok', endpoint: null, isFatal: false };

/** Endpoints of the service manager. */
export const ENDPOINTS = [
  ...['accounts/exists', 'accounts/synchronize', 'subscriptions/create', 'subscriptions/cancel'],
  ...['subscriptions/upgradedowngrade', 'subscriptions/suspend', 'subscriptions/activate'],
  ...['addons/create', 'addons/update', 'addons/cancel'],
];

/** A gateway with its database, its provider and its users. */
export interface World {
  office: BackOffice;
  who: Record<Actor, Person>;
  /** Business time. */
  now(): number;
  /** Milliseconds by which business time is ahead. */
  ahead: number;
  /** Whether the provider answers nothing. */
  isHeld: boolean;
  /** Effects by subscription, when last looked at. */
  effects: Map<string, number>;
  log: string[];
}

/** Starts a gateway whose business time can be moved. */
export async function startWorld(): Promise<World> {
  let world: World | undefined;
  const clock = () => new Date(Date.now() + (world?.ahead ?? 0));
  const office = await startBackOffice(
    { clock, retries: { firstMs: 4, maxMs: 10, maxAttempts: ATTEMPTS, totalMs: 60_000 } },
    // A reconciliation would call the provider too.
    { reconcileHours: 0 },
  );
  const ada = { accountId: ALPINE, name: 'Ada', email: END_CUSTOMER, roles: ['CUSTOMER'] };
  await administrator(office.gateway).does('createUser', ada);
  const who = { ...office.who, endCustomer: office.person(END_CUSTOMER) } as Record<Actor, Person>;
  world = { office, who, ahead: 0, isHeld: false, effects: new Map(), log: [], now: () => clock().getTime() };
  return world;
}

/** Removes what a life has left. */
export async function resetWorld(world: World): Promise<void> {
  await world.office.reset();
  Object.assign(world, { ahead: 0, isHeld: false, effects: new Map(), log: [] });
}
