import { attacks, type Target } from './attacks';

/** One attack, and its duration. */
export type AttackOrder = Omit<Target, 'ends'> & { attack: string; ms: number };

/** The attacker, a process of its own. */
process.on('message', async ({ attack, ms, ...target }: AttackOrder) => {
  await attacks[attack]?.({ ...target, ends: performance.now() + ms });
  process.send?.('done');
});
process.on('disconnect', () => process.exit(0));
