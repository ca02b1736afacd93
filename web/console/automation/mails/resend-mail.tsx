import { VisuallyHidden } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type MailFieldsFragment, ResendMailDocument } from '../../../generated/graphql';
import { useAction } from '../../data/action';
import { ActionButton } from '../../parts/action-button';
import { TroubleAlert } from '../../parts/trouble';

/** Button that sends a mail again, or attempts one at once that waits. */
export function ResendMail({ mail }: { mail: MailFieldsFragment }) {
  const { t } = useTranslation('automation');
  const resend = useAction(ResendMailDocument);
  const [done, setDone] = useState(false);
  const { id, to, subject, state } = mail;
  const kind = state === 'PENDING' ? 'now' : 'resend';
  return (
    <>
      <ActionButton
        size="xs"
        variant="default"
        loading={resend.busy}
        aria-label={t(`mails.${kind}Named`, { to, subject })}
        onClick={async () => setDone((await resend.run({ input: { mailId: id } })) !== null)}
      >
        {t(`mails.${kind}`)}
      </ActionButton>
      <VisuallyHidden role="status">{done && t('mails.done')}</VisuallyHidden>
      <TroubleAlert trouble={resend.trouble} />
    </>
  );
}
