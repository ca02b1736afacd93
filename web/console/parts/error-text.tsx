import { useTranslation } from 'react-i18next';
import type { UserError } from '../data/action';

/**
 * Text of a user error. The gateway writes its message in English; a language that has a text for the code shows it before
 * the message.
 */
export function ErrorText({ error: { code, message } }: { error: Pick<UserError, 'code' | 'message'> }) {
  const { t, i18n } = useTranslation('errors');
  if (!i18n.exists(code, { ns: 'errors' })) return message;
  return (
    <>
      {t(code)} <span lang="en">{message}</span>
    </>
  );
}
