# Shared by drover, quickstart.sh and test.sh: where things are, and how they are built. To be sourced.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
configuration=Release
program=$root/src/Drover/bin/$configuration/net10.0
built=$root/out/built # younger than every source that the last build has seen
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
if [ -z "${DOTNET_ROOT:-}" ] && command -v dotnet >/dev/null; then
  DOTNET_ROOT=$(dirname "$(readlink -f "$(command -v dotnet)")"); export DOTNET_ROOT
fi
mkdir -p "$root/out"

die() { echo "$(basename "$0"): $*" >&2; exit 1; }

# run_quietly LOG COMMAND...: shows the errors, or else the end of the log, only when the command fails.
run_quietly() {
  local log=$1; shift
  # Build servers outlive the build: they must not inherit our output, or a pipe that reads it never ends.
  "$@" >"$log" 2>&1 </dev/null && return
  if grep -qE '(error|ERR!) ' "$log"; then grep -E '(error|ERR!) ' "$log" | sort -u | head -n 30 >&2; else tail -n 30 "$log" >&2; fi
  echo "(all of it: $log)" >&2
  return 1
}

need_dotnet() {
  command -v dotnet >/dev/null || die "the .NET SDK 10 is needed (https://dot.net); there is no command dotnet"
}

# newer_than FILE FOLDER...: true where something in the folders is newer than the file, or there is no such file.
newer_than() {
  [ -f "$1" ] || return 0
  [ -n "$(find "${@:2}" \( -name bin -o -name obj -o -name node_modules -o -name wwwroot \) -prune -o -type f -newer "$1" ! -name '*.tsbuildinfo' -print -quit)" ]
}

# The web page is built into the server's folder before the server is; where Node is missing the server has no page.
build_web() {
  [ -f "$root/web/package.json" ] || return 0
  local page=$root/src/Drover.Server/wwwroot/index.html installed=$root/web/node_modules/.package-lock.json
  newer_than "$page" "$root/web" || return 0
  command -v npm >/dev/null || { echo "the web page is not built: Node.js 20 is not installed" >&2; return 0; }
  if [ ! -f "$installed" ] || [ "$root/web/package-lock.json" -nt "$installed" ]; then
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

# Builds web page and program where a source is newer than the last build; costs milliseconds where none is.
build_drover() {
  newer_than "$built" "$root"/{src,sim,web,Directory.Build.props,Directory.Packages.props,global.json} || [ ! -x "$program/drover" ] || return 0
  need_dotnet
  (
    flock 9 # two that start at once build once
    newer_than "$built" "$root"/{src,sim,web,Directory.Build.props,Directory.Packages.props,global.json} || [ ! -x "$program/drover" ] || exit 0
    [ ! -t 2 ] || echo "building drover ..." >&2
    touch "$built.new"
    # Build servers outlive the build; with the lock in their hands nobody would ever build again.
    build_web 9>&- && build_dotnet src/Drover 9>&- && mv "$built.new" "$built"
  ) 9>"$root/out/lock"
}
