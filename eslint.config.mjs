import boundaries from 'eslint-plugin-boundaries';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

/**
 * Parts of the sources in the sense of ARCHITECTURE.md, and what each may import beside itself.
 * The first pattern that fits a file names its part.
 */
const PURE_PROFILER = [
  'model',
  'stats',
  'verdict',
  'diagnosis',
  'ledger',
  'diff',
  'report',
  'export',
  'chart',
];
const PARTS = [
  { type: 'extension', pattern: 'src/extension/**', mayImport: ['protocol'] },
  {
    type: 'worker',
    pattern: 'src/worker/**',
    mayImport: ['runs', 'pipeline', 'profiler-pure', 'profiler', 'store', 'protocol'],
  },
  {
    type: 'cli',
    pattern: 'src/cli/**',
    mayImport: ['runs', 'pipeline', 'profiler-pure', 'profiler', 'store', 'protocol'],
  },
  // What worker and command line do alike with the runs of a library.
  {
    type: 'runs',
    pattern: 'src/runs/**',
    mayImport: ['pipeline', 'profiler-pure', 'profiler', 'store', 'protocol'],
  },
  { type: 'protocol', pattern: 'src/protocol/**', mayImport: ['profiler-pure'] },
  // A Run is recorded here and nowhere else: the only part of the profiler that a pipeline needs.
  { type: 'recorder', pattern: 'src/profiler/recorder/**', mayImport: ['profiler-pure'] },
  {
    type: 'pipeline',
    pattern: 'src/pipeline/**',
    mayImport: ['protocol', 'profiler-pure', 'recorder', 'store'],
  },
  {
    type: 'profiler-pure',
    pattern: PURE_PROFILER.map((folder) => `src/profiler/${folder}/**`),
    mayImport: [],
  },
  { type: 'profiler', pattern: 'src/profiler/**', mayImport: ['profiler-pure', 'recorder'] },
  { type: 'store', pattern: 'src/store/**', mayImport: ['protocol', 'profiler-pure'] },
  {
    type: 'webview-shared',
    pattern: 'webview/shared/**',
    mayImport: ['protocol', 'profiler-pure'],
  },
  ...['flame', 'dashboard'].map((name) => ({
    type: `webview-${name}`,
    pattern: `webview/${name}/**`,
    mayImport: ['webview-shared', 'protocol', 'profiler-pure'],
  })),
  // Two charts over one another, drawn by the flame chart's own renderer.
  {
    type: 'webview-diff',
    pattern: 'webview/diff/**',
    mayImport: ['webview-flame', 'webview-shared', 'protocol', 'profiler-pure'],
  },
];

/** Packages that one file alone may import, so that each can be replaced there. */
const HOMES = {
  'fluent-ffmpeg': 'src/pipeline/media/ffmpeg.ts',
  'better-sqlite3': 'src/store/open.ts',
  'onnxruntime-node': 'src/pipeline/inference/session.ts',
  koffi: 'src/profiler/launcher/linux/systemCalls.ts',
  '@vscode/webview-ui-toolkit': 'webview/shared/toolkit.ts',
};

const NO_VSCODE = {
  name: 'vscode',
  message: 'Only src/extension may know VS Code; everything else also runs without it.',
};
const NO_NODE = {
  regex: '^(node:|fs$|path$|os$|child_process$|crypto$|worker_threads$|stream$|util$)',
  message: 'This part is pure: it also runs in a browser.',
};

const homed = (exceptions = []) =>
  Object.entries(HOMES)
    .filter(([name]) => !exceptions.includes(name))
    .map(([name, home]) => ({
      name,
      message: `Only ${home} may import ${name}.`,
      allowTypeImports: true,
    }));

const restrict = (paths, patterns = []) => ({
  '@typescript-eslint/no-restricted-imports': ['error', { paths, patterns }],
});

export default defineConfig(
  {
    ignores: [
      'dist/',
      '.types/',
      'node_modules/',
      '.tools/',
      'test-results/',
      'models/',
      'test/fixtures/',
      'media/',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.ts', '**/*.mts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // Rethrowing what was caught elsewhere.
      '@typescript-eslint/only-throw-error': ['error', { allowThrowingUnknown: true }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { varsIgnorePattern: '^_', argsIgnorePattern: '^_' },
      ],
      'max-lines': ['warn', { max: 300, skipBlankLines: true, skipComments: true }],
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true } }],
    },
  },
  {
    files: ['src/**/*.ts', 'webview/**/*.ts'],
    plugins: { boundaries },
    settings: {
      'boundaries/elements': PARTS.map(({ type, pattern }) => ({
        type,
        pattern,
        partialMatch: false,
      })),
      'boundaries/files': [{ category: 'errors', pattern: 'src/pipeline/earshotError.ts' }],
      'import/resolver': { node: { extensions: ['.ts', '.js', '.json'] } },
    },
    rules: {
      'boundaries/dependencies': [
        'error',
        {
          default: 'disallow',
          message: 'ARCHITECTURE.md does not let {{from.element.type}} import {{to.element.type}}.',
          policies: [
            // A leaf that everything with data or programs of its own throws.
            {
              from: { element: { types: { anyOf: ['store'] } } },
              allow: { to: { file: { categories: 'errors' } } },
            },
            { allow: { to: { module: { origin: ['external', 'core'] } } } },
            ...PARTS.map(({ type, mayImport }) => ({
              from: { element: { type } },
              allow: { to: { element: { types: { anyOf: [type, ...mayImport] } } } },
            })),
          ],
        },
      ],
      'no-console': 'error',
      ...restrict([NO_VSCODE, ...homed()]),
    },
  },
  { files: ['src/extension/**/*.ts'], rules: restrict(homed()) },
  ...Object.entries(HOMES).map(([name, home]) => ({
    files: [home],
    rules: restrict([NO_VSCODE, ...homed([name])]),
  })),
  {
    files: [
      'src/protocol/**/*.ts',
      'webview/**/*.ts',
      ...PURE_PROFILER.map((name) => `src/profiler/${name}/**/*.ts`),
    ],
    ignores: [HOMES['@vscode/webview-ui-toolkit']],
    rules: restrict([NO_VSCODE, ...homed()], [NO_NODE]),
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      // Tests look into what came out and fail loudly where it is not there.
      '@typescript-eslint/no-non-null-assertion': 'off',
      // Matchers such as expect.objectContaining() have the type any.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      'max-lines': 'off',
    },
  },
  { files: ['vitest.config.mts'], rules: { 'no-restricted-exports': 'off' } },
  {
    files: ['**/*.mjs', '**/*.cjs'],
    extends: [tseslint.configs.recommended],
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
);
