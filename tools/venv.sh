# Sourced by setup.sh: .venv with exactly the locked packages.

find_python() {
    local name
    for name in "${PYTHON:-}" python3.11 python3.12 python3.13 python3; do
        [ -n "$name" ] && command -v "$name" >/dev/null || continue
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            printf '%s\n' "$name"
            return 0
        fi
    done
    return 1
}

make_venv() {
    local python
    if ! python=$(find_python); then
        if may_install; then apt_install python3 python3-venv || true; fi
        python=$(find_python) || { say "没有找到 Python 3.11 或更新的版本，请先安装 python3。"; exit 1; }
    fi
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null && may_install; then
        local version
        version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
        say "正在安装 python${version}-venv"
        apt_install "python${version}-venv" || apt_install python3-venv || true
    fi
    rm -rf .venv
    "$python" -m venv .venv || { say "不能建立 Python 运行环境，请先安装 python3-venv。"; exit 1; }
}

digest_of() { sha256sum "$1" | cut -d' ' -f1; }

venv_ready() {
    local list=$1 stamp=.venv/.installed wanted
    if ! .venv/bin/python -c 'import pip' 2>/dev/null; then make_venv; fi
    wanted=$(digest_of "$list")
    # The development list holds the other one, so either stamp will do for a run.
    if [ -f $stamp ] && grep -qxF "$wanted" $stamp; then return 0; fi
    say "正在安装程序所需的组件（第一次需要几分钟）…"
    if ! .venv/bin/python -m pip install --quiet --require-hashes -r "$list" </dev/null; then
        say "组件安装失败，请检查网络或软件源设置后重试。"
        exit 1
    fi
    digest_of requirements.txt >$stamp
    if [ "$list" != requirements.txt ]; then digest_of "$list" >>$stamp; fi
}

shared_python_ready() {
    # Debian's interpreter is linked without the shared library that a bundle carries.
    local real version
    real=$(readlink -f .venv/bin/python)
    version=$(.venv/bin/python -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    if dpkg -S "$real" >/dev/null 2>&1 && [ -n "$(missing_packages "libpython$version")" ]; then
        if may_install; then apt_install "libpython$version"; else say "打包需要 libpython$version，请管理员安装。"; fi
    fi
}
