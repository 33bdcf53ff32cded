# Read by ./demo and ./test: makes .venv out of a lock file, with nothing but Python >= 3.11 and pip.
# Sets $python, the interpreter of .venv. Everything is installed by hash; a second run installs nothing.

MINIMUM='(3, 11)'
export PIP_DISABLE_PIP_VERSION_CHECK=1

fail() {
    printf '%s: %s\n' "$(basename "$0")" "$1" >&2
    exit 1
}

# Print the first interpreter that is new enough; the one that the lock files are tested with comes first.
find_python() {
    for candidate in ${PYTHON:-} python3.11 python3 python3.12 python3.13 python; do
        if "$candidate" -c "import sys; sys.exit(sys.version_info < $MINIMUM)" 2>/dev/null; then
            command -v "$candidate"
            return
        fi
    done
    fail 'Python 3.11 or newer is needed; install it (Debian: apt install python3 python3-venv python3-pip) or name it: PYTHON=/path/to/python3'
}

# Make .venv. Debian may lack ensurepip; then the system's pip does the installing from outside.
make_venv() {
    if "$1" -m venv .venv >/dev/null 2>&1; then
        return
    fi
    "$1" -m pip --version >/dev/null 2>&1 ||
        fail 'neither venv nor pip works; install them (Debian: apt install python3-venv python3-pip) and try again'
    rm -rf .venv
    "$1" -m venv --without-pip .venv || fail 'no virtual environment can be made; install venv (Debian: apt install python3-venv)'
}

# Compiling all of it would take longer than installing; Python compiles what it imports.
install() {
    if "$python" -m pip --version >/dev/null 2>&1; then
        "$python" -m pip install --quiet --quiet --no-compile "$@"
    else
        system=$(find_python) || exit 1
        "$system" -m pip --python "$python" install --quiet --quiet --no-compile "$@"
    fi
}

# Install requirements/NAME.lock and the checkout itself, unless that was done before.
prepare() {
    lock=requirements/$1.lock
    mark=.venv/installed-$1
    python=$PWD/.venv/bin/python
    wanted=$(cat "$lock" pyproject.toml | cksum)
    if [ -x "$python" ] && [ "$(cat "$mark" 2>/dev/null)" = "$wanted" ]; then
        return
    fi
    if [ ! -x "$python" ]; then
        system=$(find_python) || exit 1
        make_venv "$system"
    fi
    echo "installing $lock into .venv (a minute or two) ..." >&2
    install --require-hashes --requirement "$lock" || fail "installing failed; the lines above say why. Is there a network?"
    install --no-deps --no-build-isolation --editable . || fail 'the checkout could not be installed; the lines above say why'
    printf '%s\n' "$wanted" >"$mark"
}
