/**
 * Calendar of the model of docs/money.md. It counts days itself, so that it shares no mistake with `Date`, which the ledger
 * uses.
 */
const DAY_MS = 86_400_000;
const DAYS_OF_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const MONTHS_OF_CYCLE = { MONTHLY: 1, ANNUALLY: 12, TWO_YEARS: 24, THREE_YEARS: 36 };

export type Cycle = keyof typeof MONTHS_OF_CYCLE;
export const CYCLES = Object.keys(MONTHS_OF_CYCLE) as Cycle[];

/** Milliseconds since 1970. `end` is the start of the next period. */
export interface Period {
  start: number;
  end: number;
}

const isLeap = (year: number) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

/** `month` is 0 for January. */
const daysOfMonth = (year: number, month: number) =>
  month === 1 && isLeap(year) ? 29 : (DAYS_OF_MONTH[month] as number);

/** First days of the months since 1970, by month: one after the other, so that there is no formula to get wrong. */
const FIRST_DAYS: number[] = [0];
function firstDay(month: number): number {
  for (let last = FIRST_DAYS.length - 1; last < month; last++) {
    FIRST_DAYS.push((FIRST_DAYS[last] as number) + daysOfMonth(1970 + Math.floor(last / 12), last % 12));
  }
  return FIRST_DAYS[month] as number;
}

/** Number of the month of a day, both since 1970. */
function monthOf(day: number): number {
  let month = Math.floor(day / 31);
  while (firstDay(month + 1) <= day) month++;
  return month;
}

/** Start of period `n` of a subscription that was activated at `activation`. */
export function startOfPeriod(activation: number, cycle: Cycle, n: number): number {
  const day = Math.floor(activation / DAY_MS);
  const first = monthOf(day);
  const month = first + n * MONTHS_OF_CYCLE[cycle];
  const length = firstDay(month + 1) - firstDay(month);
  const dayOfMonth = Math.min(day - firstDay(first), length - 1);
  return (firstDay(month) + dayOfMonth) * DAY_MS + (activation % DAY_MS);
}

export function period(activation: number, cycle: Cycle, n: number): Period {
  return { start: startOfPeriod(activation, cycle, n), end: startOfPeriod(activation, cycle, n + 1) };
}
