const two = (part: number) => String(part).padStart(2, '0');

/** Day of the user's calendar, some days from now, as a field for dates has it. */
export function dayIn(days: number): string {
  const at = new Date();
  at.setDate(at.getDate() + days);
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

/** End of a day of the user's calendar, as the graph has it. */
export const endOf = (day: string): string => new Date(`${day}T23:59:59`).toISOString();
