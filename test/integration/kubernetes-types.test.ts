import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { ROOT } from '../support/root';

const folder = mkdtempSync(join(tmpdir(), 'skybasket-kubernetes-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The types of the package, generated from the OpenAPI schema of Kubernetes, by API version. */
const PARTS: Record<string, string> = {
  v1: 'core/v1',
  'apps/v1': 'apps/v1',
  'batch/v1': 'batch/v1',
  'policy/v1': 'policy/v1',
  'networking.k8s.io/v1': 'networking/v1',
};

/** Compiles resources as literals of their types: an unknown field, a wrong type and a missing field do not compile. */
function complaints(resources: Record<string, any>[]): string[] {
  const text = resources.map((resource, index) => {
    const part = PARTS[resource.apiVersion];
    if (part === undefined) throw new Error(`There are no types of ${resource.apiVersion}`);
    return `import type { ${resource.kind} as Type${index} } from 'kubernetes-types/${part}';
const resource${index}: Type${index} = ${JSON.stringify(resource, null, 1)};
void resource${index};`;
  });
  writeFileSync(join(folder, 'resources.ts'), text.join('\n'));
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({
      compilerOptions: { strict: true, noEmit: true, module: 'preserve', types: [] },
      files: ['resources.ts'],
    }),
  );
  const { stdout } = spawnSync(join(ROOT, 'node_modules/.bin/tsc'), ['-p', folder], { encoding: 'utf8' });
  return stdout.split('\n').filter(Boolean);
}

const manifests = join(ROOT, 'deploy/kubernetes');
const all = readdirSync(manifests).flatMap(name =>
  parseAllDocuments(readFileSync(join(manifests, name), 'utf8')).map(document => document.toJS()),
);
beforeAll(() => symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules')));

test('every manifest has the schema of Kubernetes', () => {
  expect(all.length).toBeGreaterThan(8);
  expect(complaints(all)).toEqual([]);
});

test('the check detects a misspelled field, a wrong type and a missing field', () => {
  const deployment = all.find(({ kind }) => kind === 'Deployment');
  const broken = (change: (spec: any) => void) => {
    const copy = structuredClone(deployment);
    change(copy.spec);
    return complaints([copy]);
  };
  expect(broken(spec => (spec.template.spec.containers[0].livenesProbe = {}))).toEqual([
    expect.stringContaining('livenesProbe'),
  ]);
  expect(broken(spec => (spec.replicas = 'three')).join()).toContain(
    "Type 'string' is not assignable to type 'number'",
  );
  expect(broken(spec => delete spec.selector).join()).toContain('selector');
});
