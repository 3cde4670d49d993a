#!/usr/bin/env bash
# Puts back faults that were mended, one at a time, and prints the first history that finds each of them.
#   tests/Simulation/bite.sh [HISTORIES [PATCH...]]
# Without patches: every file of Mutations. A patch that does not apply, or does not compile, is an error. A history
# that fails without a mutation too is printed first, and finds nothing.
set -euo pipefail
cd "$(dirname "$0")/../.."
histories=${1:-4000}
shift || true
patches=("$@")
[ ${#patches[@]} -gt 0 ] || patches=(tests/Simulation/Mutations/*.patch)

tree=$(mktemp -d)
git worktree add --quiet --detach "$tree"
trap 'git worktree remove --force "$tree"' EXIT
program=$tree/artifacts/bin/CacheOrleans.Simulation/release/CacheOrleans.Simulation
build() {
  dotnet build "$tree/tests/Simulation" --configuration Release --verbosity quiet --nologo \
    -p:TreatWarningsAsErrors=false -p:RunAnalyzers=false >"$tree/build.log" 2>&1
}

# Writes the failures of a run, until there is one that is not known.
run() {
  "$program" work 1 1 "$histories" 1e9 >"$tree/run.log" &
  local run=$!
  while kill -0 $run 2>/dev/null && ! failures | grep -q .; do sleep 0.2; done
  kill $run 2>/dev/null || true
  wait $run 2>/dev/null || true
  failures
}
failures() { grep '^FAILED seed' "$tree/run.log" | sed 's/^FAILED seed \([0-9]*\): /\1 | /' | grep -vf "$tree/known"; }

build
echo '^none |' >"$tree/known"
"$program" run 1 "$histories" >"$tree/run.log" || true
sed -n 's/^FAILED seed \([0-9]*\): .*/^\1 |/p' "$tree/run.log" >>"$tree/known"
grep '^FAILED seed' "$tree/run.log" | sed 's/$/ (without a mutation)/' >&2 || true
failed=0
echo '| mutation | what it breaks | first seed | what the check says |'
echo '|---|---|---|---|'
for patch in "${patches[@]}"; do
  name=$(basename "$patch" .patch)
  if ! git -C "$tree" apply "$PWD/$patch" || ! build; then
    echo "$name does not apply or compile" >&2
    failed=1
  else
    echo "| $name | $(head -1 "$patch") | $(run | head -1 | grep . || echo "- | not seen in $histories") |"
  fi
  git -C "$tree" checkout --quiet src
done
exit $failed
