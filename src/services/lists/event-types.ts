import { PUBLISHED_EVENTS } from '../../webhooks';

/** Event types that webhooks can receive, with the change that each reports. */
export const eventTypes: readonly { name: string; description: string }[] = Object.entries(
  PUBLISHED_EVENTS,
).map(([name, description]) => ({ name, description }));
