# Sourced. `prepare_python REQUIREMENTS` makes a virtual environment with those packages under target/ and sets
# TEST_PYTHON to its interpreter. Where that cannot be done it says so in one line, and the tests that need it are skipped.

prepare_python() {
  local venv=target/python log
  has_venv || { install_packages Python python3-venv && has_venv; } || { echo "$0: python3 with venv is missing: the tests that need it are skipped" >&2; return 0; }
  if ! cmp -s "$1" "$venv/requirements.txt"; then
    rm -rf "$venv"
    log=$(python3 -m venv "$venv" 2>&1 && "$venv/bin/pip" install --quiet --disable-pip-version-check -r "$1" 2>&1) || {
      echo "$0: the Python packages of $1 cannot be installed: the tests that need them are skipped: ${log##*$'\n'}" >&2
      return 0
    }
    cp "$1" "$venv/requirements.txt"
  fi
  export TEST_PYTHON=$PWD/$venv/bin/python
}

has_venv() {
  python3 -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 10))' 2>/dev/null
}
