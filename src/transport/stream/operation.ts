import { type AdmittedOperation, type Executable, streamKey } from '../../graphql';

/** Subscription: the input of the execution of a message, except the viewer and the message. */
export interface StreamOperation {
  readonly admitted: Executable;
  /** Equal for operations with the same messages. */
  readonly key: string;
}

/** Creates the stream operation of an admitted subscription. */
export const streamOperation = ({ plan, variables, charge }: AdmittedOperation): StreamOperation => ({
  // Without the document, which messages do not need.
  admitted: { plan, variables, charge },
  key: streamKey({ plan, variables }),
});
