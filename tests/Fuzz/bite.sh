#!/usr/bin/env bash
# Puts faults into the program, one at a time, and prints the first input that finds each of them.
#   tests/Fuzz/bite.sh [INPUTS [PATCH...]]
# Without patches: every file of Mutations, the name of which has a number, the target and the fault. A patch changes one
# project. If it does not apply, or does not compile, that is an error.
set -euo pipefail
cd "$(dirname "$0")/../.."
inputs=${1:-1000000}
shift || true
patches=("$@")
[ ${#patches[@]} -gt 0 ] || patches=(tests/Fuzz/Mutations/*.patch)

tree=$(mktemp -d)
git worktree add --quiet --detach "$tree"
trap 'git worktree remove --force "$tree"' EXIT
bin=$tree/artifacts/bin
build() {
  dotnet build "$tree/$1" --configuration Release --verbosity quiet --nologo -p:RunAnalyzers=false \
    -p:TreatWarningsAsErrors=false "${@:2}" >"$tree/build.log" 2>&1
}

build tests/Fuzz
cp -r "$bin/CacheOrleans.Fuzz/release" "$bin/original"
failed=0
echo '| mutation | what it breaks | input | what the check says |'
echo '|---|---|---|---|'
for patch in "${patches[@]}"; do
  name=$(basename "$patch" .patch)
  project=$(sed -n 's|^+++ b/src/\([^/]*\)/.*|\1|p' "$patch")
  if ! git -C "$tree" apply "$PWD/$patch" || ! build "src/$project" -p:BuildProjectReferences=false; then
    echo "$name does not apply or compile" >&2
    failed=1
  else
    cp -r "$bin/original/." "$bin/CacheOrleans.Fuzz/release"
    cp "$bin/CacheOrleans.$project/release/CacheOrleans.$project.dll" "$bin/CacheOrleans.Fuzz/release"
    target=$(cut -d- -f2 <<<"$name")
    found=$(dotnet "$bin/CacheOrleans.Fuzz/release/CacheOrleans.Fuzz.dll" \
      run --only "$target" --inputs "$inputs" --first 1 | sed -n 's/^FAILED [a-z]*: (seed 1, input \([0-9]*\)) /\1 | /p')
    echo "| $name | $(head -1 "$patch") | $(head -1 <<<"${found:-not in $inputs |}" | cut -c1-160) |"
  fi
  git -C "$tree" checkout --quiet src
done
exit $failed
