# Shared by drover, quickstart.sh and test.sh: where things are, and how they are built. To be sourced.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
configuration=Release
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
mkdir -p "$root/out"

die() { echo "$(basename "$0"): $*" >&2; exit 1; }

# run_quietly LOG COMMAND...: shows the end of the log only when the command fails.
run_quietly() {
  local log=$1; shift
  # Build servers outlive the build: they must not inherit our output, or a pipe that reads it never ends.
  "$@" >"$log" 2>&1 </dev/null && return
  grep -E '(error|ERR!|npm error) ' "$log" | sort -u | head -n 30 >&2 || true
  [ "$(grep -cE '(error|ERR!|npm error) ' "$log")" -gt 0 ] || tail -n 30 "$log" >&2
  echo "(all of it: $log)" >&2
  return 1
}

need_dotnet() {
  command -v dotnet >/dev/null || die "the .NET SDK 10 is needed (https://dot.net); the command dotnet is not there"
}

# The web page is built into the server's folder before the server is; where Node is missing the server has no page.
build_web() {
  [ -f "$root/web/package.json" ] || return 0
  local page=$root/src/Drover.Server/wwwroot/index.html
  if [ -f "$page" ] && [ -z "$(find "$root/web" -path "$root/web/node_modules" -prune -o -type f -newer "$page" -print -quit)" ]; then return 0; fi
  command -v npm >/dev/null || { echo "the web page is not built: Node.js 20 is not installed" >&2; return 0; }
  if [ ! -f "$root/web/node_modules/.package-lock.json" ] || [ "$root/web/package-lock.json" -nt "$root/web/node_modules/.package-lock.json" ]; then
    run_quietly "$root/out/npm.log" npm --prefix "$root/web" ci --no-audit --no-fund || return
  fi
  run_quietly "$root/out/web.log" npm --prefix "$root/web" run build || return
  touch "$page"
}

# build_dotnet TARGET: restores in locked mode and builds.
build_dotnet() {
  run_quietly "$root/out/restore.log" dotnet restore "$root/$1" --locked-mode -v q || return
  run_quietly "$root/out/build.log" dotnet build "$root/$1" -c $configuration --no-restore -v q --nologo
}
