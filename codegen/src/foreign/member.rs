//! A member in one text: its type, and what other languages and people in haste write around it.

use super::{MAX_DEPTH, Reader, Ty, before};
use crate::format::flow_text;
use crate::type_slips;

/// Words before a type that say nothing that is not so by itself.
const BEFORE: [&str; 14] = [
    "public",
    "private",
    "protected",
    "internal",
    "required",
    "final",
    "static",
    "val",
    "var",
    "const",
    "the",
    "a",
    "an",
    "one",
];

/// A member as it is written here.
pub(crate) struct Meant {
    pub(crate) ty: String,
    /// All of it, `TYPE flags -- doc` or the long form, as it stands in a file.
    pub(crate) written: String,
}

impl Meant {
    /// Whether it is a mapping, which only a member can be.
    pub(crate) fn is_long(&self) -> bool {
        self.written.starts_with('{')
    }
}

/// What a text is meant to be.
pub(crate) fn member(text: &str) -> Option<Meant> {
    let (head, doc) = match text.split_once(" -- ") {
        Some((head, doc)) => (head, Some(doc.trim().to_owned())),
        None => (text, None),
    };
    let mut member = Member { flags: Vec::new(), default: None, format: None, doc };
    let mut head = head.trim();
    let mut repeated = false;
    let mut nullable = false;
    while let Some((word, rest)) = head.split_once(' ') {
        match word {
            word if BEFORE.contains(&word) => {}
            "repeated" => repeated = true,
            "nullable" => nullable = true,
            word if let Some(Ok(flag)) = flag(word) => member.flag(flag),
            _ => break,
        }
        head = rest.trim_start();
    }
    head = before::without_word(head).unwrap_or(head);
    let mut reader = Reader { text: head, at: 0 };
    let word = head.split([' ', '?']).next().unwrap_or_default();
    member.format = type_slips::moment(word).filter(|_| word.contains('-'));
    let mut ty = match member.format {
        Some(_) => {
            reader.at = word.len();
            Ty { text: "datetime".to_owned(), nullable: reader.eat("?") }
        }
        None => reader.union(MAX_DEPTH)?,
    };
    if repeated {
        ty = Ty::of(format!("list<{}>", ty.written()));
    }
    ty.nullable |= nullable;
    let mut rest = reader.rest().trim();
    while !rest.is_empty() {
        rest = member.behind(rest, &mut ty)?.trim_start();
    }
    let ty = ty.written();
    Some(Meant { written: member.written(&ty), ty })
}

struct Member {
    flags: Vec<&'static str>,
    default: Option<String>,
    /// The format of a point in time that is called by it.
    format: Option<&'static str>,
    doc: Option<String>,
}

/// A flag, by its own name or another.
fn flag(word: &str) -> Option<Result<&'static str, &'static str>> {
    const FLAGS: [&str; 4] = ["read", "write", "sensitive", "deprecated"];
    let bare = word.trim_matches(['[', ']', '(', ')', ',', ';', '@']).to_ascii_lowercase();
    let own = FLAGS.into_iter().find(|flag| *flag == bare);
    own.map(Ok).or_else(|| type_slips::flag(&bare))
}

impl Member {
    fn flag(&mut self, flag: &'static str) {
        if !self.flags.contains(&flag) {
            self.flags.push(flag);
        }
    }

    /// Takes what comes first of what stands behind a type, and gives what is left.
    fn behind<'t>(&mut self, rest: &'t str, ty: &mut Ty) -> Option<&'t str> {
        const OF_DOCS: [&str; 8] = ["- ", "– ", "— ", "// ", "-- ", "--", ": ", "# "];
        const NULLS: [&str; 4] = ["null", "nullable", "none", "nil"];
        if matches!(
            rest,
            ";" | "," | "{ get; set; }" | "{ get; }" | "{ get; init; }" | "--" | ">" | "!"
        ) {
            return Some("");
        }
        if let Some(sign) = OF_DOCS.iter().find(|sign| rest.starts_with(*sign)) {
            return self.documented(&rest[sign.len()..]);
        }
        if let Some(value) = value_behind(rest) {
            let bare = value.trim_matches(['\'', '"']);
            let null = NULLS.contains(&bare.to_ascii_lowercase().as_str());
            let simple = null || is_default(bare, &ty.text);
            if simple && !null {
                self.default = Some(bare.to_owned());
            }
            return simple.then_some("");
        }
        if let Some(inner) = rest.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'))
            && inner.starts_with(char::is_alphabetic)
            && flag(inner).is_none()
        {
            return self.documented(inner);
        }
        // `String $name`, `string name = 1;`, a tag between backticks: what the member is called is said before the colon.
        if is_named(rest) || rest.len() > 1 && rest.starts_with('`') && rest.ends_with('`') {
            return Some("");
        }
        let (word, behind) = rest.split_once(' ').unwrap_or((rest, ""));
        let bare = word.trim_matches([',', ';', '(', ')', '[', ']']);
        if bare.is_empty() || matches!(bare, "or" | "|" | "/") {
            return (!behind.is_empty()).then_some(behind);
        }
        if NULLS.contains(&bare.to_ascii_lowercase().as_str()) {
            ty.nullable = true;
            return Some(behind);
        }
        match flag(word)? {
            Ok(flag) => {
                self.flag(flag);
                Some(behind)
            }
            Err(_) if matches!(bare, "required" | "mandatory") => Some(behind),
            Err(_) => None,
        }
    }

    fn documented<'t>(&mut self, doc: &str) -> Option<&'t str> {
        let free = self.doc.is_none() && !doc.trim().is_empty();
        free.then(|| {
            self.doc = Some(doc.trim().to_owned());
            ""
        })
    }

    fn written(&self, ty: &str) -> String {
        let doc = self.doc.as_deref();
        if self.default.is_some() || self.format.is_some() {
            let flags: Vec<String> =
                self.flags.iter().map(|flag| format!(", {flag}: true")).collect();
            let doc = doc.map_or_else(String::new, |doc| format!(", doc: {}", flow_text(doc)));
            let default = self.default.iter().map(|it| format!(", default: {}", plain(it)));
            let format = self.format.iter().map(|it| format!(", format: {it}"));
            let beside: Vec<String> = format.chain(default).collect();
            return format!(
                "{{ type: {}{}{}{doc} }}",
                flow_text(ty),
                beside.concat(),
                flags.concat()
            );
        }
        let flags: Vec<String> = self.flags.iter().map(|flag| format!(" {flag}")).collect();
        let doc = doc.map_or_else(String::new, |doc| format!(" -- {doc}"));
        flow_text(&format!("{ty}{}{doc}", flags.concat()))
    }
}

