#!/usr/bin/env bash
# Installs a Chroma server for the tests in .chroma (once; nothing to do if it is already there).
set -euo pipefail
cd "$(dirname "$0")/.."
version=1.5.9
if [ "$(cat .chroma/version 2>/dev/null)" = "$version" ]; then exit 0; fi
rm -rf .chroma
python3 -m venv .chroma
.chroma/bin/pip install --quiet --disable-pip-version-check "chromadb==$version"
echo "$version" > .chroma/version
