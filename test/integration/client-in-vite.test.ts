import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../support/root';

const templates = readdirSync(join(ROOT, 'node_modules/create-vite')).filter(name =>
  /^template-(vanilla|react)-ts$/.test(name),
);
const folder = mkdtempSync(join(tmpdir(), 'skybasket-vite-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a program of the packages in `app`, as the `build` of the template does. */
function run(app: string, name: string, ...args: string[]): string[] {
  const { status, stdout, stderr } = spawnSync(join(ROOT, 'node_modules/.bin', name), args, {
    cwd: app,
    encoding: 'utf8',
  });
  return status === 0 ? [] : `${stdout}${stderr}`.split('\n').filter(Boolean);
}

test('the tested templates are all templates of Vite with TypeScript', () => {
  expect(templates.sort()).toEqual(['template-react-ts', 'template-vanilla-ts']);
});

test.each(['template-react-ts', 'template-vanilla-ts'])(
  'client/ compiles and builds in a new Vite app (%s) with default options',
  template => {
    const app = join(folder, template);
    cpSync(join(ROOT, 'node_modules/create-vite', template), app, { recursive: true });
    symlinkSync(join(ROOT, 'node_modules'), join(app, 'node_modules'));
    cpSync(join(ROOT, 'client'), join(app, 'src/client'), { recursive: true });
    // The entry of the template needs its own plugins and pictures; the client is what is looked at.
    const entry = readdirSync(join(app, 'src')).filter(name => /\.(tsx?|css)$/.test(name));
    for (const name of entry) rmSync(join(app, 'src', name));
    rmSync(join(app, 'vite.config.ts'), { force: true });
    writeFileSync(
      join(app, 'src/main.ts'),
      "import * as client from './client';\n\nconsole.log(Object.keys(client));\n",
    );
    writeFileSync(join(app, 'index.html'), '<script type="module" src="/src/main.ts"></script>');
    const config = readdirSync(app).includes('tsconfig.app.json') ? 'tsconfig.app.json' : 'tsconfig.json';
    expect(readFileSync(join(app, config), 'utf8')).toContain('"erasableSyntaxOnly": true');
    expect(run(app, 'tsc', '-p', config)).toEqual([]);
    expect(run(app, 'vite', 'build', '--logLevel', 'error')).toEqual([]);
  },
);
