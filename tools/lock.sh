#!/usr/bin/env bash
# Writes requirements.txt and requirements-dev.txt, with hashes and without the name of any host.
set -euo pipefail
cd "$(dirname "$0")/.."
tool=.cache/lock-venv
if ! [ -x $tool/bin/pip-compile ]; then
    .venv/bin/python -m venv $tool
    $tool/bin/python -m pip install --quiet 'pip-tools==7.6.2'
fi
for list in requirements requirements-dev; do
    $tool/bin/pip-compile --quiet --allow-unsafe --generate-hashes --strip-extras --no-header \
        --no-emit-index-url --no-emit-find-links --no-emit-trusted-host $list.in -o $list.txt
    # Its remark ends in “file:”, which the search below takes for an address.
    sed -i '/^# The following packages are considered to be unsafe/d' $list.txt
done
if grep -nE '://|--index|--find|file:' requirements.txt requirements-dev.txt; then
    echo "锁定文件中出现了软件源地址，请检查后重试。" >&2
    exit 1
fi
