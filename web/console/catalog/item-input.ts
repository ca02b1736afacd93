/** Input of a mutation: an empty description is none. */
export const itemInput = <Values extends { description?: string }>(values: Values) => ({
  ...values,
  ...(values.description !== undefined && { description: values.description || null }),
});
