import { attacks, type Target } from './attacks';

/** Attack with its duration. */
export type AttackOrder = Omit<Target, 'ends'> & { attack: string; ms: number };

/** Entry point of the attacker process. */
process.on('message', async ({ attack, ms, ...target }: AttackOrder) => {
  await attacks[attack]?.({ ...target, ends: performance.now() + ms });
  process.send?.('done');
});
process.on('disconnect', () => process.exit(0));
