#!/usr/bin/env python3
"""Extracts the names of operations and members from facts about a provider, for the test `facts`.

    extract.py TITLE FILE > NAME.txt

FILE is either a document of restated facts (Markdown: operations as `VERB /path`, models as headings with tables whose
first column holds the wire names and whose second one their types) or an OpenAPI document in YAML, which needs PyYAML.
Nothing but names is taken over. A line of the output is an operation with its parameters and the models that it sends
and answers with, or a model with its members:

    GET /users ? take filter.name = userList errorResponse
    user: <userShort |employee name address=address address.street

`<` is a model whose members it has, `|` one that it may be, `=` the model that a member holds.
"""

import re
import sys

VERBS = "GET|POST|PUT|PATCH|DELETE"
NAME = r"`([^`\s]+?)\*?`"


class Facts:
    def __init__(self):
        self.operations = {}
        self.models = {}

    def operation(self, verb, path, members=(), models=()):
        known = self.operations.setdefault((verb, path), ([], []))
        known[0].extend(members)
        known[1].extend(models)

    def model(self, name, members):
        self.models.setdefault(name, []).extend(members)

    def write(self, title):
        print(f"# Names of operations and members: {title}.")
        print("# Made by extract.py, which says how a line is to be read.")
        known = set(self.models)

        def settled(member):
            member, _, model = member.partition("=")
            return f"{member}={model}" if model in known else member

        for (verb, path), (members, models) in sorted(self.operations.items(), key=lambda one: one[0][::-1]):
            line = [verb, path]
            if members:
                line += ["?", *dict.fromkeys(map(settled, members))]
            if models := [one for one in dict.fromkeys(models) if one in known]:
                line += ["=", *models]
            print(*line)
        for name, members in self.models.items():
            members = [one for one in members if one[0] not in "<|" or one[1:] in known]
            print(f"{name}:", *dict.fromkeys(map(settled, members)))


def typed(name, text):
    """A member, with the model that its type names."""
    model = re.search(NAME, text)
    return f"{name}={model.group(1)}" if model else name


def inline(text):
    """The members of `inline {`a`: `model`, `b`*: string}`."""
    found = []
    for body in re.findall(r"inline[^{]*\{([^{}]*)\}", text):
        for part in re.findall(r"`([^`]+)`\*?: ([^,]*)", body):
            found.append(typed(*part))
    return found


def of_facts(text):
    facts = Facts()
    # What is shortened in tables.
    short = dict(re.findall(r'"(\w+)" = `(\w+)`', text))
    posts, operation, model = False, None, None
    for line in text.splitlines():
        if line.startswith("## "):
            posts, operation, model = False, None, None
        posts |= line.startswith("All POST")
        heading = re.match(r"### `([^`]+)`", line)
        if line.startswith("### "):
            operation, model = None, heading and heading.group(1).replace(" ", "_")
            if model:
                facts.model(model, [])
            continue
        if found := re.match(rf"\*\*({VERBS}) ([^\s*]+)\*\*", line):
            operation, model = found.groups(), None
            facts.operation(*operation)
        elif operation and re.match(r"- (query|body|answers)", line):
            kind, rest = line[2:].split(None, 1)
            names = re.findall(NAME, re.sub(r"inline[^{]*\{[^{}]*\}", "", rest))
            if kind == "query":
                deep = [name for name in names if "[" in name]
                members = [name.replace("[", ".").rstrip("]") for name in deep] or names[:1]
                facts.operation(*operation, members)
            else:
                facts.operation(*operation, inline(rest), names)
        elif found := re.match(rf"\| (\w+) \| ((?:{VERBS}) )?`(/[^`]*)`([^|]*)\|(.*)\|$", line):
            name, verb, path, _, rest = found.groups()
            if verb or posts:
                facts.operation((verb or "POST").strip(), path, *of_row(rest, short))
        elif found := re.search(r"`(POST) https://[^/`]*(?:/api)?(/[^`]*)`", line):
            facts.operation(*found.groups())
        elif model and (row := re.match(r"\| (`[^|]+`) \|([^|]*)\|", line)):
            for name in re.findall(r"`([^`\s]+)`", row.group(1)):
                facts.model(model, [typed(name.replace("[]", ""), row.group(2))])
        elif model and not line.startswith("|"):
            facts.model(model, of_prose(line))
    return facts


