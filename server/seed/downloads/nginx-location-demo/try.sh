#!/bin/sh
# 逐个请求，打印命中的规则。
set -eu
base=${1:-http://127.0.0.1:8088}
for path in /up/a.png /up/private/contract.png /logo.png /missing.txt; do
    rule=$(curl -s -o /dev/null -D - "$base$path" | tr -d '\r' | awk -F': ' 'tolower($1) == "x-location" { print $2 }')
    printf '%-28s %s\n' "$path" "${rule:-(none)}"
done
