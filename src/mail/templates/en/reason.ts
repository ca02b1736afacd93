/** Reason of a mail that its recipient can turn off. */
export const optionalReason = (because: string) =>
  `You get this mail because ${because}. Turn such mails off with \`setNotifications\`.`;
