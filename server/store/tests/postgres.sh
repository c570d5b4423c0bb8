#!/usr/bin/env bash
# A PostgreSQL server of the tests' own: postgres.sh start FOLDER prints its address, postgres.sh stop FOLDER ends it.
set -euo pipefail
programs=/usr/lib/postgresql/15/bin
[ -x "$programs/initdb" ] || { echo "PostgreSQL 15 is missing; install Debian's package postgresql" >&2; exit 1; }
folder=$2
# The server refuses to run as root.
as() { if [ "$(id -u)" -eq 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }
case $1 in
  start)
    [ "$(id -u)" -ne 0 ] || chown postgres "$folder"
    port=$((20000 + RANDOM % 20000))
    as "$programs/initdb" -D "$folder/data" -U tester -A trust -E UTF8 --locale=C.UTF-8 >"/tmp/liuguang-postgres-$$.log" 2>&1
    as "$programs/pg_ctl" -D "$folder/data" -w -l "$folder/log" \
      -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off -c max_connections=300" start >/dev/null
    echo "postgres://tester@127.0.0.1:$port/postgres"
    ;;
  stop) as "$programs/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null ;;
esac
