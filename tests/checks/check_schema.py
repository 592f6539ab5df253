#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The JSON Schemas that editors complete templates by, templates/schema: all that comes with the program
validates, mistakes are refused, and keys and words are exactly those of the engine's source.

check_schema.py ROOT | --self-test
"""
import copy
import glob
import json
import os
import re
import sys

import jsonschema

from engine_keys import WORD, Engine
from sources import read

KINDS = ["insert", "profile", "strings"]
COMMON = {"block", "if", "role"}  # that Node::allow_in_block adds
# Functions that allow the keys of something other than a block: what it is in the schemas.
PLACES = {"compile_template": ("insert", ""), "compile_page": ("insert", "page"), "check_table": ("insert", "table"),
          "compile_columns": ("insert", "column"), "read_styles": ("insert", "style"), "parse_profile": ("profile", ""),
          "parse_data": ("profile", "datum"), "parse_rule": ("profile", "rule"), "corner_box": ("profile", "zone")}
REFERENCE = re.compile(r"(?:(\w+)\.schema\.json)?#/\$defs/(.+)")
NO_WORDS = {"turn", "letter"}  # enums of numbers and letters, that the engine computes with


def without_comments(text):
    """As the engine reads: // and /* */ outside of strings are white."""
    return re.sub(r'("(?:[^"\\]|\\.)*")|//[^\n]*|/\*.*?\*/', lambda m: m.group(1) or " ", text, flags=re.S)


def load(root, path):
    return json.loads(without_comments(read(root, path)))


def renamed(value, file):
    """The schema with the definitions of other files under "file.name", so that one document holds all."""
    if isinstance(value, list):
        return [renamed(inner, file) for inner in value]
    if not isinstance(value, dict):
        return value
    out = {key: renamed(inner, file) for key, inner in value.items()}
    if isinstance(value.get("$ref"), str):
        other, name = REFERENCE.fullmatch(value["$ref"]).groups()
        out["$ref"] = f"#/$defs/{other or file}.{name}"
    return out


class Schemas:
    def __init__(self, root):
        self.root = root
        self.all = {kind: load(root, f"templates/schema/{kind}.schema.json") for kind in KINDS}
        for schema in self.all.values():
            jsonschema.Draft202012Validator.check_schema(schema)
        self.load_validators()

    def load_validators(self):
        parts = {f"{kind}.{name}": renamed(part, kind)
                 for kind, schema in self.all.items() for name, part in schema.get("$defs", {}).items()}
        self.validators = {kind: jsonschema.Draft202012Validator(renamed(schema, kind) | {"$defs": parts})
                           for kind, schema in self.all.items()}
        block = {"$ref": "#/$defs/insert.block", "$defs": parts}
        self.validators["block"] = jsonschema.Draft202012Validator(block)

    def faults(self, kind, document):
        for error in self.validators[kind].iter_errors(document):
            yield "/" + "/".join(map(str, error.absolute_path)) + ": " + error.message[:160]

    def part(self, kind, name):
        return self.all[kind]["$defs"][name] if name else self.all[kind]

    def words(self, kind, value):
        """The enum of a property, through its references; None: it has none."""
        while "enum" not in value and "$ref" in value:
            file, name = REFERENCE.fullmatch(value["$ref"]).groups()
            kind = file or kind
            value = self.all[kind]["$defs"][name]
        return set(value["enum"]) if "enum" in value else None


def blocks_in(value):
    """Every block of a document, as found by its key."""
    if isinstance(value, dict):
        if "block" in value:
            yield value
        for inner in value.values():
            yield from blocks_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from blocks_in(inner)


def block_mutations(schemas, document, seen):
    """(what, spoiled block): one of each kind that was not seen yet."""
    for block in blocks_in(document):
        kind = block["block"]
        if kind in seen:
            continue
        seen.add(kind)
        yield f"unknown key in {kind}", block | {"colour": "blue"}
        yield f"no number in {kind}", block | {"x": "7"}
        yield f"{kind} is no block", block | {"block": "oval"}
        yield f"{kind} without its kind", {key: value for key, value in block.items() if key != "block"}
        for key, value in schemas.part("insert", "block-" + kind)["properties"].items():
            if key in block and schemas.words("insert", value):
                yield f"wrong {key} in {kind}", block | {key: "sideways"}


