const SOURCE_ENDINGS: ReadonlySet<string> = new Set(
  (
    'ts tsx mts cts js jsx mjs cjs py pyi pyx ipynb go java kt kts scala groovy rs c h cc cpp cxx hpp cs fs rb php ' +
    'swift m mm lua pl pm r jl ex exs erl hs ml clj dart zig nim sh bash zsh fish ps1 bat cmd sql css scss less html ' +
    'htm vue svelte md rst adoc toml yml yaml ini cfg conf properties lock gradle cmake mk map svg proto graphql'
  ).split(' '),
);
const BUILD_FILE =
  /^(?:(?:package|package-lock|composer|deno|bower|lerna|nx|turbo|components|manifest|earshot\.config)\.json|[tj]sconfig(?:\..+)?\.json|(?:gnu)?makefile|dockerfile|containerfile|jenkinsfile|procfile|gemfile|rakefile|license|licence|notice|readme|authors|codeowners|cmakelists\.txt|requirements(?:[-.].+)?\.txt|go\.(?:mod|sum))$/iu;

/** Whether a file is part of a project's sources or of how it is built, by its name: nothing that a run leaves behind. */
export function isSourceFile(name: string): boolean {
  const dot = name.lastIndexOf('.');
  return (
    BUILD_FILE.test(name) || (dot > 0 && SOURCE_ENDINGS.has(name.slice(dot + 1).toLowerCase()))
  );
}
