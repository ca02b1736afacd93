type IsAny<T> = 0 extends 1 & T ? true : false;

/** `true` where the type is or contains `any`, at any depth. */
type HasAny<T> =
  IsAny<T> extends true
    ? true
    : T extends readonly (infer Item)[]
      ? HasAny<Item>
      : T extends object
        ? { [Key in keyof T]-?: HasAny<T[Key]> }[keyof T]
        : false;

/** The type, unless it contains `any`: then `never`. */
type Strict<T> = true extends HasAny<T> ? never : T;

/** Compiles only where the types of a document contain no `any`. Returns the value. */
export const strict = <T>(value: Strict<T>): T => value as T;
