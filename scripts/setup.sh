# Sourced by scripts/try and scripts/check: Node, the packages, and the bundles, each only where it is not there yet.

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

install_packages() {
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
