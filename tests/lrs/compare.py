"""Compares what a learning record store gives back with the statements of `records xapi`.

Arguments: the file of the statements, the address of the store, user, password. Every statement
must be there once, with the same content.
"""

import json
import sys
from urllib.parse import urljoin

import requests

told, address, user, password = sys.argv[1:5]
sent = {one["id"]: one for one in json.load(open(told, encoding="utf-8"))}
kept = []
more = address.rstrip("/") + "/statements?limit=500"
while more:
    answer = requests.get(
        more, auth=(user, password), headers={"X-Experience-API-Version": "1.0.3"}, timeout=60
    )
    answer.raise_for_status()
    page = answer.json()
    kept += page["statements"]
    more = page.get("more")
    if more:
        more = urljoin(address, more)
ids = [one["id"] for one in kept]
missing = set(sent) - set(ids)
strange = set(ids) - set(sent)
twice = len(ids) - len(set(ids))
# The store adds when it took a statement, from whom and under which authority.
added = {"stored", "authority", "version"}
changed = [
    one["id"]
    for one in kept
    if one["id"] in sent
    and {k: v for k, v in one.items() if k not in added}
    != {k: v for k, v in sent[one["id"]].items() if k not in added}
]
print(
    f"{len(sent)} statements told, {len(ids)} fetched back: {len(missing)} missing, "
    f"{len(strange)} strange, {twice} twice, {len(changed)} changed"
)
sys.exit(1 if missing or strange or twice or changed or not sent else 0)
