#!/usr/bin/env bash
# A PostgreSQL server of the tests' own: postgres.sh start FOLDER prints its address, postgres.sh stop FOLDER ends it.
set -euo pipefail
programs=/usr/lib/postgresql/15/bin
[ -x "$programs/initdb" ] || { echo "PostgreSQL 15 is missing; install Debian's package postgresql" >&2; exit 1; }
folder=$2
# The server refuses to run as root.
as() { if [ "$(id -u)" -eq 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }
# Nobody can hold a port for a server that is not yet started, so another one is tried when a port is taken; 20000 to 31999 is below what Linux gives to outgoing connections.
start() {
  for _ in 1 2 3 4 5; do
    port=$((20000 + RANDOM % 12000))
    as "$programs/pg_ctl" -D "$folder/data" -w -t 120 -l "$folder/log" \
      -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off -c max_connections=300" start >/dev/null 2>&1 && return
  done
  echo "PostgreSQL did not start:" >&2
  cat "$folder/log" >&2
  return 1
}
case $1 in
  start)
    [ "$(id -u)" -ne 0 ] || chown postgres "$folder"
    as "$programs/initdb" -D "$folder/data" -U tester -A trust -E UTF8 --locale=C.UTF-8 >"/tmp/liuguang-postgres-$$.log" 2>&1 || { cat "/tmp/liuguang-postgres-$$.log" >&2; exit 1; }
    rm "/tmp/liuguang-postgres-$$.log"
    start
    echo "postgres://tester@127.0.0.1:$port/postgres"
    ;;
  stop) as "$programs/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null ;;
esac
