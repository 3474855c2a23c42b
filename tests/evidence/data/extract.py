#!/usr/bin/env python3
"""Extracts the names of operations and members from facts about a provider, for the test `facts`.

    extract.py TITLE FILE > NAME.txt

FILE is either a document of restated facts (Markdown: operations as `VERB /path`, models as headings with tables whose
first column holds the wire names) or an OpenAPI document in YAML, laid out with two spaces a level. Nothing but names
is taken over. A line of the output is an operation, or a model with its members.
"""

import re
import sys

VERBS = "GET|POST|PUT|PATCH|DELETE"


def of_facts(text):
    operations = re.findall(rf"(?:\*\*|\| )({VERBS}) `?(/[^\s`*|]*)", text)
    # Tables whose operations all have one verb name the route alone.
    for section in re.split(r"(?m)^## ", text):
        if section.split("\n\n")[1:2] and re.match(r"All POST", section.split("\n\n")[1]):
            operations += [("POST", route) for route in re.findall(r"(?m)^\| \w+ \| `(/[^`]*)`", section)]
    models, current = {}, None
    # What a request holds stands beside the route of its operation.
    for name, members in re.findall(rf"(?m)^\| (\w+) \| (?:(?:{VERBS}) )?`/[^|]*\| ([^|]*)\|", text):
        if found := re.findall(r"`([A-Za-z]+)`[!,]? ?", members):
            models[name] = found
    for line in text.splitlines():
        if line.startswith("#"):
            heading = re.match(r"### `([^`]+)`", line)
            current = heading and heading.group(1).replace(" ", "_")
            continue
        row = re.match(r"\| (`[^|]+`) \|", line)
        if current and row:
            models.setdefault(current, []).extend(re.findall(r"`([^`\s]+)`", row.group(1)))
    return operations, models


def of_openapi(text):
    operations, models = [], {}
    part, path, model, depth = None, None, None, None
    for line in text.splitlines():
        indent = len(line) - len(line.lstrip())
        key = re.match(r"\s*['\"]?([^\s'\":]+)['\"]?:", line)
        if not key:
            continue
        key = key.group(1)
        if indent == 0:
            part = key
        elif part == "paths" and indent == 2:
            path = key
        elif part == "paths" and indent == 4 and key.upper() in VERBS.split("|"):
            operations.append((key.upper(), path))
        elif part == "components" and indent == 2:
            model, section = None, key
        elif part == "components" and section == "schemas":
            if indent == 4:
                model, depth = key, None
            elif model and key == "properties" and depth is None:
                depth = indent + 2
            elif model and depth is not None:
                if indent == depth:
                    models.setdefault(model, []).append(key)
                elif indent < depth:
                    depth = None
                    if key == "properties":
                        depth = indent + 2
    return operations, models


def main():
    title, file = sys.argv[1:]
    with open(file, encoding="utf-8") as source:
        text = source.read()
    operations, models = (of_openapi if text.startswith("openapi:") else of_facts)(text)
    print(f"# Names of operations and members: {title}.")
    print("# Made by extract.py. A line is an operation, or a model with its members.")
    for verb, path in sorted(set(operations), key=lambda one: (one[1], one[0])):
        print(verb, path)
    for name in models:
        members = list(dict.fromkeys(models[name]))
        print(f"{name}:", *members)


main()
