# 严格模式：被其他脚本 source，不单独运行。
set -Eeuo pipefail
shopt -s inherit_errexit 2>/dev/null || true

work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
trap 'echo "第 $LINENO 行出错，退出码 $?：$BASH_COMMAND" >&2' ERR