def of_row(text, short):
    """Members and models of an operation in a table, whose types and values stand in parentheses."""
    members, models = [], []
    for word, full in short.items():
        text = re.sub(rf"(?<![`\w]){word}(?![\w`])", f"`{full}`", text)
    text = re.sub(r"without `\w+`", "", text)
    for name, of in re.findall(r"`([\w-]+)`!?(?: \((?:list of )?([^)]*)\))?", text):
        if name[0].isupper():
            models.append(name)
            continue
        inner = re.findall(NAME, of)
        held = [one for one in inner if one[0].isupper()]
        members.append(f"{name}={held[0]}" if held else name)
        if "list of" in text and of.startswith("`") and not held and "optional" in of:
            members += [f"{name}.{one}" for one in inner]
    return members, models


def of_prose(line):
    """What a sentence says of a model: what it extends, and what it may be."""
    members = inline(line)
    if found := re.search(r"Extends ((?:`\w+`(?: \+ )?)+)", line):
        members += ["<" + name for name in re.findall(NAME, found.group(1))]
    plain = re.sub(r"inline[^{]*\{[^{}]*\}", "", line)
    if found := re.search(r"(?:One|Any) of: (.*?)\.(?: |$)", plain):
        members += ["|" + name for name in re.findall(NAME, found.group(1))]
    elif found := re.search(r"Discriminator `\w+`: (.*)", plain):
        members += ["|" + name for name in re.findall(r"-> `(\w+)`", found.group(1))]
    if found := re.search(r"(?:list|map) of " + NAME, line):
        members.append("|" + found.group(1))
    return members


def of_openapi(text):
    import yaml

    document = yaml.safe_load(text)
    schemas = document["components"]["schemas"]
    facts = Facts()

    def reference(schema):
        return schema.get("$ref", "").rsplit("/", 1)[-1]

    def members(schema, below=""):
        """The members of a schema that is written in place, with those of what it holds."""
        found = []
        for part in schema.get("allOf", []):
            name = reference(part)
            if name and not below:
                found.append("<" + name)
            else:
                found += members(part, below)
        for part in schema.get("oneOf", []) + schema.get("anyOf", []):
            if not below and (name := reference(part)):
                found.append("|" + name)
            else:
                found += members(part, below)
        for name in schema.get("discriminator", {}).get("mapping", {}).values():
            if not below:
                found.append("|" + name.rsplit("/", 1)[-1])
        for held in [schema.get("items"), schema.get("additionalProperties")]:
            if isinstance(held, dict):
                name = reference(held)
                found += ["|" + name] if name and not below else members(held, below)
        for name, held in schema.get("properties", {}).items():
            at = f"{below}{name}"
            items = held.get("items", {})
            model = reference(held) or reference(items)
            # A reference with something beside it.
            for part in held.get("allOf", []):
                model = model or reference(part)
            found.append(f"{at}={model}" if model else at)
            if not model:
                found += members(held, at + ".")
        return found

    for path, item in document["paths"].items():
        for verb, operation in item.items():
            if verb.upper() not in VERBS.split("|"):
                continue
            names, models = [], []
            for parameter in item.get("parameters", []) + operation.get("parameters", []):
                if name := reference(parameter):
                    parameter = document["components"]["parameters"][name]
                if parameter["in"] != "query":
                    continue
                schema = parameter.get("schema", {})
                schema = schemas[reference(schema)] if reference(schema) else schema
                inner = [f"{parameter['name']}.{name}" for name in schema.get("properties", {})]
                names += inner or [parameter["name"]]
            bodies = [operation.get("requestBody", {}), *operation["responses"].values()]
            for content in [media for body in bodies for media in body.get("content", {}).values()]:
                schema = content.get("schema", {})
                models.append(reference(schema))
                names += [name for name in members(schema) if name[0] not in "<|"]
                models += [name[1:] for name in members(schema) if name[0] in "<|"]
            facts.operation(verb.upper(), path, names, models)
    for name, schema in schemas.items():
        facts.model(name, members(schema))
    return facts


def main():
    title, file = sys.argv[1:]
    with open(file, encoding="utf-8") as source:
        text = source.read()
    facts = (of_openapi if text.startswith("openapi:") else of_facts)(text)
    facts.write(title)


main()
