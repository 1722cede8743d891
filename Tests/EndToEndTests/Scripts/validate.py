#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
#
# validate.py SCHEMA FILE...: checks a JSON Schema, then validates rules files against it; a line for each finding.
#
# The YAML is read as YAML 1.2 has it, as editors and the program do: `off` and `12:30` are texts.

import json
import re
import sys

import jsonschema
import yaml


class Loader(yaml.SafeLoader):
    """The core schema of YAML 1.2."""


Loader.yaml_implicit_resolvers = {}
for tag, pattern in {
    "null": r"~|null|Null|NULL|",
    "bool": r"true|True|TRUE|false|False|FALSE",
    "int": r"[-+]?(0|[1-9][0-9]*)",
    "float": r"[-+]?(\.[0-9]+|(0|[1-9][0-9]*)(\.[0-9]*)?)([eE][-+]?[0-9]+)?",
    "merge": r"<<",
}.items():
    Loader.add_implicit_resolver("tag:yaml.org,2002:" + tag, re.compile(f"^({pattern})$"), None)


def document(path):
    with open(path, encoding="utf-8") as file:
        # Fixtures mark the places of their findings.
        text = re.sub("[①-⑳]", "", file.read())
    # JSON has texts for keys only.
    return json.loads(json.dumps(yaml.load(text, Loader)))


with open(sys.argv[1], encoding="utf-8") as file:
    schema = json.load(file)
jsonschema.Draft202012Validator.check_schema(schema)
validator = jsonschema.Draft202012Validator(schema)
for path in sys.argv[2:]:
    error = jsonschema.exceptions.best_match(validator.iter_errors(document(path)))
    if error:
        print(f"{path}: {error.json_path}: {error.message[:300]}")
