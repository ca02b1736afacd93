/** What the simulator of every test gateway wants to be called with. */
export const CREDENTIALS = { applicationId: '6f2f1f0e-0000-4000-8000-000000000001', apiKey: 'test-key' };

/** And with which of the broker's, which takes the same ones. */
export const BROKER = { username: CREDENTIALS.applicationId, password: CREDENTIALS.apiKey };
