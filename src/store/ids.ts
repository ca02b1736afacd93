const PLAIN = /^[\x20-\x7e]{0,64}$/;

/** Whether `text` can be compared with a column of ids, which are ASCII: the database refuses to compare anything else. */
export const canBeId = (text: string): boolean => PLAIN.test(text);
