/** An error without the names that graphql-js suggests, which would disclose the schema. */
export function withoutSuggestions<T extends { message: string }>(error: T): T {
  return { ...error, message: error.message.replace(/ ?Did you mean [^?]*\?/g, '') };
}
