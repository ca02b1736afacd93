/** The tests of faults of everything around a gateway (`npm run test:chaos`), which want the machine for themselves. */
/** @type {import('jest').Config} */
const { globalSetup: _, globalTeardown: __, ...usual } = require('./jest.config.cjs');

module.exports = {
  ...usual,
  testMatch: ['<rootDir>/test/chaos/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  maxWorkers: 1,
  testTimeout: 180_000,
  // Clients of a scenario that failed keep repeating their calls.
  forceExit: true,
};
