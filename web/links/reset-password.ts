import query from '../../schema/operations/66-reset-password.graphql?raw';
import { runLinkForm } from './link-form';

runLinkForm({
  query,
  field: 'resetPassword',
  input: (token, newPassword) => ({ token, newPassword }),
  onDone: () => location.replace('/console'),
});
