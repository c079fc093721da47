#!/usr/bin/env bash
# Makes a checkout ready: system packages, .venv, fonts. `tools/setup.sh run|test|bundle`.
# Every step looks first whether it is done, so that a second call takes a moment. No question is ever asked.
set -euo pipefail
cd "$(dirname "$0")/.."
purpose=${1:-run}
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 PIP_ROOT_USER_ACTION=ignore

say() { printf '%s\n' "$*" >&2; }

. tools/debian.sh
. tools/venv.sh

mkdir -p .cache
if command -v flock >/dev/null; then
    # Two calls at once would install into the same folder.
    exec 9>.cache/setup.lock
    flock 9
fi

case $purpose in
    run) debian_ready qt window; venv_ready requirements.txt ;;
    test) debian_ready qt window test; venv_ready requirements-dev.txt ;;
    dev) venv_ready requirements-dev.txt; exit 0 ;;
    bundle) debian_ready qt window bundle; venv_ready requirements-dev.txt; shared_python_ready ;;
    *) say "用法：tools/setup.sh run|test|dev|bundle"; exit 2 ;;
esac
.venv/bin/python -m desktop.pdf.fonts