def mutations(kind, document):
    """(what, spoiled document): at its root, and in its last block, which lies deepest."""
    if kind == "strings":
        yield "no text", document | {"slip.kind": 3}
        yield "two months", document | {"format.months": "a|b"}
        return
    yield "unknown key", document | {"colour": "blue"}
    yield "another version", document | {"version": 2}
    spoiled = copy.deepcopy(document)
    list(blocks_in(spoiled))[-1]["colour"] = "blue"
    yield "unknown key in the last block", spoiled


def file_faults(schemas):
    for kind in KINDS:
        files = sorted(glob.glob(os.path.join(schemas.root, f"templates/{kind}/*.json")))
        if not files:
            yield f"templates/{kind}: no file to check"
        seen = set()
        for path in files:
            name = os.path.relpath(path, schemas.root)
            document = load(schemas.root, name)
            for fault in schemas.faults(kind, document):
                yield f"{name} {fault}"
            if document.get("$schema") != f"../schema/{kind}.schema.json":
                yield f"{name}: say \"$schema\": \"../schema/{kind}.schema.json\""
            for what, spoiled in mutations(kind, document):
                if not any(schemas.faults(kind, spoiled)):
                    yield f"{name}: the schema lets pass: {what}"
            for what, spoiled in block_mutations(schemas, document, seen):
                if not any(schemas.faults("block", spoiled)):
                    yield f"{name}: the schema lets pass: {what}"


def compare(place, ours, engine):
    for key in sorted(engine - ours):
        yield f"{place} lacks \"{key}\", which the engine takes"
    for key in sorted(ours - engine):
        yield f"{place} has \"{key}\", which the engine refuses"


def word_faults(schemas, kind, name, engine, function, extra):
    """Choices of the engine against the enums of one part."""
    found = engine.choices(function)
    for key, value in schemas.part(kind, name)["properties"].items():
        words = schemas.words(kind, value)
        wanted = [extra[name, key]] if (name, key) in extra else found.get(key, [])
        if words is None or key in NO_WORDS | {"role", "to"}:
            if wanted and words is None:
                yield f"{kind}.schema.json {name}: \"{key}\" is a choice of the engine: give it an enum"
            continue
        if words not in wanted:
            yield f"{kind}.schema.json {name}: \"{key}\" is {sorted(words)}, the engine takes {list(map(sorted, wanted))}"


def block_faults(schemas, engine, extra, used):
    kinds = engine.table("find_block", r'\{"(\w+)", &BlockCompiler::(\w+)\}')
    ours = set(schemas.part("insert", "block")["properties"]["block"]["enum"])
    yield from compare("insert.schema.json blocks", ours, set(kinds))
    for kind, function in kinds.items():
        if kind not in ours:
            continue
        allowing = [f for f in engine.called_by(function) if f in engine.allowing() and f not in PLACES]
        used.update(allowing)
        if len(allowing) != 1:
            yield f"{function} allows keys in {len(allowing)} functions; this check knows 1"
            continue
        keys = set(schemas.part("insert", "block-" + kind)["properties"])
        yield from compare(f"insert.schema.json block-{kind}", keys, engine.allowed(allowing[0]) | COMMON)
        yield from word_faults(schemas, "insert", "block-" + kind, engine, function, extra)


def measure_faults(schemas, rules, text, used):
    measures = dict(re.findall(r'\{"(\w+)", (parse_\w+), (?:true|false)\}', text))
    if not measures:
        yield "rule_parser.cpp: no measure found; teach check_schema.py"
    for measure, function in measures.items():
        used.add(function)
        name = "measure-" + measure
        if name not in schemas.all["profile"]["$defs"]:
            yield f"profile.schema.json lacks \"{name}\""
            continue
        keys = set(schemas.part("profile", name)["properties"])
        yield from compare(f"profile.schema.json {name}", keys, rules.allowed(function))
        yield from word_faults(schemas, "profile", name, rules, function, {})


