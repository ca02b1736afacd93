import { z } from 'zod';
import { parseInput } from '../input';
import type { WantedChange } from './wanted-change';

const MAX_ADDONS = 50;

const wantedInput = z.object({
  addons: z
    .array(
      z.object({
        addonId: z.string(),
        quantity: z.int().min(0, { error: 'The quantity must not be negative' }),
      }),
    )
    .max(MAX_ADDONS, { error: `A change can name at most ${MAX_ADDONS} add-ons` })
    .nullish(),
});

/** Parses the wanted contents of a change. Refuses with INVALID_INPUT. */
export function parseWanted<T extends WantedChange>(input: T): T {
  return { ...input, addons: parseInput(wantedInput, input).addons ?? null };
}
