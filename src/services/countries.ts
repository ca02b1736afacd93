import { GraphQLCountryCode } from 'graphql-scalars';

/** Whether `code` is an ISO 3166-1 alpha-2 code, in capitals. */
export function isCountry(code: string): boolean {
  try {
    return GraphQLCountryCode.parseValue(code) === code && code === code.toUpperCase();
  } catch {
    return false;
  }
}
