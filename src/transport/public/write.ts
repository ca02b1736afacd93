import {
  defaultFieldResolver,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  getArgumentValues,
  isLeafType,
  isListType,
  isNonNullType,
} from 'graphql';
import type { Context } from '../../services/context';
import type { FieldPlan, ObjectPlan, Variables, Written } from './plan';

/** What one answer is written with. */
export interface Run {
  variables: Variables;
  context: Context;
  /** Is told of every text that is kept. */
  onKept(text: string): void;
}

const NULL: Written = { text: 'null', objects: 0 };

/**
 * Writes what `plan` selects of `source`, and keeps what will be the same in other answers. Fields are resolved as the
 * specification says, but for errors: whatever is not plainly right throws.
 */
export async function writeObject({ fields, kept }: ObjectPlan, source: unknown, run: Run): Promise<Written> {
  let text = '{';
  let objects = 1;
  for (const { before, field, node, below } of fields) {
    text += before;
    if (!field) continue;
    const written = await writeValue(field.type, await resolve(field, node, source, run), below, run);
    text += written.text;
    objects += written.objects;
  }
  text += '}';
  return kept ? keep(kept, source as object, { text, objects }, run) : { text, objects };
}

function resolve(
  field: NonNullable<FieldPlan['field']>,
  node: FieldPlan['node'],
  source: unknown,
  { variables, context }: Run,
): unknown {
  const args = field.args.length > 0 ? getArgumentValues(field, node, variables) : {};
  // Like the context, no more than public fields need.
  const info = { fieldName: field.name } as GraphQLResolveInfo;
  return (field.resolve ?? defaultFieldResolver)(source, args, context, info);
}

function writeValue(
  type: GraphQLOutputType,
  value: unknown,
  below: ObjectPlan | undefined,
  run: Run,
): Written | Promise<Written> {
  if (isNonNullType(type)) {
    if (value === null || value === undefined) throw new Error(`There has to be a ${type}.`);
    return writeValue(type.ofType, value, below, run);
  }
  if (value === null || value === undefined) return NULL;
  if (isListType(type)) return writeList(type.ofType, value as Iterable<unknown>, below, run);
  if (below) return below.kept?.get(value) ?? writeObject(below, value, run);
  if (!isLeafType(type)) throw new Error(`${type} is neither an object nor a value.`);
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
  // Through bytes: a text that was put together piece by piece would be gone through again by everybody who uses it.
  const written = { text: Buffer.from(text).toString(), objects };
  kept.set(source, written);
  run.onKept(written.text);
  return written;
}
