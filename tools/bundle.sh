#!/usr/bin/env bash
# Makes dist/renewal-desk, then lets it show its tour where nothing of this checkout or machine's settings can help it.
set -euo pipefail
cd "$(dirname "$0")/.."
.venv/bin/python -m PyInstaller --noconfirm --log-level WARN --distpath dist --workpath build/pyinstaller \
    build_installer.spec
# Debug symbols are a fifth of the size. Libraries that a wheel has rewritten for itself are not touched.
find dist/renewal-desk/_internal -type f -name '*.so*' -not -path '*.libs/*' -not -path '*/PySide6/*' \
    -exec strip --strip-debug {} +
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
cp -r dist/renewal-desk "$home/renewal-desk"
# A frozen window can hang on an error instead of ending.
if ! (cd "$home" && env -i HOME="$home" PATH=/usr/bin:/bin LC_ALL=C.UTF-8 QT_QPA_PLATFORM=offscreen \
    timeout --kill-after=10 400 ./renewal-desk/renewal-desk tour --out "$home/tour" </dev/null); then
    echo "打包后的程序没有走完演示。" >&2
    exit 1
fi
[ -n "$(find "$home/tour" -type f -print -quit)" ] || { echo "打包后的程序没有写出任何文件。" >&2; exit 1; }
echo "打包完成：dist/renewal-desk，$(du -sm dist/renewal-desk | cut -f1) MB。"
