//! `E01xx`: YAML.

use super::super::Code;
use super::super::Role::Unread;

codes! {
    SYNTAX = "E0101", [Unread], "the YAML cannot be read", "\
The text breaks a rule of YAML for which there is no code of its own. The place shown is where the
reader gave up; the mistake is there or shortly before.";

    TAB_INDENTATION = "E0102", [Unread], "a tab as indentation", "\
YAML indents with spaces only.

Wrong:

    models:
    <tab>Id: string

Right:

    models:
      Id: string";

    INDENTATION = "E0103", [Unread], "wrong indentation", "\
Entries of one mapping or list begin in the same column, and what belongs to an entry stands
further right than it.

Wrong:

    methods:
      users.get:
        http: GET /users/{id}
       returns: User

Right:

    methods:
      users.get:
        http: GET /users/{id}
        returns: User";

    UNCLOSED_QUOTE = "E0104", [Unread], "a quote that is not closed", "\
A text that begins with a quote goes on, over line breaks, to the next quote of the same kind.

Wrong:

    doc: \"The name of the app

Right:

    doc: The name of the app

Inside `'…'` a quote is written twice (`'it''s'`), inside `\"…\"` it is written `\\\"`.";

    UNCLOSED_BRACKET = "E0105", [Unread], "brackets or commas that do not match", "\
Every `[` is closed by a `]` and every `{` by a `}`, in order, with commas between the items. What
they hold ends there: nothing but a comment stands behind the last of them.

Wrong:

    without: [id, name

Right:

    without: [id, name]

A text that itself begins with a bracket is quoted: `doc: \"[beta] Lists users.\"`";

    COLON_IN_TEXT = "E0106", [Unread], "a colon and a space inside an unquoted text", "\
In YAML `: ` separates a key from its value, so an unquoted text cannot contain it.

Wrong:

    doc: Note: only the first page is returned.

Right:

    doc: \"Note: only the first page is returned.\"

For longer texts a block needs no quotes:

    doc: |
      Note: only the first page is returned.";

    DUPLICATE_KEY = "E0107", [Unread], "a key that stands twice", "\
A mapping has every key once. YAML readers that accept a second one drop one of the two without a
word, and with it a method or a field.

Wrong:

    fields:
      id: string
      id: int64

Rename or delete one of them.";

    KEY_NOT_TEXT = "E0108", [Unread], "a key that is a list or a mapping", "\
A key is a text. This happens most often with an unquoted placeholder, because `{id}` is a mapping
in YAML.

Wrong:

    {id}: string

Right:

    \"{id}\": string";

    EMPTY_KEY = "E0109", [Unread], "a key that is missing", "\
There is a `:` with nothing before it. A text that begins with a colon is quoted.

Wrong:

    : string

Right:

    name: string";

    COMPLEX_KEY = "E0110", [Unread], "a `?` key", "\
YAML can write a key over several lines after `? `. Specifications do without: a key is one text on
one line. An optional field has its question mark at the end, without a space.

Wrong:

    ? note
    : string

Right:

    note?: string";

    ANCHOR = "E0111", [Unread], "an anchor", "\
Anchors (`&name`) and aliases (`*name`) copy parts of a YAML file without a word in the result.
Specifications have their own ways, which later messages can speak about: models, `like`, the
spread `...`, `defaults` and `use`. A text that begins with `&` is quoted.";

    ALIAS = "E0112", [Unread], "an alias", "\
Anchors (`&name`) and aliases (`*name`) are not part of specifications: use a model, `like`, the
spread `...`, `defaults` or `use`. A text that begins with `*` is quoted.

Wrong:

    accept: */*

Right:

    accept: \"*/*\"";

    MERGE_KEY = "E0113", [Unread], "a merge key", "\
`<<` is not part of specifications. The members of another model come in by the spread, which says
where each of them is from.

Wrong:

    fields:
      <<: *base

Right:

    fields:
      ...: Base";

    TAG = "E0114", [Unread], "a tag", "\
Tags (`!name`, `!!str`) tell a YAML reader how to interpret a value. Here the declared type does
that, so there is nothing for a tag to say. A text that begins with `!` is quoted.

Wrong:

    default: !!str 0123

Right:

    default: 0123";

    DIRECTIVE = "E0115", [Unread], "a YAML directive", "\
Lines such as `%YAML 1.2` or `%TAG …` at the start of a file are not part of specifications. The
version of the language is its first key: `clientwright: 1`.";

    SECOND_DOCUMENT = "E0116", [Unread], "a second document in one file", "\
A file holds one document; a line `---` after content begins another. Put it into a file of its
own (a specification may be a folder of files), or delete the line.";

    TOO_DEEP = "E0117", [Unread], "nested too deeply", "\
Lists and mappings nest up to 64 levels. No specification written by hand comes near; look for a
bracket that was never closed.";

    TOO_MANY_NODES = "E0118", [Unread], "too many values in one file", "\
A file holds at most 1,000,000 keys and values. Split it: a specification may be a folder of files.";

    TEXT_TOO_LONG = "E0119", [Unread], "a text that is too long", "\
One text has at most 1 MiB. Large examples stand in files of their own:

    examples: { all: examples/all.http }";

    ESCAPE = "E0120", [Unread], "an unknown escape", "\
Inside double quotes a backslash begins an escape: `\\n`, `\\t`, `\\\"`, `\\\\`, `\\x1F`, `\\u00E9`,
`\\U0001F600`. For a pattern or a Windows path use single quotes, where a backslash is a backslash.

Wrong:

    doc: \"Digits, such as \\d+ means.\"

Right:

    doc: 'Digits, such as \\d+ means.'";

    RESERVED_CHARACTER = "E0121", [Unread], "a text that begins with a reserved character", "\
An unquoted text cannot begin with `@`, a backtick or `%`.

Wrong:

    doc: `id` of the app

Right:

    doc: \"`id` of the app\"";

    MISSING_COLON = "E0122", [Unread], "a line that is neither a key nor a value", "\
In a mapping every line is `key: value`. Most often the colon is missing, the space after it is
missing, or the line continues a text that should have been quoted or indented further.

Wrong:

    fields:
      id:string
      name: string

Right:

    fields:
      id: string
      name: string";

    AFTER_QUOTE = "E0123", [Unread], "something after a quoted text", "\
A quoted text ends its value. To go on after the quote, quote the whole.

Wrong:

    doc: \"id\" of the app

Right:

    doc: '\"id\" of the app'";

    LIST_PLACE = "E0124", [Unread], "list items and keys mixed up", "\
Items beginning with `- ` stand on lines of their own below their key, not behind it and not
between the keys of a mapping or inside brackets.

Wrong:

    without: - id

Right:

    without:
      - id

or `without: [id]`.";

    TOO_MANY_FAULTS = "E0125", [Unread], "too much is wrong", "\
After many faults in one file the rest of it is not read, and of tens of thousands of findings the rest is
only counted: it is most likely not a specification, or one early mistake makes everything after it look
wrong. Mend what is listed and run again.";

    MERGE_MARKER = "E0126", [Unread], "a merge that is not finished", "\
Where two changes meet, git writes both into the file, between lines that begin with `<<<<<<<`, `=======` and
`>>>>>>>`. Only a person knows which of the two is meant, or how they go together. Until then the first side is
read, and what leans on the other one is not shown.

Wrong:

    models:
    <<<<<<< HEAD
      Id: string
    =======
      Id: int64
    >>>>>>> numbers

Right:

    models:
      Id: int64";
}
