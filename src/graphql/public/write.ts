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
import type { FieldPlan, ObjectPlan, Written } from './plan';

/** Inputs of one answer. */
export interface Run {
  /** Of each slot of the plan. */
  args: readonly Variables[];
  context: Context;
  /** Called with every text that is kept. */
  onKept(text: string): void;
}

const NULL: Written = { text: 'null', objects: 0 };

/**
 * Writes the selection of a plan on `source`, and keeps the texts that are the same in other answers. Fields are resolved
 * as the specification says, except that every error throws.
 */
export async function writeObject({ fields, kept }: ObjectPlan, source: unknown, run: Run): Promise<Written> {
  let text = '{';
  let objects = 1;
  for (const { before, field, slot, below } of fields) {
    text += before;
    if (!field) continue;
    const written = await writeValue(field.type, await resolve(field, slot, source, run), below, run);
    text += written.text;
    objects += written.objects;
  }
  text += '}';
  return kept ? keep(kept, source as object, { text, objects }, run) : { text, objects };
}

function resolve(
  field: NonNullable<FieldPlan['field']>,
  slot: FieldPlan['slot'],
  source: unknown,
  { args, context }: Run,
): unknown {
  const values = slot === undefined ? {} : args[slot];
  // Like the context, it has only what public fields need.
  const info = { fieldName: field.name } as GraphQLResolveInfo;
  return (field.resolve ?? defaultFieldResolver)(source, values, context, info);
}

function writeValue(
  type: GraphQLOutputType,
  value: unknown,
  below: ObjectPlan | undefined,
  run: Run,
): Written | Promise<Written> {
  if (isNonNullType(type)) {
    if (value === null || value === undefined) throw new Error(`A value of type ${type} is missing.`);
    return writeValue(type.ofType, value, below, run);
  }
  if (value === null || value === undefined) return NULL;
  if (isListType(type)) return writeList(type.ofType, value as Iterable<unknown>, below, run);
  if (below) return below.kept?.get(value) ?? writeObject(below, value, run);
  if (!isLeafType(type)) throw new Error(`${type} is neither an object type nor a leaf type.`);
  return { text: JSON.stringify(type.serialize(value)), objects: 0 };
}

async function writeList(
  type: GraphQLOutputType,
  values: Iterable<unknown>,
  below: ObjectPlan | undefined,
  run: Run,
): Promise<Written> {
  const texts: string[] = [];
  let objects = 0;
  for (const value of values) {
    const written = await writeValue(type, value, below, run);
    texts.push(written.text);
    objects += written.objects;
  }
  return { text: `[${texts.join()}]`, objects };
}

function keep(kept: Map<unknown, Written>, source: object, { text, objects }: Written, run: Run): Written {
  // Through bytes: a concatenated text would be flattened again at each use.
  const written = { text: Buffer.from(text).toString(), objects };
  kept.set(source, written);
  run.onKept(written.text);
  return written;
}
