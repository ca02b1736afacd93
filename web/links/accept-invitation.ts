import query from '../../schema/operations/64-accept-invitation.graphql?raw';
import { keepSession } from '../shared/kept-session';
import { runLinkForm } from './link-form';

runLinkForm<{
  errors: { message: string }[];
  token: string;
  refreshToken: string;
  expiresAt: string;
}>({
  query,
  field: 'acceptInvitation',
  input: (token, password) => ({ token, password }),
  onDone(tokens) {
    keepSession(tokens);
    location.replace('/console');
  },
});
