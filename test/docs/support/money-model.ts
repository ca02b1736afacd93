import type { NewLot } from '../../support/money/holdings';
import { type Change, Life, type ModelCharge } from '../../support/money/model';
import { type Example, type Units, unitsOf } from './money-examples';

const DECIMALS: Record<string, number> = { EUR: 2, JPY: 0, KWD: 3 };

const lotOf = ({ item, quantity, unitMinor }: Units): NewLot => ({
  item,
  quantity,
  unitMinor: BigInt(unitMinor),
});

/** Amount in minor units with its decimal places. */
function decimal(minor: bigint, decimals: number): string {
  const digits = String(minor < 0n ? -minor : minor).padStart(decimals + 1, '0');
  const at = digits.length - decimals;
  return `${minor < 0n ? '-' : ''}${digits.slice(0, at)}${decimals > 0 ? '.' : ''}${digits.slice(at)}`;
}

const iso = (time: number) => new Date(time).toISOString().replace('.000Z', 'Z');

/** Effect of a command of the page on the model. */
type Effect = (life: Life, now: number, words: readonly string[], operation: string) => void;

const added = (words: readonly string[], operation: string): Change => ({
  operation,
  taken: new Map(),
  added: unitsOf(words).map(lotOf),
});

const taken = ([item = '', count]: readonly string[], operation: string): Change => ({
  operation,
  taken: new Map([[item, Math.abs(Number(count))]]),
  added: [],
});

function effects(): Record<string, Effect> {
  let scheduled: Change | undefined;
  return {
    renew: (life, now) => life.renew(now),
    add: (life, now, words, operation) => life.change(now, added(words, operation)),
    reduce: (life, now, words, operation) => life.change(now, taken(words, operation)),
    change: (life, now, words, operation) =>
      life.change(now, { ...added(words, operation), taken: life.holdings.quantities() }),
    schedule: (_life, _now, words, operation) => {
      scheduled = taken(words, operation);
    },
    confirm: (life, now) => {
      if (scheduled) life.changeAtEnd(now, scheduled);
      life.renew(now);
    },
    end: (life, now, _words, operation) => life.end(now, operation),
  };
}

/** Charges that the model has for an example, in the words of the page, sorted. */
export function modelled({ currency, cycle, commands }: Example): string[] {
  const [activate, ...rest] = commands;
  if (!activate) return [];
  const lots = unitsOf(activate.words).map(lotOf);
  const life = new Life({ activation: Date.parse(activate.time), cycle, operation: 'op_0', lots });
  const perform = effects();
  for (const [index, { name, time, words }] of rest.entries()) {
    perform[name]?.(life, Date.parse(time), words, `op_${index + 1}`);
  }
  const lineOf = ({ kind, item, quantity, from, until, amount }: ModelCharge) =>
    [kind, item, quantity, iso(from), iso(until), decimal(amount, DECIMALS[currency] as number)].join(' ');
  return life.charges.map(lineOf).sort();
}
