# SPDX-License-Identifier: Apache-2.0
#
# clients.py URL: reads and changes a running server with the client that was generated from docs/openapi.yaml.
import sys

from generated import Client
from generated.api.default import call, calls, command, end, explain, health, overrides, reload, status
from generated.models import Begin, Note, Question

client = Client(base_url=sys.argv[1], raise_on_unexpected_status=True)


def expect(actual, expected, what):
    if actual != expected:
        sys.exit(f"{what}: {actual!r}, expected {expected!r}")


expect(health.sync(client=client).status, "ok", "health")
state = status.sync(client=client)
expect([line.name for line in state.lines], ["Demo", "Front desk"], "lines")
expect(state.counts.answered, 2, "counts")
page = calls.sync(client=client, limit=1)
expect([each.id for each in page.calls], ["c-2"], "newest call")
expect([each.id for each in calls.sync(client=client, before=page.next_).calls], ["c-1"], "older calls")
expect(call.sync("c-1", client=client).id, "c-1", "one call")

close = Begin.from_dict({"act": "begin", "kind": "closed", "scopes": ["group demo"], "text": "Drill.", "for_seconds": 600})
outcome = command.sync(client=client, body=close)
expect([(each.kind, each.scope) for each in outcome.begun], [("closed", "group demo")], "a closure")
expect([each.text for each in overrides.sync(client=client).overrides], ["Drill."], "overrides in force")
question = Question.from_dict({"from": "+31612345678", "to": "+31850835037"})
expect(explain.sync(client=client, body=question).answer["error"], "Drill.", "explain")
expect(len(end.sync(outcome.begun[0].id, client=client).ended), 1, "the closure is ended")
noted = command.sync(client=client, body=Note.from_dict({"act": "note", "text": "Handed over."}))
expect(noted.words, "noted: Handed over.", "a note")
expect(reload.sync(client=client).taken, True, "reload")
