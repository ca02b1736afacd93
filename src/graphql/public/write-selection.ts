import {
  defaultFieldResolver,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  isLeafType,
  isListType,
  isNonNullType,
} from 'graphql';
import type { Context } from '../../services/context';
import type { Variables } from '../plan';
import type { FieldWriter, JsonFragment, SelectionWriter } from './plan-answer';

/** Inputs of one answer. */
export interface WriteContext {
  /** Arguments of each argument slot of the plan. */
  args: readonly Variables[];
  context: Context;
  /** Called with the text of every cached fragment. */
  onCached(text: string): void;
}

const NULL: JsonFragment = { text: 'null', objects: 0 };

/** Writes a selection as JSON, as the specification resolves it. Every error throws. Caches shared fragments. */
export async function writeObject(
  { fields, cache }: SelectionWriter,
  source: unknown,
  run: WriteContext,
): Promise<JsonFragment> {
  let text = '{';
  let objects = 1;
  for (const { prefix, field, slot, subselection } of fields) {
    text += prefix;
    if (!field) continue;
    const written = await writeValue(field.type, await resolve(field, slot, source, run), subselection, run);
    text += written.text;
    objects += written.objects;
  }
  text += '}';
  return cache ? cacheFragment(cache, source as object, { text, objects }, run) : { text, objects };
}

function resolve(
  field: NonNullable<FieldWriter['field']>,
  slot: FieldWriter['slot'],
  source: unknown,
  { args, context }: WriteContext,
): unknown {
  const values = slot === undefined ? {} : args[slot];
  // Like the context, it has the properties that public fields need only.
  const info = { fieldName: field.name } as GraphQLResolveInfo;
  return (field.resolve ?? defaultFieldResolver)(source, values, context, info);
}

function writeValue(
  type: GraphQLOutputType,
  value: unknown,
  below: SelectionWriter | undefined,
  run: WriteContext,
): JsonFragment | Promise<JsonFragment> {
  if (isNonNullType(type)) {
    if (value === null || value === undefined) throw new Error(`A value of type ${type} is missing.`);
    return writeValue(type.ofType, value, below, run);
  }
  if (value === null || value === undefined) return NULL;
  if (isListType(type)) return writeList(type.ofType, value as Iterable<unknown>, below, run);
  if (below) return below.cache?.get(value) ?? writeObject(below, value, run);
  if (!isLeafType(type)) throw new Error(`${type} is neither an object type nor a leaf type.`);
  return { text: JSON.stringify(type.serialize(value)), objects: 0 };
}

async function writeList(
  type: GraphQLOutputType,
  values: Iterable<unknown>,
  below: SelectionWriter | undefined,
  run: WriteContext,
): Promise<JsonFragment> {
  const texts: string[] = [];
  let objects = 0;
  for (const value of values) {
    const written = await writeValue(type, value, below, run);
    texts.push(written.text);
    objects += written.objects;
  }
  return { text: `[${texts.join()}]`, objects };
}

function cacheFragment(
  kept: Map<unknown, JsonFragment>,
  source: object,
  { text, objects }: JsonFragment,
  run: WriteContext,
): JsonFragment {
  // Through a buffer, which flattens the concatenated string once instead of at each use.
  const written = { text: Buffer.from(text).toString(), objects };
  kept.set(source, written);
  run.onCached(written.text);
  return written;
}
