interface Coded {
  code: string;
  path?: readonly string[] | null;
}

/** The codes of a payload's errors. */
export const codes = ({ errors }: { errors: Coded[] }): string[] => errors.map(({ code }) => code);

/** The errors of a payload, as `CODE path.of.the.input`, or `CODE` where the path is null or empty. */
export const codesWithPaths = ({ errors }: { errors: Coded[] }): string[] =>
  errors.map(({ code, path }) => [code, ...(path?.length ? [path.join('.')] : [])].join(' '));
