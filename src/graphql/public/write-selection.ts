import { type GraphQLLeafType, type GraphQLOutputType, isLeafType, isListType, isNonNullType } from 'graphql';
import type { SelectionWriter, ValueWriter, WriteContext } from './selection-writer';

const CLOSE_BRACE = '}'.charCodeAt(0);
const OPEN_BRACKET = '['.charCodeAt(0);
const CLOSE_BRACKET = ']'.charCodeAt(0);
const COMMA = ','.charCodeAt(0);

/** Writes a selection as JSON, as the specification resolves it. Every error throws. Caches shared fragments. */
export function writeObject({ fields, cache }: SelectionWriter, source: unknown, run: WriteContext): number {
  const { out, args, context } = run;
  const start = out.length;
  let objects = 1;
  for (const { prefix, value } of fields) {
    out.writeBytes(prefix);
    if (!value) continue;
    const { resolve, slot, info, write } = value;
    objects += write(resolve(source, slot === undefined ? {} : args[slot], context, info), run);
  }
  if (fields.length === 0) out.writeText('{');
  out.writeCharacter(CLOSE_BRACE);
  if (cache) {
    const bytes = Buffer.allocUnsafeSlow(out.length - start);
    bytes.set(out.since(start));
    cache.set(source, { bytes, objects });
    run.onCached(bytes.length);
  }
  return objects;
}

/** Returns the writer of values of a type. `below` is the selection on its objects. */
export function valueWriter(type: GraphQLOutputType, below: SelectionWriter | undefined): ValueWriter {
  if (isNonNullType(type)) {
    const write = presentWriter(type.ofType, below);
    return (value, run) => {
      if (value === null || value === undefined) throw new Error(`A value of type ${type} is missing.`);
      return write(value, run);
    };
  }
  const write = presentWriter(type, below);
  return (value, run) => {
    if (value !== null && value !== undefined) return write(value, run);
    run.out.writeText('null');
    return 0;
  };
}

function presentWriter(type: GraphQLOutputType, below: SelectionWriter | undefined): ValueWriter {
  if (isListType(type)) return listWriter(valueWriter(type.ofType, below));
  if (below) return below.cache ? cachedWriter(below, below.cache) : objectWriter(below);
  if (!isLeafType(type)) throw new Error(`${type} is neither an object type nor a leaf type.`);
  return leafWriter(type);
}

const listWriter =
  (writeItem: ValueWriter): ValueWriter =>
  (values, run) => {
    let objects = 0;
    let separator = OPEN_BRACKET;
    for (const value of values as Iterable<unknown>) {
      run.out.writeCharacter(separator);
      separator = COMMA;
      objects += writeItem(value, run);
    }
    if (separator === OPEN_BRACKET) run.out.writeCharacter(OPEN_BRACKET);
    run.out.writeCharacter(CLOSE_BRACKET);
    return objects;
  };

const objectWriter =
  (below: SelectionWriter): ValueWriter =>
  (value, run) =>
    writeObject(below, synchronous(value), run);

const cachedWriter =
  (below: SelectionWriter, cache: NonNullable<SelectionWriter['cache']>): ValueWriter =>
  (value, run) => {
    const cached = cache.get(value);
    if (!cached) return writeObject(below, synchronous(value), run);
    run.out.writeBytes(cached.bytes);
    return cached.objects;
  };

const leafWriter =
  (type: GraphQLLeafType): ValueWriter =>
  (value, run) => {
    run.out.writeText(JSON.stringify(type.serialize(synchronous(value))));
    return 0;
  };

/** Throws for a promise: the values of public fields are in memory. */
function synchronous<T>(value: T): T {
  if (value instanceof Promise) throw new Error('The value of a public field is a promise.');
  return value;
}
