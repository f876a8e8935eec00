# Sourced. `install_oidc` installs the certified OpenID provider that sign-in is tested against, as its lock file says,
# and sets OIDC_DIR to where it is. Installs Node where it is missing and apt-get may be used.

has_node() {
  command -v npm >/dev/null && node -e 'process.exit(process.versions.node.split(".")[0] < 20 ? 1 : 0)' 2>/dev/null
}

install_oidc() {
  has_node || { install_packages Node nodejs npm && has_node; } || {
    echo "$0: Node 20 or later is missing; install it (node and npm)" >&2
    exit 1
  }
  # Outside of the sources, and kept for as long as the lock file is the same.
  OIDC_DIR=$PWD/target/oidc
  mkdir -p "$OIDC_DIR"
  cp tests/oidc/provider.mjs tests/oidc/package.json "$OIDC_DIR"
  if ! cmp -s tests/oidc/package-lock.json "$OIDC_DIR/package-lock.json" || [ ! -d "$OIDC_DIR/node_modules" ]; then
    cp tests/oidc/package-lock.json "$OIDC_DIR"
    npm ci --prefix "$OIDC_DIR" --silent --no-audit --no-fund >&2 || {
      rm -rf "$OIDC_DIR"
      echo "$0: the OpenID provider cannot be installed; is the npm registry reachable?" >&2
      exit 1
    }
  fi
}
