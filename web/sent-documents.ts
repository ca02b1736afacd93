import { type DocumentNode, Kind } from 'graphql';
import { formatDocument, stringifyDocument } from 'urql';
import * as generated from './generated/graphql';

const isOperation = (value: unknown): value is DocumentNode =>
  (value as DocumentNode | null)?.definitions?.[0]?.kind === Kind.OPERATION_DEFINITION;

/** Documents of the console as it sends them. The gateway trusts them like those of `schema/operations`. */
export const sentDocuments = (): string[] =>
  Object.values(generated as Record<string, unknown>)
    .filter(isOperation)
    .map(document => stringifyDocument(formatDocument(document) as DocumentNode));
