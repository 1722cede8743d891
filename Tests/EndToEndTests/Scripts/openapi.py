#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
#
# openapi.py OPENAPI SCHEMA: validates each line of stdin, a JSON document, against a schema of the description; a line
# for each finding. A key that the description does not name is a finding too, so that it stays complete.

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
schema = {"$ref": f"#/components/schemas/{sys.argv[2]}", "components": description["components"]}
for name, part in description["components"]["schemas"].items():
    jsonschema.Draft202012Validator.check_schema(part)
validator = jsonschema.Draft202012Validator(schema)
lines = [line for line in sys.stdin if line.strip()]
for line in lines:
    error = jsonschema.exceptions.best_match(validator.iter_errors(json.loads(line)))
    if error:
        print(f"{error.json_path}: {error.message[:300]}")
if not lines:
    print("there is nothing to validate")
