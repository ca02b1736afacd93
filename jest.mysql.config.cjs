/** The tests on MySQL (`npm run test:mysql`): those of every server, and those of MySQL alone. */
/** @type {import('jest').Config} */
const usual = require('./jest.config.cjs');

module.exports = {
  ...usual,
  // MySQL takes eight times as long as MariaDB to create the tables.
  testTimeout: 60_000,
  testPathIgnorePatterns: [
    ...usual.testPathIgnorePatterns.filter(pattern => !pattern.includes('/test/mysql/')),
    // Containers of the image "mariadb".
    '<rootDir>/test/integration/compose-steps',
  ],
};
