/**
 * Variables by which git, a hook or a script sends every git below it to one repository, index or reading of paths: what
 * `git rev-parse --local-env-vars` lists, and those for quarantined objects, namespaces and pathspecs.
 */
const REPOSITORY_VARIABLES: ReadonlySet<string> = new Set([
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_CONFIG',
  'GIT_CONFIG_PARAMETERS',
  'GIT_CONFIG_COUNT',
  'GIT_OBJECT_DIRECTORY',
  'GIT_DIR',
  'GIT_WORK_TREE',
  'GIT_IMPLICIT_WORK_TREE',
  'GIT_GRAFT_FILE',
  'GIT_INDEX_FILE',
  'GIT_INDEX_VERSION',
  'GIT_NO_REPLACE_OBJECTS',
  'GIT_REPLACE_REF_BASE',
  'GIT_PREFIX',
  'GIT_INTERNAL_SUPER_PREFIX',
  'GIT_SHALLOW_FILE',
  'GIT_COMMON_DIR',
  'GIT_NAMESPACE',
  'GIT_QUARANTINE_PATH',
  'GIT_LITERAL_PATHSPECS',
  'GIT_GLOB_PATHSPECS',
  'GIT_NOGLOB_PATHSPECS',
  'GIT_ICASE_PATHSPECS',
]);

/** Surroundings in which git finds the repository by the folder it is run in, as it would outside of a hook. */
export function withoutRepositoryVariables(
  env: Readonly<Record<string, string | undefined>>,
): Record<string, string | undefined> {
  // Windows does not tell capitals from small letters in names of variables.
  const kept = Object.entries(env).filter(
    ([name]) => !REPOSITORY_VARIABLES.has(name.toUpperCase()),
  );
  return Object.fromEntries(kept);
}
