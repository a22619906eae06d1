#!/usr/bin/env bash
# Does what the Dockerfile's build does, without Docker, so that the file itself is tested and not a copy of it:
#
#   publish-step.sh OUT
#
# runs each `RUN dotnet publish` of the Dockerfile in a copy of the repository that lacks what .dockerignore names, for this
# machine's architecture (or TARGETARCH), into OUT. stdout, with tabs between, for each final image a line
# `image TARGET DIRECTORY ENTRYPOINT`, `health TARGET COMMAND` where it has a check, both as the JSON arrays that they are, and
# `env TARGET NAME=VALUE` for each variable that the Dockerfile sets in it; all else goes to stderr.
set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
mkdir -p "${1:?usage: publish-step.sh OUT}"
OUT=$(cd "$1" && pwd -P)
if [ -z "${TARGETARCH:-}" ]; then
    case $(uname -m) in x86_64) TARGETARCH=amd64 ;; aarch64) TARGETARCH=arm64 ;; *) TARGETARCH=$(uname -m) ;; esac
fi
export OUT TARGETARCH DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0

context=$(mktemp -d "${TMPDIR:-/tmp}/edgehost-context.XXXXXX")
trap 'rm -rf "$context"' EXIT
ignore=()
while IFS= read -r line; do
    case $line in
        '' | '#'*) ;;
        '!'*) echo "publish-step: no exceptions in .dockerignore, please: $line" >&2; exit 2 ;;
        '**/'*) ignore+=(--no-anchored --exclude="${line#\*\*/}") ;;
        *) ignore+=(--anchored --exclude="./$line") ;;
    esac
done <"$ROOT/.dockerignore"
tar -C "$ROOT" -c "${ignore[@]}" . | tar -C "$context" -x

# One instruction a line, continuations joined.
instructions=$(sed -e ':a' -e '/\\$/{N;s/\\\n[[:space:]]*/ /;ba' -e '}' "$ROOT/Dockerfile")
steps=$(grep '^RUN dotnet publish ' <<<"$instructions") || { echo "publish-step: no RUN dotnet publish in the Dockerfile" >&2; exit 2; }
while IFS= read -r step; do
    echo "publish-step: ${step#RUN }" >&2
    (cd "$context" && eval "${step#RUN }" -p:UseSharedCompilation=false -p:RunAnalyzers=false) </dev/null >&2
done <<<"$steps"

declare -A variables=()     # by stage: one that is built on another has those too
images=() target=
while IFS= read -r line; do
    case $line in
        'FROM '*' AS '*) from=${line% AS *} target=${line##* }; variables[$target]=${variables[${from##* }]-} ;;
        'ENV '*)
            # The quotes of ENV are those of a shell.
            set -f; eval "words=(${line#ENV })"; set +f
            variables[$target]+=$(printf '%s\n' "${words[@]}")$'\n' ;;
        'COPY --from=build /out/'*' ./') directory=$OUT/$(sed -E 's,^COPY --from=build /out/([^ ]*) .*,\1,' <<<"$line") ;;
        'HEALTHCHECK '*' CMD '*) printf 'health\t%s\t%s\n' "$target" "${line#* CMD }" ;;
        'ENTRYPOINT '*) images+=("$target"); printf 'image\t%s\t%s\t%s\n' "$target" "$directory" "${line#ENTRYPOINT }" ;;
    esac
done <<<"$instructions"
for target in "${images[@]}"; do
    while IFS= read -r variable; do
        if [ -n "$variable" ]; then printf 'env\t%s\t%s\n' "$target" "$variable"; fi
    done <<<"${variables[$target]}"
done
