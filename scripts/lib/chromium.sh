# Sourced. `find_chromium` sets TEST_CHROMIUM to a Chromium or Chrome, where one is installed. Where none is it says so in
# one line, and the tests that need it are skipped.

find_chromium() {
  local name
  for name in chromium chromium-browser google-chrome; do
    TEST_CHROMIUM=$(command -v "$name") && { export TEST_CHROMIUM; return 0; }
  done
  unset TEST_CHROMIUM
  echo "$0: Chromium is missing: the tests that show pages in it are skipped" >&2
}
