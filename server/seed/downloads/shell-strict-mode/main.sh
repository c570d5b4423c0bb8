#!/usr/bin/env bash
# 数一数文件里有多少行不是空行。
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
source "$here/lib/strict.sh"
source "$here/lib/log.sh"

usage() {
    echo "用法：$0 文件…" >&2
}

main() {
    if [ $# -eq 0 ] || [ "$1" = "--help" ]; then
        usage
        return 2
    fi
    local file count
    for file in "$@"; do
        if [ ! -r "$file" ]; then
            log "读不到 $file"
            return 1
        fi
        # grep 没有匹配时返回 1，这在这里不是错误。
        count=$(grep -c '[^[:space:]]' -- "$file" || true)
        printf '%s\t%s\n' "$count" "$file"
    done
}

main "$@"
