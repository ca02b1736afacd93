import type { FieldsRequest } from './requests';

const API_KEY = {
  ID: 'apikey',
  SortOrder: 1,
  Name: 'API Key',
  Description: 'Partner API key',
  Kind: 1,
  MaxLength: 200,
  IsRequired: true,
  PredefinedValues: {},
  IsAdditionalField: false,
  IncludeVerification: false,
  IsDistributorOption: false,
  IsPartnerOption: false,
  InitialValue: null,
};

/** Result of `fields/get`: the form that a partner fills in to register. */
export function settingsForm(): object {
  return { Fields: [{ ID: API_KEY.ID, Value: null, Definition: API_KEY }] };
}

/** Result of `fields/validate`: messages about invalid fields. Empty if the form is valid. */
export function validateSettings(form: FieldsRequest): string[] {
  const value = form.Fields.find(field => field.ID === API_KEY.ID)?.Value;
  return value ? [] : [`${API_KEY.Name} is required`];
}

/** Result of `accounts/syncoptions`: the fields that a synchronization of an account requires. */
export function syncOptions(): object {
  const common = { Description: null, DataType: 'Text', IsRequired: true };
  const shared = { IsReadOnly: false, AvailableToStorefront: false };
  const roles = [
    { ID: '1', Name: 'User' },
    { ID: '2', Name: 'Reseller' },
  ];
  const definitions = [
    { ID: 'username', SortOrder: 0, Name: 'Username', Kind: 'SimpleValue', PredefinedValues: [] },
    { ID: 'role', SortOrder: 1, Name: 'Role', Kind: 'List', PredefinedValues: roles },
  ];
  return { Fields: definitions.map(it => ({ ID: it.ID, Definition: { ...it, ...common, ...shared } })) };
}
