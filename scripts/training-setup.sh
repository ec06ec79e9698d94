#!/usr/bin/env bash
# Makes the Python environment for training in training/.venv (once; nothing to do if it is already right).
set -euo pipefail
cd "$(dirname "$0")/../training"
if [ -x .venv/bin/python ] && cmp -s requirements.txt .venv/requirements.txt; then exit 0; fi
rm -rf .venv
python3 -m venv .venv
.venv/bin/pip install --quiet --disable-pip-version-check -r requirements.txt
cp requirements.txt .venv/requirements.txt
