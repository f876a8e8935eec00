# Sourced, after scripts/lib/postgres.sh. `start_pgbouncer` runs a throw-away PgBouncer in transaction mode before the
# PostgreSQL of `start_postgres`, in its directory and gone with it, and sets PGBOUNCER_URL. Installs PgBouncer where it
# is missing and apt-get may be used.

start_pgbouncer() {
  command -v pgbouncer >/dev/null || install_packages PgBouncer pgbouncer || {
    echo "$0: PgBouncer is missing; install it with your package manager" >&2
    exit 1
  }
  local port server
  server=$(cat "$POSTGRES_DIR/port")
  # Two tries at most: the free port may be taken between looking and listening.
  for _ in 1 2; do
    port=$(free_port)
    cat >"$POSTGRES_DIR/pgbouncer.ini" <<INI
[databases]
* = host=127.0.0.1 port=$server
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = $port
unix_socket_dir =
pool_mode = transaction
auth_type = trust
auth_file = $POSTGRES_DIR/users.txt
admin_users = postgres
server_login_retry = 0.1
logfile = $POSTGRES_DIR/pgbouncer.log
pidfile = $POSTGRES_DIR/pgbouncer.pid
INI
    printf '"%s" ""\n' postgres tools_app >"$POSTGRES_DIR/users.txt"
    (cd "$POSTGRES_DIR" && as_postgres pgbouncer -q -d pgbouncer.ini) || continue
    PGBOUNCER_URL="postgres://postgres@127.0.0.1:$port/postgres"
    return
  done
  cat "$POSTGRES_DIR/pgbouncer.log" >&2
  exit 1
}
