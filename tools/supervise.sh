#!/usr/bin/env bash
# Keeps one program up on a machine without systemd: starts it again whenever it ends, sooner or later by how long it ran.
#   supervise.sh DATA NAME
# DATA/run/NAME.command holds the command, one argument a line, and is read at each start; DATA/run/NAME.env its variables.
# NAME.before is run before a start; NAME.after beside it, with the number of the process and where in the log the start begins.
# DATA/run/NAME.pid and NAME.loop.pid name the processes; each carries DROVER_KEPT_UP=DATA:NAME in its environment,
# so that a number that another process has since been given is never taken for ours. TERM ends program and loop.
set -u
data=$1 name=$2
run=$data/run log=$data/log/$name.log
mark=DROVER_KEPT_UP=$data:$name
[ "${DROVER_KEPT_UP:-}" = "$data:$name" ] || exec env "$mark" bash "$0" "$data" "$name"
exec >>"$log" 2>&1 </dev/null
trap '' HUP
child='' pause=''
say() { echo "$(date -u +%FT%TZ) supervise: $*"; }
is_ours() { [ -n "${1:-}" ] && [ "$1" != $$ ] && grep -qzxF "$mark" "/proc/$1/environ" 2>/dev/null; }
finish() {
  trap '' TERM INT
  [ -z "$pause" ] || kill "$pause" 2>/dev/null
  if is_ours "$child"; then
    kill -TERM "$child"
    timeout "${DROVER_STOP_SECONDS:-30}" tail --pid="$child" -s .1 -f /dev/null || kill -KILL "$child" 2>/dev/null
  fi
  rm -f "$run/$name.pid" "$run/$name.loop.pid"
  say "$name was stopped"
  exit 0
}
trap finish TERM INT

exec 8>"$run/$name.lock"
flock -n 8 || exit 0 # there is a loop for it already
echo $$ >"$run/$name.loop.pid"
delay=1
while :; do
  began=$SECONDS
  child=$(cat "$run/$name.pid" 2>/dev/null)
  if is_ours "$child"; then
    # An earlier loop was killed and its program lives: wait for that one instead of starting a second.
    say "$name runs already as $child"
    tail --pid="$child" -s .5 -f /dev/null 8>&- & wait $!
    code=unknown
  else
    [ "$(stat -c %s "$log" 2>/dev/null || echo 0)" -lt 20000000 ] || { tail -c 2000000 "$log" >"$log.1"; : >"$log"; }
    mapfile -t command <"$run/$name.command"
    [ ! -x "$run/$name.before" ] || "$run/$name.before" 8>&-
    from=$(stat -c %s "$log")
    env --ignore-environment "$mark" $(cat "$run/$name.env" 2>/dev/null) "${command[@]}" 8>&- &
    child=$!
    echo "$child" >"$run/$name.pid"
    [ ! -x "$run/$name.after" ] || "$run/$name.after" "$child" "$from" 8>&- &
    wait "$child"; code=$?
  fi
  [ $((SECONDS - began)) -lt 30 ] || delay=1
  say "$name ended ($code); starting it again in $delay s"
  sleep "$delay" 8>&- & pause=$!; wait "$pause"; pause=''
  delay=$((delay < 15 ? delay * 2 : 30))
done
