import type { RefusalFragment } from './generated';

/** The gateway rejected a mutation, for reasons that somebody can act on. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly errors: readonly RefusalFragment[];

  constructor(errors: readonly RefusalFragment[]) {
    super(errors.map(describe).join('\n'));
    this.errors = errors;
  }
}

/** Writes a reason on one line: its code for programs, its path for the engineer, its message for everybody. */
const describe = ({ code, path, message }: RefusalFragment): string =>
  `${code} ${path ? `${path.join('.')}: ` : ''}${message}`;

/** Returns the object of a payload. Throws `Refused` if the mutation was rejected. */
export function accepted<Payload extends { errors: RefusalFragment[] }, Field extends keyof Payload>(
  payload: Payload,
  field: Field,
): NonNullable<Payload[Field]> {
  const value = payload[field];
  if (payload.errors.length > 0 || value === null || value === undefined) throw new Refused(payload.errors);
  return value;
}
