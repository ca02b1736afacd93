import { DISTRIBUTOR_EVENTS, PUBLISHED_EVENTS } from '../../webhooks';

const infos = (types: Readonly<Record<string, string>>, everyAccount: boolean) =>
  Object.entries(types).map(([name, description]) => ({ name, description, everyAccount }));

/** Event types that webhooks can receive, with the change that each reports. */
export const eventTypes = [...infos(PUBLISHED_EVENTS, false), ...infos(DISTRIBUTOR_EVENTS, true)];
