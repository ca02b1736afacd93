/** The tests on a cluster of databases and gateways (`npm run test:cluster`), which wants the machine for itself. */
/** @type {import('jest').Config} */
const { globalSetup: _, globalTeardown: __, ...usual } = require('./jest.config.cjs');

module.exports = {
  ...usual,
  testMatch: ['<rootDir>/test/cluster/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  maxWorkers: 1,
  testTimeout: 120_000,
};
