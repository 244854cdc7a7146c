/** The dependency rule, executable. A lower layer never imports a higher one. Run: npm run deps */
const OURS = '^(api|web|surveys|scripts|test)/';
const only = (name, from, ...allowed) => ({
  name,
  severity: 'error',
  from: { path: from },
  to: { path: OURS, pathNot: [from, ...allowed] },
});
const never = (name, from, to) => ({ name, severity: 'error', from, to });

module.exports = {
  forbidden: [
    never('no-cycles', {}, { circular: true }),
    only('contracts-are-the-bottom', '^api/src/contracts/'),
    only('domain-is-pure', '^api/src/domain/', '^api/src/contracts/'),
    only('models-hold-the-database', '^api/src/models/', '^api/src/(contracts|domain)/'),
    only(
      'services-decide',
      '^api/src/services/',
      '^api/src/(contracts|domain|models)/',
      '^api/src/problem\\.ts$',
    ),
    only(
      'http-knows-no-feature',
      '^api/src/http/',
      '^api/src/(contracts|domain)/',
      '^api/src/problem\\.ts$',
    ),
    only('routes-are-thin', '^api/src/routes/', '^api/src/(contracts|services|http)/'),
    only('the-store-stands-alone', '^api/src/store/', '^api/src/problem\\.ts$'),
    never(
      'contracts-and-domain-import-zod-at-most',
      { path: '^api/src/(contracts|domain)/' },
      { path: 'node_modules/', pathNot: 'node_modules/zod/' },
    ),
    never(
      'contracts-and-domain-do-no-io',
      { path: '^api/src/(contracts|domain)/' },
      { dependencyTypes: ['core'] },
    ),
    never(
      'mongoose-only-in-models-and-store',
      { path: '^(api|web)/src', pathNot: '^api/src/(models/|store/|server\\.ts$)' },
      { path: 'node_modules/(mongoose|mongodb)/' },
    ),
    never(
      'express-only-at-the-edge',
      { path: '^api/src', pathNot: '^api/src/(http/|routes/|app\\.ts$)' },
      { path: 'node_modules/express/' },
    ),
    never(
      'web-and-scripts-see-contracts-and-domain-only',
      { path: '^(web|scripts)/' },
      { path: '^api/', pathNot: ['^api/src/(contracts|domain)/', '^api/data/'] },
    ),
    only('web-lib-and-ui-are-the-bottom', '^web/src/(lib|ui)/', '^api/src/(contracts|domain)/'),
    only(
      'offline-knows-no-screen',
      '^web/src/offline/',
      '^web/src/lib/',
      '^api/src/(contracts|domain)/',
    ),
    never(
      'features-are-strangers',
      { path: '^web/src/features/([^/]+)/' },
      { path: '^web/src/features/', pathNot: '^web/src/features/$1/' },
    ),
    never(
      'features-never-import-the-app',
      { path: '^web/src/features/' },
      { path: '^web/src/app/' },
    ),
    never('production-never-imports-tests', { path: '^(api|web|scripts)/' }, { path: '^test/' }),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true, // a type-only import counts too
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'default'],
    },
  },
};
