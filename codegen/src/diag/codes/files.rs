//! `E00xx`: files and their encoding.

use super::super::Code;
use super::super::Role::Unread;

codes! {
    FILE_UNREADABLE = "E0001", [], "a file cannot be read", "\
The file does not exist, is a folder, or may not be opened. Paths in `use` and in `examples` are
relative to the file that names them. They cannot leave the folder in which the specification lies, and
lead over no symbolic link.";

    NOT_UTF8 = "E0002", [], "a file is not UTF-8", "\
Specifications are UTF-8. The place shown is the first byte that is not. Most often the file was
saved as Latin-1 or Windows-1252: save it again as UTF-8 in the editor, or

    iconv -f WINDOWS-1252 -t UTF-8 old.yaml > new.yaml";

    BYTE_ORDER_MARK = "E0003", [], "a byte-order mark inside a file", "\
One invisible character U+FEFF is accepted at the very start of a file, where some editors put it.
Anywhere else it came in by pasting or by joining files and would become part of a name. Delete it;
inside double quotes it can be written `\\uFEFF` where it is really meant.";

    CONTROL_CHARACTER = "E0004", [], "a control character in the text", "\
Apart from tabs and line breaks, control characters cannot stand in a specification: they cannot
be seen, and YAML forbids them. The same goes for the line separators U+0085, U+2028 and U+2029, which come in
by pasting and end a line for some readers of YAML only, and for the characters that turn the text around them (U+202A to
U+202E, U+2066 to U+2069), with which a file can look like something that it is not. Delete it, or write it as an escape
inside double quotes:

    separator: \"\\x1E\"";

    FILE_TOO_LARGE = "E0005", [], "a file is too large", "\
A file of a specification has at most 16 MiB. Split it: a specification may be a folder of files,
each of which begins with `clientwright: 1`.";

    INVISIBLE_SPACE = "E0006", [Unread], "a space that is none", "\
Pages and word processors have spaces at which no line breaks (U+00A0), narrow and wide ones, and characters without any
width (U+200B). They look like a space, or like nothing, and to YAML they are letters: pasted into a specification they
indent nothing, end no key and become a part of names. Write spaces in their place. Inside of a documentation text they stay
as they are.";
}