/// What stands behind a type as its default: `= 5`, `:= 5`, `default 5`, `(default: 5)`.
fn value_behind(rest: &str) -> Option<&str> {
    let inside = rest.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')).unwrap_or(rest);
    let inside = inside.trim_start_matches([',', ' ']);
    let value = match inside.strip_prefix("default") {
        Some(value) if value.starts_with(['=', ':', ' ']) => {
            value.trim_start_matches(['=', ':', ' '])
        }
        Some(_) => return None,
        None => rest.strip_prefix(":=").or_else(|| rest.strip_prefix('='))?,
    };
    Some(value.trim().trim_end_matches(';'))
}

/// Whether a text may be a value of a type: no call, no constant of a program, and a number where one belongs.
fn is_default(value: &str, ty: &str) -> bool {
    let plain = !value.contains(['(', '[', '{', '\'', '"', ' ']) && !value.is_empty();
    plain
        && match ty.split(['<', '(']).next().unwrap_or_default() {
            "boolean" => matches!(value, "true" | "false"),
            "int32" | "int64" | "uint32" | "uint64" => value.parse::<i128>().is_ok(),
            "float" | "double" | "decimal" => value.parse::<f64>().is_ok(),
            "date" | "time" | "datetime" | "localdatetime" => {
                value.starts_with(|c: char| c.is_ascii_digit())
            }
            "duration" => value.starts_with(['P', '-']),
            "uuid" => value.contains('-'),
            "list" | "map" | "json" | "bytes" => false,
            "string" | "url" => true,
            // `Colour.RED` is what a program calls it.
            _ => !value.contains('.'),
        }
}

/// Whether the name of a member stands behind its type, with the number of a field perhaps.
fn is_named(rest: &str) -> bool {
    let (name, behind) = match rest.strip_suffix(';') {
        Some(rest) => (rest.trim_end(), true),
        None => (rest, false),
    };
    let (name, number) = name.split_once(" = ").unwrap_or((name, ""));
    let numbered = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    let bare = name.trim_start_matches('$');
    let is_name = bare.starts_with(char::is_lowercase)
        && bare.chars().all(|c| c.is_alphanumeric() || c == '_');
    is_name && (numbered || number.is_empty() && (behind || bare.len() < name.len()))
}

/// A default as it is written: numbers and truth values have no quotes.
fn plain(default: &str) -> String {
    let bare = default.parse::<f64>().is_ok() || matches!(default, "true" | "false");
    if bare { default.to_owned() } else { flow_text(default) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_of_other_languages_are_read() {
        for (foreign, own) in [
            ("string;", "string"),
            ("string - A doc.", "string -- A doc."),
            ("string --A doc.", "string -- A doc."),
            ("string (A doc.)", "string -- A doc."),
            ("string // A doc", "string -- A doc"),
            ("string: A doc.", "string -- A doc."),
            ("public string? -- A, b.", "\"string | null -- A, b.\""),
            ("int = 5", "{ type: int32, default: 5 }"),
            ("str = 'a' -- Doc.", "{ type: string, default: a, doc: Doc. }"),
            ("float | None = None", "float | null"),
            ("repeated string", "list<string>"),
            ("read string", "string read"),
            ("string [read]", "string read"),
            ("string Read", "string read"),
            ("string null", "string | null"),
            ("string or null", "string | null"),
            ("string (..35)", "string(..35)"),
            ("string { get; set; }", "string"),
            ("Dict[Guid, str]", "\"map<uuid, string>\""),
            ("enum Colour", "Colour"),
            ("stream Line", "Line"),
            ("string name = 1;", "string"),
            ("string $name", "string"),
            ("private final List<Line> lines;", "list<Line>"),
            ("string `json:\"v\"`", "string"),
            ("@NotNull String -- A doc.", "string -- A doc."),
        ] {
            assert_eq!(member(foreign).map(|it| it.written).as_deref(), Some(own), "{foreign}");
        }
        for none in ["A book of it.", "string string", "int = Field(5)", "keyof Line", ""] {
            assert!(member(none).is_none(), "{none}");
        }
    }
}
