#!/bin/sh
# Makes .venv with everything in it, and says in a sentence what is missing where it cannot. Run it again at any time.
set -eu
cd "$(dirname "$0")/.."
PYTHON=${PYTHON:-python3.11}
LOG=$(mktemp)
trap 'rm -f "$LOG"' EXIT

fail() {
    echo "$1" >&2
    exit 1
}

quietly() {
    "$@" >"$LOG" 2>&1 || { cat "$LOG" >&2; fail "setup stopped at: $*"; }
}

needed=""
command -v "$PYTHON" >/dev/null || fail "$PYTHON is not here. Install Python 3.11 or newer, or name one: make setup PYTHON=python3.12"
"$PYTHON" -c 'import ensurepip, venv' 2>/dev/null || needed="$needed python3-venv"
command -v chromium >/dev/null || needed="$needed chromium"
ls /usr/lib/*/libatomic.so.1 >/dev/null 2>&1 || needed="$needed libatomic1" # what drives the browser asks for it
if [ -n "$needed" ]; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "Installing$needed …"
        quietly apt-get update
        # shellcheck disable=SC2086 (a list of names)
        quietly env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $needed fonts-noto-core
    else
        case "$needed" in
        *python3-venv*) fail "Run this once, then try again:  sudo apt-get install -y$needed fonts-noto-core" ;;
        *) echo "For the tests in a browser, run this once:  sudo apt-get install -y$needed fonts-noto-core" >&2 ;;
        esac
    fi
fi

if [ ! -x .venv/bin/python ]; then
    echo "Making .venv …"
    quietly "$PYTHON" -m venv .venv
fi
echo "Installing what Polylect needs …"
quietly .venv/bin/python -m pip install --disable-pip-version-check -e '.[test]'
quietly .venv/bin/python tools/messages.py compile
