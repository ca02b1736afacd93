/** Removes the suggestions of graphql-js from an error, which would disclose the schema. */
export function withoutSuggestions<T extends { message: string }>(error: T): T {
  return { ...error, message: error.message.replace(/ ?Did you mean [^?]*\?/g, '') };
}
