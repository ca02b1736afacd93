const base = require('./jest.config.cjs');

/** The tests of clients that people use (`npm run test:clients`), which first generates their documents. */
/** @type {import('jest').Config} */
module.exports = {
  ...base,
  testMatch: ['<rootDir>/test/clients/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 60_000,
};
