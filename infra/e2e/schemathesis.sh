#!/bin/sh
# Checks a running Keelson against its own OpenAPI document, with at least as many requests as the first argument:
#   set -a; . data/keelson.env; infra/e2e/schemathesis.sh 20000
# Further arguments: the document, and the seed of the first run; each further run uses the next seed.
# Needs Python 3 and PyPI. It creates and deletes clusters: use it only on an installation for tests.
set -eu
requested=${1:-20000}
document=${2:-/openapi/kubernetes-v1.json}
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
work=${TMPDIR:-/tmp}/keelson-schemathesis
[ -x "$work/bin/schemathesis" ] || { python3 -m venv "$work" && "$work/bin/pip" install -q 'schemathesis==4.32.*'; }

sent=0
seed=${3:-1}
while [ "$sent" -lt "$requested" ]; do
  # One worker: hypothesis is not safe with several workers.
  PYTHONPATH=$here SCHEMATHESIS_HOOKS=schemathesis_hooks "$work/bin/schemathesis" run "$SCW_API_URL$document" \
    --header "X-Auth-Token: $SCW_SECRET_KEY" --seed "$seed" --workers 1 --max-examples 300 --no-shrink \
    --checks not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance \
    --continue-on-failure --generation-database none --request-timeout 60 --no-color --warnings off \
    --output-sanitize true > "$work/run.log" 2>&1 || { cat "$work/run.log"; exit 1; }
  tail -n 15 "$work/run.log"
  sent=$((sent + $(sed -n 's/^ *\([0-9]*\) generated.*/\1/p' "$work/run.log")))
  seed=$((seed + 1))
done
echo "$sent requests, and every response conforms to the document"
