# Sourced by setup.sh: system packages, installed when we may, named when we may not.

may_install() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; }

apt_install() {
    # A list of packages that was never fetched, or is old, finds nothing: fetch it and try once more.
    local quiet=(-y -qq --no-install-recommends -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=120)
    DEBIAN_FRONTEND=noninteractive apt-get install "${quiet[@]}" "$@" </dev/null >/dev/null 2>&1 && return
    DEBIAN_FRONTEND=noninteractive apt-get update -qq </dev/null >/dev/null 2>&1 || true
    DEBIAN_FRONTEND=noninteractive apt-get install "${quiet[@]}" "$@" </dev/null >/dev/null
}

missing_packages() {
    # Newer releases call some libraries …t64. Prints those of the arguments that are not installed.
    local have
    have=$(dpkg-query -W -f='${Package} ${db:Status-Status}\n' 2>/dev/null | sed -n 's/ installed$//p')
    local name
    for name in "$@"; do
        grep -qxF -e "$name" -e "${name}t64" <<<"$have" || printf '%s\n' "$name"
    done
}

debian_ready() {
    command -v dpkg-query >/dev/null || { say "本机不是 Debian 系统，所需组件见 tools/debian-packages.txt，请自行核对。"; return 0; }
    local wanted missing group
    wanted=$(for group in "$@"; do sed -n "s/^\([a-z0-9.+-]*\) $group\$/\1/p" tools/debian-packages.txt; done)
    # shellcheck disable=SC2086  # one word per package
    missing=$(missing_packages $wanted)
    [ -n "$missing" ] || return 0
    if may_install; then
        say "正在安装系统组件：$(echo $missing)"
        # shellcheck disable=SC2086
        apt_install $missing || for name in $missing; do apt_install "$name" || true; done
        # shellcheck disable=SC2086
        missing=$(missing_packages $missing)
        [ -n "$missing" ] || return 0
    fi
    say "缺少系统组件，部分功能可能不能用，请管理员执行：apt-get install $(echo $missing)"
}
