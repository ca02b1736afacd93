import { getMetadataStorage } from 'type-graphql';

/** Makes instances of the input classes in a coerced value. */
type Make = (value: unknown) => unknown;

const unchanged: Make = value => value;
const known = new Map<unknown, Make>();

/** Returns the function that makes instances of `target`, an input type or a type of arguments. Other values stay unchanged. */
export function instanceMaker(target: unknown): Make {
  const cached = known.get(target);
  if (cached) return cached;
  const fields = fieldsOf(target);
  if (!fields) return unchanged;
  const makers: [name: string, make: Make][] = [];
  const make: Make = value => {
    if (value === null || value === undefined) return value;
    if (Array.isArray(value)) return value.map(make);
    const made = new (target as new () => Record<string, unknown>)();
    for (const [name, makeField] of makers) {
      const given = (value as Record<string, unknown>)[name];
      if (given !== undefined) made[name] = makeField(given);
    }
    return made;
  };
  // Before the fields, because a type can have a field of its own type.
  known.set(target, make);
  for (const { name, getType } of fields) makers.push([name, instanceMaker(getType())]);
  return make;
}

/** Fields of a class and of the classes that it extends. Undefined for a type without fields. */
function fieldsOf(target: unknown) {
  const { inputTypes, argumentTypes } = getMetadataStorage();
  const fields = [...inputTypes, ...argumentTypes]
    .filter(({ target: own }) => own === target || isSubclass(target, own))
    .flatMap(({ fields: own = [] }) => own);
  return fields.length > 0 ? fields : undefined;
}

const isSubclass = (target: unknown, own: unknown): boolean =>
  typeof target === 'function' && typeof own === 'function' && target.prototype instanceof own;
