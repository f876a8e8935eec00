# Sourced. `start_postgres` runs a throw-away PostgreSQL on a free loopback port, sets POSTGRES_URL and POSTGRES_BIN (its
# programs), and stops and removes it when the script ends. Installs PostgreSQL where it is missing and apt-get may be used.

postgres_bin() {
  local dir
  for dir in "$(dirname "$(command -v initdb || echo /nowhere/initdb)")" /usr/lib/postgresql/*/bin /usr/local/opt/postgresql*/bin \
    /opt/homebrew/opt/postgresql*/bin; do
    if [ -x "$dir/initdb" ] && [ -x "$dir/pg_ctl" ]; then echo "$dir"; return; fi
  done
  return 1
}

# PostgreSQL refuses to run as root, as containers and CI do.
as_postgres() {
  if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi
}

start_postgres() {
  local bin
  bin=$(postgres_bin) || { install_packages PostgreSQL postgresql && bin=$(postgres_bin); } || {
    echo "$0: PostgreSQL is missing; install it (initdb and pg_ctl) with your package manager" >&2
    exit 1
  }
  POSTGRES_DIR=$(mktemp -d)
  [ "$(id -u)" != 0 ] || chown postgres "$POSTGRES_DIR"
  POSTGRES_BIN=$bin
  trap stop_postgres EXIT
  (
    cd "$POSTGRES_DIR"
    as_postgres "$bin/initdb" -D data -U postgres -A trust --no-sync >initdb.log
    # Two tries at most: the free port may be taken between looking and listening.
    for _ in 1 2; do
      port=$(free_port)
      if as_postgres "$bin/pg_ctl" -D data -w -l server.log \
        -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off" start >pg_ctl.log; then
        echo "$port" >port
        break
      fi
    done
  )
  [ -s "$POSTGRES_DIR/port" ] || { cat "$POSTGRES_DIR/server.log" >&2; exit 1; }
  POSTGRES_URL="postgres://postgres@127.0.0.1:$(cat "$POSTGRES_DIR/port")/postgres"
}

stop_postgres() {
  [ ! -s "$POSTGRES_DIR/pgbouncer.pid" ] || kill "$(cat "$POSTGRES_DIR/pgbouncer.pid")" 2>/dev/null || true
  as_postgres "$POSTGRES_BIN/pg_ctl" -D "$POSTGRES_DIR/data" -m immediate -w stop >/dev/null 2>&1 || true
  rm -rf "$POSTGRES_DIR"
}

free_port() {
  local port
  while :; do
    port=$((20000 + RANDOM % 20000))
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }
  done
}
