#!/usr/bin/env bash
# Builds everything and runs every test; closes with one line: N passed, M failed, K skipped.
#   test.sh [NAME...]      only test projects whose name contains one of NAME (e.g. Store Compose), without the other checks
# Logs of the last run are in out/tests/. Docker hosts are started in namespaces of their own; see docs/testing.md.
set -uo pipefail
cd "$(dirname "$0")" || exit 1
. tools/common.sh
unset MSBUILDDISABLENODEREUSE
at_once=${DROVER_TEST_PARALLEL:-2}
time_limit=${DROVER_TEST_TIMEOUT:-15m}
logs=out/tests
rm -rf "$logs"; mkdir -p "$logs"
passed=0 failed=0 skipped=0
declare -A running=()   # process id -> test project

finish() { # the one line that counts; nothing run is a failure too
  [ $((passed + failed)) -gt 0 ] || { echo "nothing was run"; failed=1; }
  echo "$passed passed, $failed failed, $skipped skipped"
  [ "$failed" -eq 0 ]; exit
}
interrupted() {
  trap '' INT TERM
  echo "interrupted" >&2
  for pid in "${!running[@]}" ${images:-}; do kill -TERM "$pid" 2>/dev/null; done
  for pid in "${!running[@]}"; do wait "$pid" 2>/dev/null; done
  exit 130
}
trap interrupted INT TERM

