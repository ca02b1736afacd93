import { type AdmittedOperation, streamKey } from '../../graphql';

/** A subscription: everything that the execution of a message needs but the viewer and the message. */
export interface StreamOperation {
  readonly admitted: AdmittedOperation;
  /** The same for operations whose messages are the same. */
  readonly key: string;
}

/** Makes one of an admitted subscription. */
export const streamOperation = (admitted: AdmittedOperation): StreamOperation => ({
  admitted,
  key: streamKey(admitted),
});
