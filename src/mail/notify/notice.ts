import type { User } from '../../entities';
import type { Facts, TemplateName } from '../templates';

/** Mail about an event, and its recipients. */
export type Notice = {
  [Name in TemplateName]: { template: Name; facts: Facts[Name]; recipients: User[] };
}[TemplateName];
