/** Time between two reads, in milliseconds: the stream does not report deliveries. */
export const EVERY_MS = 2000;
