#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
#
# openapi.py OPENAPI: validates each line of stdin, `PLACE <tab> SCHEMA <tab> DOCUMENT`, against a schema of the
# description; a line for each finding. `!SCHEMA` wants a document that is not valid. A key that the description does not
# name is a finding too, so that it stays complete.

import json
import sys

import jsonschema
import yaml


def closed(node):
    """The schema with objects that hold nothing but the keys that are named."""
    if isinstance(node, list):
        return [closed(item) for item in node]
    if not isinstance(node, dict):
        return node
    node = {key: closed(value) for key, value in node.items()}
    # The parts of `not`, `if` and `then` name keys without describing an object; they have no type.
    if "properties" in node and "type" in node:
        node.setdefault("additionalProperties", False)
    return node


with open(sys.argv[1], encoding="utf-8") as file:
    description = closed(yaml.safe_load(file))
validators = {}
for name, part in description["components"]["schemas"].items():
    jsonschema.Draft202012Validator.check_schema(part)
    schema = {"$ref": f"#/components/schemas/{name}", "components": description["components"]}
    validators[name] = jsonschema.Draft202012Validator(schema)
for line in sys.stdin:
    place, name, document = line.rstrip("\n").split("\t", 2)
    error = jsonschema.exceptions.best_match(validators[name.lstrip("!")].iter_errors(json.loads(document)))
    if name.startswith("!") and not error:
        print(f"{place}: is valid: {document[:2000]}")
    if error and not name.startswith("!"):
        print(f"{place}: {name}: {error.json_path}: {error.message[:300]}: {document[:2000]}")
