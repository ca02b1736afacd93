import { dialectOf } from '../../../src/database/dialects';

test.each([
  ['10.11.19-MariaDB-0+deb12u1', 'MariaDB'],
  ['11.4.8-MariaDB-ubu2404-log', 'MariaDB'],
  ['8.0.43', 'MySQL'],
  ['8.4.6-6', 'MySQL'],
  ['9.7.4-2', 'MySQL'],
])('%s is %s', (version, title) => {
  expect(dialectOf(version).title).toBe(title);
});

test.each([
  ['10.6.22-MariaDB', 'MariaDB 10.6.22-MariaDB is not supported. Upgrade it to 10.11 or later'],
  ['5.7.44-log', 'MySQL 5.7.44-log is not supported. Upgrade it to 8.0 or later'],
  ['', 'MySQL  is not supported. Upgrade it to 8.0 or later'],
])('%s is refused', (version, message) => {
  expect(() => dialectOf(version)).toThrow(message);
});
