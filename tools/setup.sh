# shellcheck shell=bash
# ./dev setup: installs what is missing and nothing else. Sourced by ./dev.

# missing_packages NAME... -> the names dpkg does not know as installed
missing_packages()
{
    local name
    for name in "$@"; do
        [ "$(dpkg-query -W -f '${db:Status-Abbrev}' "$name" 2>/dev/null | cut -c1-2)" = ii ] || printf '%s\n' "$name"
    done
}

# as_root COMMAND... -> runs it as root, or fails where that is not possible
as_root()
{
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
        sudo "$@"
    else
        return 126
    fi
}

install_packages()
{
    local log=$ROOT/build/setup.log
    mkdir -p "$ROOT/build"
    say "installing: $*"
    as_root true || die "these Debian packages are missing and neither root nor sudo is there to install them:
  $*
Ask an administrator to run: apt-get install --no-install-recommends $*"
    local attempt
    for attempt in 1 2 3; do
        if as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq >"$log" 2>&1 \
            && as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >>"$log" 2>&1; then
            return 0
        fi
        say "attempt $attempt failed"
    done
    tail -n 15 "$log" >&2
    die "the packages could not be installed (no network?). Missing: $*. Full log: build/setup.log"
}

# Servers come for tests only: Debian starts a freshly installed service unless policy-rc.d says no.
install_servers()
{
    local policy=/usr/sbin/policy-rc.d own=no missing
    mapfile -t missing < <(missing_packages "${PACKAGES_SERVERS[@]}")
    [ ${#missing[@]} -eq 0 ] && return 0
    if [ ! -e $policy ] && as_root sh -c "printf '#!/bin/sh\nexit 101\n' > $policy && chmod 755 $policy"; then
        own=yes
    fi
    local name
    for name in "${missing[@]}"; do
        (install_packages "$name") || say "server package $name is not available here: its tests report \"not run\""
    done
    [ $own = no ] || as_root rm -f $policy
}

install_node_modules()
{
    local folder=$ROOT/tests/e2e/js
    [ -f "$folder/package-lock.json" ] || return 0
    command -v npm >/dev/null || { say "npm is missing: end-to-end tests with the JavaScript SDK report \"not run\""; return 0; }
    if [ "$folder/node_modules/.installed" -nt "$folder/package-lock.json" ]; then
        return 0
    fi
    say "installing the locked npm packages of the end-to-end tests"
    if (cd "$folder" && npm ci --no-audit --no-fund --ignore-scripts --loglevel=error) >"$ROOT/build/npm.log" 2>&1; then
        touch "$folder/node_modules/.installed"
    else
        say "npm ci failed (see build/npm.log): end-to-end tests with the JavaScript SDK report \"not run\""
    fi
}

setup()
{
    command -v apt-get >/dev/null || die "Tracedeck is set up with Debian's packages (apt-get), which this system does not have.
Install by hand what tools/packages.sh lists."
    mkdir -p "$ROOT/build"
    local missing
    mapfile -t missing < <(missing_packages "${PACKAGES_BUILD[@]}" "${PACKAGES_TEST[@]}")
    [ ${#missing[@]} -eq 0 ] || install_packages "${missing[@]}"
    if [ "${1:-}" = --servers ]; then
        if ! command -v npm >/dev/null; then
            mapfile -t missing < <(missing_packages "${PACKAGES_NODE[@]}")
            (install_packages "${missing[@]}") || say "Node.js is not available: end-to-end tests report \"not run\""
        fi
        install_servers
    fi
    install_node_modules
}
