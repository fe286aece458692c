#!/bin/sh
# Makes the virtual environment in $1 ready: system libraries where this user may install them, then the pinned packages.
set -eu
venv=$1
python=${PYTHON:-python3}
here=$(dirname "$0")

say() { printf 'setup: %s\n' "$*"; }

if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    say "Payung needs Python 3.11 or newer; '$python' is not. Name another one: make PYTHON=/path/to/python3.11 ..." >&2
    exit 2
fi

if command -v dpkg-query >/dev/null 2>&1; then
    missing=
    for package in $(grep -v '^#' "$here/debian.txt"); do
        # the 64-bit time_t names of newer releases (libglib2.0-0t64) provide the old ones
        dpkg-query -W -f='${Status}\n' "$package" "${package}t64" 2>/dev/null | grep -q 'install ok installed' || missing="$missing $package"
    done
    if [ -n "$missing" ]; then
        if [ "$(id -u)" = 0 ]; then
            say "installing system packages:$missing"
            export DEBIAN_FRONTEND=noninteractive
            apt-get update -q >/dev/null
            # shellcheck disable=SC2086 # a list of words on purpose
            apt-get install -q -y --no-install-recommends $missing >/dev/null
        else
            say "please install these first, then call make again:" >&2
            say "    sudo apt-get install$missing" >&2
            exit 2
        fi
    fi
else
    say "this is not a Debian system; if Qt does not start, install the counterparts of packaging/debian.txt"
fi

[ -x "$venv/bin/python" ] || "$python" -m venv "$venv"
say "installing the pinned packages into $venv"
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r "$here/../requirements/dev.txt"
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e "$here/.."
say "ready"
