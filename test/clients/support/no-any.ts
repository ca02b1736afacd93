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

/** Compiles only if the type contains no `any`. */
export function expectNoAny<T>(
  ..._none: true extends HasAny<T> ? [reason: 'the type contains any'] : []
): void {}
