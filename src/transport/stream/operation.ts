import { type AdmittedOperation, type Executable, streamKey } from '../../graphql';

/** A subscription: everything that the execution of a message needs but the viewer and the message. */
export interface StreamOperation {
  readonly admitted: Executable;
  /** The same for operations whose messages are the same. */
  readonly key: string;
}

/** Makes one of an admitted subscription. */
export const streamOperation = ({ plan, variables, charge }: AdmittedOperation): StreamOperation => ({
  // Without its document, which no message needs.
  admitted: { plan, variables, charge },
  key: streamKey({ plan, variables }),
});
