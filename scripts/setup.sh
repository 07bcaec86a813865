# Sourced by scripts/try and scripts/check: Node, the packages, and the bundles, each only where it is not there yet.

NPM_VERSION=11.19.1

say() {
  if [ -t 2 ]; then printf '\033[1m%s\033[0m\n' "$*" >&2; else printf '%s\n' "$*" >&2; fi
}

# Any Node that can run npm will do: the Node that runs Earshot comes with the packages.
require_npm() {
  if command -v node >/dev/null && command -v npm >/dev/null; then return; fi
  if [ "${1:-}" = may-install ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    say 'Installing Node and npm from the system packages'
    apt-get -qq update >&2
    DEBIAN_FRONTEND=noninteractive apt-get -qq -y install --no-install-recommends nodejs npm >&2
    return
  fi
  cat >&2 <<'TEXT'
Earshot needs Node and npm to be installed; any Node from 18 on will do, the right one comes with the packages.
  Debian, Ubuntu:  sudo apt-get install -y nodejs npm
  Fedora:          sudo dnf install -y nodejs npm
  macOS:           brew install node
  anything else:   https://nodejs.org/en/download
TEXT
  exit 69
}

# Packages for a newer Node are left out by an npm that runs on an older one, native parts of the test tools among them: where
# the machine's Node is older than 20, the pinned Node and a current npm go to .tools/ first and install the rest.
bootstrap_old_node() {
  if [ "$(node -p 'Number(process.versions.node.split(".")[0]) >= 20')" = true ]; then return; fi
  local platform version
  case "$(uname -sm)" in
    'Linux x86_64') platform=linux-x64 ;;
    'Linux aarch64') platform=linux-arm64 ;;
    'Darwin x86_64') platform=darwin-x64 ;;
    *) return ;;
  esac
  version=$(node -p "require('./package.json').optionalDependencies['node-$platform']")
  if [ "$(.tools/bin/node --version 2>/dev/null)" != "v$version" ]; then
    say "Node $(node --version) is old: fetching Node $version to install with"
    mkdir -p .tools/bin
    npm install --prefix .tools --no-save --no-package-lock --ignore-scripts --no-audit --no-fund --loglevel=error \
      "node-$platform@$version" "npm@$NPM_VERSION" >&2
    ln -sf "../node_modules/node-$platform/bin/node" .tools/bin/node
    ln -sf ../node_modules/npm/bin/npm-cli.js .tools/bin/npm
  fi
  export PATH="$PWD/.tools/bin:$PATH"
}

install_packages() {
  bootstrap_old_node
  local stamp=node_modules/.earshot-installed wanted
  wanted=$(cksum package-lock.json)
  if [ "$(cat "$stamp" 2>/dev/null)" != "$wanted" ]; then
    say 'Installing packages (about a minute with an empty cache)'
    # An npm that cannot refuse single scripts would run them all: none is needed.
    local scripts=--ignore-scripts
    if [ "$(npm config get strict-allow-scripts 2>/dev/null)" != undefined ]; then
      scripts=--strict-allow-scripts
    fi
    npm ci "$scripts" --no-audit --no-fund --loglevel=error >&2
    link_node
    echo "$wanted" >"$stamp"
  fi
  export PATH="$PWD/node_modules/.bin:$PATH"
  check_node
}

# Older npm (9, of Debian 12) installs the packaged Node and forgets its link, since packages of other platforms have the same.
link_node() {
  local packaged
  for packaged in node_modules/node-*/bin/node; do
    if [ -x "$packaged" ] && [ ! -e node_modules/.bin/node ]; then
      ln -s "../${packaged#node_modules/}" node_modules/.bin/node
    fi
  done
}

check_node() {
  if node -e 'process.exit(Number(process.versions.napi) >= 10 ? 0 : 1)'; then return; fi
  cat >&2 <<TEXT
Node $(node --version) is too old, and there is no packaged Node for this platform ($(uname -sm)).
Earshot needs Node 22.14 or newer: https://nodejs.org/en/download
TEXT
  exit 69
}

build_bundles() {
  local newer
  if [ -e dist/cli.cjs ] && [ -e dist/inference.cjs ]; then
    newer=$(find src esbuild.mjs package-lock.json -newer dist/cli.cjs -print -quit)
    if [ -z "$newer" ]; then return; fi
  fi
  say 'Building'
  node esbuild.mjs >&2
}
