'use strict';

const assert = require('node:assert');
const fs = require('node:fs');
const path = require('node:path');
const { test } = require('node:test');
const strata = require('..');

const testdata = path.join(__dirname, '../../../testdata');
const web = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    spec:
      containers:
      - image: nginx:1
        name: web
`;

function files(kustomization) {
  return { 'kustomization.yaml': kustomization, 'web.yaml': Buffer.from(web) };
}

for (const name of fs.readdirSync(testdata)) {
  const folder = path.join(testdata, name);
  const command = path.join(folder, 'command');
  const expected = path.join(folder, 'expected.yaml');
  if (!fs.existsSync(command) || !fs.existsSync(expected)) continue;
  if (fs.readFileSync(command, 'utf8').trim() !== 'build .') continue;
  test(`the stream of ${name} is that of the command`, async () => {
    assert.strictEqual((await strata.render(folder)).yaml, fs.readFileSync(expected, 'utf8'));
  });
}

test('files in memory', async () => {
  const result = await strata.render(files('namePrefix: a-\nresources: [web.yaml]\n'));
  assert.deepStrictEqual(result.images, ['nginx:1']);
  assert.deepStrictEqual(result.inputs.map((i) => i.path).sort(), ['kustomization.yaml', 'web.yaml']);
  assert.ok(result.inputs.every((i) => i.digest.length === 64));
  const [resource] = result.resources;
  assert.deepStrictEqual([resource.group, resource.kind, resource.name, resource.line], ['apps', 'Deployment', 'a-web', 1]);
  assert.strictEqual(JSON.parse(resource.json).metadata.name, 'a-web');
});

test('overrides touch no file', async () => {
  const result = await strata.render(files('resources: [web.yaml]\n'), {
    namespace: 'shop',
    labels: { team: 'blue' },
    labelSelectors: true,
    images: ['nginx=registry.example/nginx:2'],
    replicas: { web: 3 },
    patches: [{ kind: 'Deployment', patch: '[{"op": "add", "path": "/spec/paused", "value": true}]' }],
  });
  const { metadata, spec } = JSON.parse(result.resources[0].json);
  assert.strictEqual(metadata.namespace, 'shop');
  assert.strictEqual(spec.replicas, 3);
  assert.strictEqual(spec.paused, true);
  assert.deepStrictEqual(spec.selector, { matchLabels: { team: 'blue' } });
  assert.strictEqual(spec.template.spec.containers[0].image, 'registry.example/nginx:2');
});

test('an error says where', async () => {
  await assert.rejects(strata.render(files('resources:\n- wbe.yaml\n')), (error) => {
    assert.deepStrictEqual([error.file, error.line, error.column], ['kustomization.yaml', 2, 3]);
    assert.strictEqual(error.code, 'NOT_FOUND');
    assert.ok(error instanceof Error && error.diagnostic);
    return true;
  });
});

test('warnings can be errors', async () => {
  const old = files('commonLabels: {a: b}\nresources: [web.yaml]\n');
  const { warnings } = await strata.render(old);
  assert.deepStrictEqual(warnings.map((w) => w.diagnostic), ['deprecated-field']);
  await assert.rejects(strata.render(old, undefined, { strict: true }));
});

test('wrong arguments are exceptions', async () => {
  assert.throws(() => new strata.Renderer({ root: 7 }), TypeError);
  assert.throws(() => new strata.Renderer({ root: '/nowhere' }), { code: 'NOT_FOUND' });
  await assert.rejects(strata.render('a\0b'), TypeError);
  await assert.rejects(strata.render(testdata, { images: 'nginx' }), TypeError);
  await assert.rejects(strata.render(testdata, { images: ['nginx'] }), { code: 'INVALID' });
});

test('builds run at the same time', async () => {
  const renderer = new strata.Renderer({ files: files('resources: [web.yaml]\n') });
  const builds = Array.from({ length: 200 }, (_, i) => renderer.build('.', { namePrefix: `p${i}-` }));
  const results = await Promise.all(builds);
  results.forEach((result, i) => assert.ok(result.yaml.includes(`  name: p${i}-web\n`)));
});
