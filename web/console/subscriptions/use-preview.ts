import { useCallback, useEffect, useState } from 'react';
import { type CombinedError, useClient } from 'urql';
import {
  PreviewSubscriptionChangeDocument,
  type PreviewSubscriptionChangeInput,
  type PreviewSubscriptionChangeQuery,
} from '../../generated/graphql';

/** Pause after which typed quantities are previewed, in milliseconds. */
const PAUSE_MS = 300;

/** Preview of a change, or the errors that block it. */
export type Previewed = PreviewSubscriptionChangeQuery['previewSubscriptionChange'];

/** Preview with the input and the version of the subscription that it is of. */
interface Read extends Previewed {
  readonly of: string;
  readonly version: number;
}

/**
 * The part of a preview that time does not change. The amounts of a running period are counted to the second: while the unit
 * prices are the same, as the recurring amounts say, they differ by nothing but the seconds.
 */
const lasting = ({ preview, errors }: Previewed): string =>
  JSON.stringify([
    preview && [preview.kinds, preview.from, preview.to, preview.needsDecision, preview.nextCharge],
    errors.map(({ message }) => message),
  ]);

/**
 * Reads the preview of a change after a pause, and again when the subscription has another version. `isCurrent` is false while
 * the preview that is shown is of another input. `confirm` reads it once more, and resolves to the version that was previewed,
 * or to null if the preview has changed since it was shown.
 */
export function usePreview(input: PreviewSubscriptionChangeInput | null, version: number) {
  const client = useClient();
  const of = input && JSON.stringify(input);
  const [shown, setShown] = useState<Read | null>(null);
  const [error, setError] = useState<CombinedError | null>(null);
  const [hasMoved, setHasMoved] = useState(false);

  const read = useCallback(async (): Promise<Read | null> => {
    if (!of) return null;
    const asked: PreviewSubscriptionChangeInput = JSON.parse(of);
    const variables = { input: asked, id: asked.subscriptionId };
    const options = { requestPolicy: 'network-only' } as const;
    const { data, error: failure } = await client.query(
      PreviewSubscriptionChangeDocument,
      variables,
      options,
    );
    setError(failure ?? null);
    if (!data?.subscription) return null;
    return { ...data.previewSubscriptionChange, of, version: data.subscription.version };
  }, [client, of]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another version of the subscription has another preview
  useEffect(() => {
    let isWanted = true;
    setHasMoved(false);
    const timer = setTimeout(async () => {
      const found = await read();
      if (isWanted && found) setShown(found);
    }, PAUSE_MS);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [read, version]);

  const isCurrent = shown !== null && shown.of === of && shown.version >= version;
  const confirm = async (): Promise<number | null> => {
    const found = isCurrent ? await read() : null;
    if (!found || !shown) return null;
    setShown(found);
    const isSame = found.version === shown.version && lasting(found) === lasting(shown);
    setHasMoved(!isSame);
    return isSame ? found.version : null;
  };
  return { shown: of ? shown : null, error, isCurrent, hasMoved, confirm };
}
