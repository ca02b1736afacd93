import { chooseEngine } from '../../dev/local/engines';

test('DATABASE names the private server; MariaDB is the default', () => {
  const titles = [{}, { DATABASE: '' }, { DATABASE: 'mariadb' }, { DATABASE: 'mysql' }].map(
    env => chooseEngine(env).title,
  );
  expect(titles).toEqual(['MariaDB', 'MariaDB', 'MariaDB', 'MySQL']);
});

test('another name is refused with the names that are known', () => {
  expect(() => chooseEngine({ DATABASE: 'postgres' })).toThrow(
    'DATABASE has to be mariadb or mysql, not "postgres".',
  );
});
