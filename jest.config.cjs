/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  // Those have runs of their own: npm run test:browser, npm run test:clients, npm run test:cluster, npm run test:chaos, npm run test:mysql.
  testPathIgnorePatterns: [
    '/node_modules/',
    ...['browser', 'clients', 'cluster', 'chaos', 'mysql'].map(own => `<rootDir>/test/${own}/`),
  ],
  // What the build and the databases leave is no source.
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.data/'],
  watchman: false,
  maxWorkers: 2,
  testTimeout: 30_000,
  setupFiles: ['reflect-metadata'],
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
  transform: {
    '^.+\\.[jt]s$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', decorators: true },
          // As tsc does it: fields that are only declared must not be defined over what the decorators see.
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
        },
      },
    ],
  },
  // Those are published as ES modules only.
  transformIgnorePatterns: ['/node_modules/(?!(dinero.js|jose|github-slugger)/)'],
};
