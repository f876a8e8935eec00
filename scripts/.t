#!/usr/bin/env bash
# The one test command: format, lints, and every test: on SQLite, on a PostgreSQL and a PgBouncer of its own, and against
# a certified OpenID provider and a Python package that signs requests.
# Usage: scripts/test [ARGS FOR cargo test]
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib/packages.sh
. scripts/lib/postgres.sh
. scripts/lib/pgbouncer.sh
. scripts/lib/oidc.sh
. scripts/lib/python.sh

command -v cargo >/dev/null || { echo "scripts/test: Rust is missing; install it with rustup" >&2; exit 1; }
command -v cc >/dev/null || { echo "scripts/test: a C linker is missing; install gcc or clang" >&2; exit 1; }

start_postgres
start_pgbouncer
install_oidc
prepare_python tests/interop/requirements.txt
export TEST_DATABASE_URL=$POSTGRES_URL TEST_PGBOUNCER_URL=$PGBOUNCER_URL TEST_POSTGRES_BIN=$POSTGRES_BIN
export TEST_OIDC_DIR=$OIDC_DIR

cargo test --workspace --locked "$@"