pass() { passed=$((passed + 1)); }
fail() { failed=$((failed + 1)); echo "FAILED: $1"; [ -z "${2:-}" ] || sed 's/^/  /' "$2"; }
wanted() { [ $# -eq 1 ] && return; local name=$1 part; shift; for part; do [[ $name == *"$part"* ]] && return; done; return 1; }

prerequisites() {
  need_dotnet
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || return 0
  local -a missing=()
  command -v strace >/dev/null || missing+=(strace)
  [ ! -d web ] || command -v npm >/dev/null || missing+=(nodejs npm)
  [ ! -d web/e2e ] || command -v chromium >/dev/null || missing+=(chromium)
  if [ ${#missing[@]} -gt 0 ]; then
    echo "installing ${missing[*]}"
    { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}"; } \
      >"$logs/apt.log" 2>&1 </dev/null || echo "not installed: ${missing[*]} (see $logs/apt.log); tests that need them are skipped"
  fi
  tests/Drover.Testing/install.sh >>"$logs/apt.log" 2>&1 </dev/null || { echo "no Docker hosts here:"; tail -n 3 "$logs/apt.log"; }
}

project_done() { # project_done NAME EXIT_CODE
  local log=$logs/$1.log line total=0 bad=0 skips=0
  line=$(grep -E "^ +${1//./\\.} +Total: [0-9]+" "$log" | tail -n 1)
  if [ -z "$line" ]; then
    fail "$1 ended with $2 before its last test$([ "$2" != 124 ] || echo ": it took longer than $time_limit")"
    tail -n 60 "$log" | sed 's/^/  /'
    return
  fi
  [[ $line =~ Total:\ ([0-9]+) ]] && total=${BASH_REMATCH[1]}
  if [[ $line =~ Errors:\ ([0-9]+),\ Failed:\ ([0-9]+),\ Skipped:\ ([0-9]+),\ Not\ Run:\ ([0-9]+) ]]; then
    bad=$((BASH_REMATCH[1] + BASH_REMATCH[2])); skips=${BASH_REMATCH[3]}
    total=$((total - BASH_REMATCH[2] - skips - BASH_REMATCH[4]))
  fi
  [ "$2" -eq 0 ] || [ "$bad" -gt 0 ] || { bad=1; echo "FAILED: $1 ended with $2 after its last test"; tail -n 20 "$log"; }
  passed=$((passed + total)) failed=$((failed + bad)) skipped=$((skipped + skips))
  printf '%-36s %5d passed %4d failed %4d skipped  %s\n' "$1" "$total" "$bad" "$skips" "$(grep -oE 'Time: .*' <<<"$line")"
  [ "$skips" -eq 0 ] || grep -A 1 -F '[SKIP]' "$log" | grep -v '^--'
  [ "$bad" -eq 0 ] || grep -vE '^ +(Discover|Starting|Finished)' "$log" | tail -n 400
}

reap() { # waits until one test project has ended
  local pid code
  wait -n -p pid; code=$?
  [ -n "${pid:-}" ] && [ -n "${running[$pid]:-}" ] || return
  project_done "${running[$pid]}" "$code"
  unset "running[$pid]"
}

run_projects() {
  local project name exe
  # What drives real Docker hosts takes longest: it goes first, so that the quick ones fill the second core.
  for project in $(grep -lE 'Drover\.Testing\.csproj' tests/*/*.csproj) $(grep -LE 'Drover\.Testing\.csproj' tests/*/*.csproj); do
    name=$(basename "$project" .csproj)
    case $name in Drover.Testing | *.Host | *Benchmarks) continue ;; esac
    wanted "$name" "$@" || continue
    exe=$(dirname "$project")/bin/$configuration/net10.0/$name
    [ -x "$exe" ] || { fail "$name was not built"; continue; }
    while [ ${#running[@]} -ge "$at_once" ]; do reap; done
    timeout --kill-after=30 "$time_limit" "$exe" -noLogo -noColor >"$logs/$name.log" 2>&1 </dev/null &
    running[$!]=$name
  done
  while [ ${#running[@]} -gt 0 ]; do reap; done
}

run_web_tests() { # run_web_tests SCRIPT: `test` are the page's own tests, `e2e` drives it in a browser
  [ -f web/package.json ] && command -v npm >/dev/null || return 0
  local name=web-$1 report=$PWD/$logs/web-$1.json
  DROVER_PROGRAM=$PWD/src/Drover/bin/$configuration/net10.0/drover \
    npm --prefix web run "$1" -- --reporter=default --reporter=json --outputFile="$report" >"$logs/$name.log" 2>&1 </dev/null
  if [ ! -s "$report" ]; then fail "$name: no test report" "$logs/$name.log"; return; fi
  local counts; counts=$(node -e 'const r = require(process.argv[1]); console.log(r.numPassedTests, r.numFailedTests + (r.numFailedTests === 0 && !r.success ? 1 : 0), r.numPendingTests + (r.numTodoTests ?? 0))' "$report")
  read -r web_passed web_failed web_skipped <<<"$counts"
  passed=$((passed + web_passed)) failed=$((failed + web_failed)) skipped=$((skipped + web_skipped))
  printf '%-36s %5d passed %4d failed %4d skipped\n' "$name" "$web_passed" "$web_failed" "$web_skipped"
  [ "$web_skipped" -eq 0 ] || grep -F 'skipped:' "$logs/$name.log"
  [ "$web_failed" -eq 0 ] || tail -n 200 "$logs/$name.log"
}

# What machines in a lab fetch from a server is built here: they reach no registry.
build_images() { wanted Drover.EndToEnd "$@" || return 0; bash images/build.sh >"$logs/images.log" 2>&1 </dev/null; }

[ ! -d ../shared/catalogs ] || export DROVER_CATALOGS=${DROVER_CATALOGS:-$(cd ../shared/catalogs && pwd)}
[ ! -d ../shared/reference ] || export DROVER_REFERENCE=${DROVER_REFERENCE:-$(cd ../shared/reference && pwd)}
[ -n "${DROVER_CATALOGS:-}" ] || echo "no catalogs here (DROVER_CATALOGS): tests that read them are skipped"
prerequisites
echo "building ($configuration)"
touch "$built.new"
build_web || fail "the web page does not build"
build_dotnet Drover.slnx && mv "$built.new" "$built" || { fail "the solution does not build"; finish; }
build_images "$@" & images=$!
if [ $# -eq 0 ]; then
  dotnet format whitespace . --folder --verify-no-changes --exclude web/ out/ >"$logs/format.log" 2>&1 </dev/null \
    && pass || fail "formatting (dotnet format whitespace . --folder mends it)" "$logs/format.log"
  run_web_tests test
  run_web_tests e2e
fi
wait "$images" || fail "the images are not built" "$logs/images.log"
run_projects "$@"
finish
