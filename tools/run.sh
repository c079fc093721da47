#!/usr/bin/env bash
# Opens the practice desk; without a screen, writes a tour of it to build/tour instead.
set -euo pipefail
cd "$(dirname "$0")/.."
if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    exec .venv/bin/python -m desktop --practice
fi
echo "没有可用的屏幕，改为把主要界面和打印件写到 build/tour。" >&2
mkdir -p build
exec env QT_QPA_PLATFORM=offscreen .venv/bin/python -m desktop tour --out build/tour