def parity_faults(schemas, sources):
    """`sources` are texts by path: the engine's files."""
    def some(folder):
        return [text for path, text in sorted(sources.items()) if path.startswith(folder)]

    blocks, rules, used = Engine(some("generator/template/")), Engine(some("generator/profile/")), set()
    bars = re.search(r"kWords = \{([^}]*)\}", sources["generator/barcode/four_state.cpp"])
    lists = re.findall(r'\{"([\w.]+)", K::Lines', "".join(some("generator/template/")))
    extra = {("block-four_state", "kind"): set(WORD.findall(bars.group(1))), ("block-address", "of"): set(lists)}
    yield from block_faults(schemas, blocks, extra, used)
    yield from measure_faults(schemas, rules, sources["generator/profile/rule_parser.cpp"], used)
    for function, (kind, name) in PLACES.items():
        engine = blocks if kind == "insert" else rules
        if engine.allowed(function) is None:
            yield f"{function} allows no keys any more; teach check_schema.py where they are"
            continue
        used.add(function)
        yield from compare(f"{kind}.schema.json {name}", set(schemas.part(kind, name)["properties"]),
                           engine.allowed(function))
        yield from word_faults(schemas, kind, name, engine, function, {})
    roles = re.search(r"kRoles = \{([^}]*)\}", sources["generator/profile/rule_parser.cpp"])
    yield from compare("profile.schema.json role", set(schemas.part("profile", "role")["enum"]),
                       set(WORD.findall(roles.group(1))))
    for function in sorted((blocks.allowing() | rules.allowing()) - used - {"allow", "allow_in_block"}):
        yield f"{function} allows keys that no schema is compared with; teach check_schema.py"


def engine_sources(root):
    paths = [p for folder in ("template", "profile") for p in glob.glob(os.path.join(root, "generator", folder, "*.cpp"))]
    names = [os.path.relpath(p, root) for p in paths] + ["generator/barcode/four_state.cpp"]
    return {name: read(root, name) for name in names}


def self_test(root):
    """Spoils the engine's source and the schemas one by one: each must be noticed."""
    assert json.loads(without_comments('{"a": "x // y", // no\n "b": "\\"/*" /* no */}')) == {"a": "x // y", "b": '"/*'}
    schemas, sources = Schemas(root), engine_sources(root)
    assert not list(parity_faults(schemas, sources))
    marks, rules = "generator/template/mark_blocks.cpp", "generator/profile/rule_parser.cpp"
    for path, old, new, wanted in [
            (marks, '{"x", "y", "size"}', '{"x", "y", "size", "glow"}', 'block-fiducial lacks "glow"'),
            (marks, '"goes", "x"', '"x"', 'block-part has "goes"'),
            (marks, '"tick", "many"', '"tick", "more"', '"kind" is'),
            (marks, 'node.allow_in_block({"id", "goes"', 'node.pass({"id", "goes"', "allows keys in 0"),
            ("generator/template/block_compiler.cpp", '{"text", &', '{"prose", &', 'lacks "prose"'),
            ("generator/template/template_compiler.cpp", '"last_sheet", "blocks"', '"blocks"', 'page has "last_sheet"'),
            ("generator/barcode/four_state.cpp", '"kix"', '"kax"', '"kind" is'),
            (rules, '{"pitch", "bits"}', '{"pitch", "bits", "odd"}', 'measure-pattern lacks "odd"'),
            (rules, '"left-of"', '"aside"', '"where" is'),
            (rules, '"route",        "free"', '"route"', 'role has "free"'),
            ("generator/profile/zone_rules.cpp", "}  // namespace verso::generator",
             'void odd() {\n    node.allow({"a"});\n}\n}  // namespace verso::generator', "odd allows keys")]:
        spoiled = re.sub(re.sub(r"(\\\s)+", r"\\s+", re.escape(old)), lambda _, n=new: n, sources[path])
        assert spoiled != sources[path], old
        found = list(parity_faults(schemas, sources | {path: spoiled}))
        assert any(wanted in fault for fault in found), (wanted, found)
    schemas.all["insert"]["$defs"]["block-rect"]["properties"]["glow"] = {}
    schemas.all["insert"]["$defs"]["block-rect"]["additionalProperties"] = True
    schemas.load_validators()
    assert any("rect" in fault and "unknown key" in fault for fault in file_faults(schemas))
    assert any('block-rect has "glow"' in fault for fault in parity_faults(schemas, sources))
    print("self-test: all spoiled sources and schemas found")


def main():
    here = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../..")
    if sys.argv[1] == "--self-test":
        return self_test(here)
    schemas = Schemas(sys.argv[1])
    found = list(file_faults(schemas)) + list(parity_faults(schemas, engine_sources(sys.argv[1])))
    print("\n".join(found) or "no faults")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
