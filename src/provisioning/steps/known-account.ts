import type { Session } from '../../database';
import { serviceAccount } from '../accounts';
import { type Job, toProviderAccount } from '../job';
import type { ProviderAccount } from '../provider/port';

/** The recipient with the ids that the provider gave it and its reseller. */
export async function knownAccount(session: Session, job: Job): Promise<ProviderAccount> {
  const own = await serviceAccount(session, job.account.id, job.service.id);
  const parent = job.reseller && (await serviceAccount(session, job.reseller.id, job.service.id));
  return toProviderAccount(
    job.account,
    'User',
    own?.externalId ?? undefined,
    parent?.externalId ?? undefined,
  );
}
