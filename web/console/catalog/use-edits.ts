import { useState } from 'react';

/** Record with the values of its form. */
interface Versioned<Values> {
  readonly version: number;
  readonly values: Values;
}

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** Names of the values that differ. */
function differences<Values extends object>(one: Values, other: Values): (keyof Values)[] {
  return (Object.keys(one) as (keyof Values)[]).filter(name => !same(one[name], other[name]));
}

/** Edits that are not among those that were saved. */
function without<Values extends object>(edits: Partial<Values>, saved: Partial<Values>): Partial<Values> {
  const names = (Object.keys(edits) as (keyof Values)[]).filter(name => !same(edits[name], saved[name]));
  return Object.fromEntries(names.map(name => [name, edits[name]])) as Partial<Values>;
}

/**
 * Edits of a record. Only edited values are sent, so that two users can edit different ones. Edits survive a change of the record
 * by another user: `meanwhile` names the values that changed, and nothing is saved over them before `keepMine`.
 */
export function useEdits<Values extends object>(current: Versioned<Values>) {
  const [edits, setEdits] = useState<Partial<Values>>({});
  const [base, setBase] = useState(current);
  const [saved, setSaved] = useState<{ version: number; edits: Partial<Values> } | null>(null);
  const dirty = Object.keys(edits).length > 0;
  const meanwhile = dirty && !saved ? differences(base.values, current.values) : [];
  // What was saved stays in the form until it was read again.
  if (saved && current.version >= saved.version) {
    setSaved(null);
    setBase(current);
    setEdits(without(edits, saved.edits));
  }
  return {
    edits,
    values: { ...current.values, ...edits },
    dirty: dirty && !saved,
    meanwhile,
    expectedVersion: meanwhile.length > 0 ? base.version : current.version,
    set<Name extends keyof Values>(name: Name, value: Values[Name]) {
      if (!dirty) setBase(current);
      const { [name]: _, ...others } = edits;
      setEdits(same(value, current.values[name]) ? (others as Partial<Values>) : { ...edits, [name]: value });
    },
    /** Applies the edits to the record as it is now. */
    keepMine: () => setBase(current),
    discard: () => setEdits({}),
    /** Ends the edits that were saved with a version. */
    settle: (version: number) => setSaved({ version, edits }),
  };
}
