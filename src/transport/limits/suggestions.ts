/** An error without the names that graphql-js thinks were meant: they spell out the schema to who may not read it. */
export function withoutSuggestions<T extends { message: string }>(error: T): T {
  return { ...error, message: error.message.replace(/ ?Did you mean [^?]*\?/g, '') };
}
