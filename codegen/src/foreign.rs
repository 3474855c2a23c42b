//! Types as other languages write them, as they are written here: `Optional[str]`, `List<Order>?`, `string - A doc.`
//!
//! Texts alone. Whether a model has a name is known later; what comes out is read again before it is offered.

mod before;
mod brackets;
mod calls;
mod member;
mod model;
mod names;

pub(crate) use member::member;
pub(crate) use model::{intersection, words};
pub(crate) use names::{can_be_given, generic, last_segment, or_null, scalar, without_null};

/// Types inside types deeper than this are nobody's habit.
const MAX_DEPTH: usize = 8;

/// A type, which may be null.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Ty {
    text: String,
    nullable: bool,
}

impl Ty {
    fn of(text: impl Into<String>) -> Self {
        Self { text: text.into(), nullable: false }
    }

    fn written(self) -> String {
        if self.nullable { or_null(&self.text) } else { self.text }
    }
}

/// A type of another language in this one, if nothing else stands in the text.
pub(crate) fn ty(text: &str) -> Option<String> {
    let mut reader = Reader { text, at: 0 };
    let ty = reader.union(MAX_DEPTH)?;
    reader.rest().trim().is_empty().then(|| ty.written())
}

/// Whether all that is opened in a text is closed in it.
pub(crate) fn is_closed(text: &str) -> bool {
    [('<', '>'), ('(', ')'), ('[', ']')]
        .iter()
        .all(|(open, close)| text.matches(*open).count() <= text.matches(*close).count())
}

/// Whether a text is a type of this language, by its look.
pub(crate) fn is_type(text: &str) -> bool {
    let name = text.split(['<', '(', ' ']).next().unwrap_or_default();
    let name = name.rsplit('.').next().unwrap_or_default();
    let model = |name: &str| name.starts_with(char::is_uppercase);
    let inner = |name: &str| {
        let own = crate::vocabulary::scalar(name).is_some();
        own || model(name) || ["list", "map", "link", "null"].contains(&name)
    };
    let known = crate::vocabulary::is_reserved(name) || model(name);
    known && ty(text).as_deref() == Some(text) && items(text).all(inner)
}

/// The names of the types that lists and maps hold.
fn items(text: &str) -> impl Iterator<Item = &str> {
    let names = text.split(['<', '>', ',']).skip(1);
    let names = names.map(|name| name.split(['(', '|']).next().unwrap_or_default().trim());
    names
        .filter_map(|name| name.rsplit('.').next())
        .filter(|name| !name.is_empty() && !name.starts_with(|c: char| c.is_ascii_digit()))
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Reader<'t> {
    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn skip_blanks(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    fn eat(&mut self, wanted: &str) -> bool {
        let found = self.rest().starts_with(wanted);
        self.at += if found { wanted.len() } else { 0 };
        found
    }

    /// `str | None`, `string or null`: one type, and what says that it may be missing.
    fn union(&mut self, depth: usize) -> Option<Ty> {
        let mut found: Option<Ty> = None;
        let mut nullable = false;
        loop {
            self.skip_blanks();
            let ty = self.one(depth)?;
            match ty.text.as_str() {
                "null" => nullable = true,
                _ if found.is_some() => return None,
                _ => found = Some(ty),
            }
            let before = self.at;
            self.skip_blanks();
            if !["||", "|", "or ", "/ "].iter().any(|sign| self.eat(sign)) {
                self.at = before;
                break;
            }
        }
        let mut ty = found?;
        ty.nullable |= nullable;
        Some(ty)
    }

    /// A type with what stands straight behind it.
    fn one(&mut self, depth: usize) -> Option<Ty> {
        let depth = depth.checked_sub(1)?;
        self.skip_annotations();
        self.skip_bounds();
        let mut ty = self.plain(depth)?;
        loop {
            if matches!(ty.text.as_str(), "byte" | "Byte") && self.eat("[]") {
                ty = Ty::of("bytes");
            } else if self.eat("[]") {
                ty = Ty::of(format!("list<{}>", ty.written()));
            } else if self.eat("?") {
                ty.nullable = true;
            } else if !self.eat("!") {
                return Some(ty);
            }
        }
    }

    fn plain(&mut self, depth: usize) -> Option<Ty> {
        // A pointer, a reference, a symbol.
        if ["*", "&", "@", ":"].iter().any(|sign| self.eat(sign)) {
            return self.one(depth);
        }
        if self.eat("?") {
            let ty = self.one(depth)?;
            return Some(Ty { nullable: true, ..ty });
        }
        if let Some(found) = self.bracketed(depth) {
            return found;
        }
        // A text of a form, `a-${number}`.
        if let Some(length) = self.template() {
            self.at += length;
            return Some(Ty::of("string"));
        }
        // `\\App\\Line`
        let _from_the_root = self.eat("\\");
        for quote in ["'", "\"", "`"] {
            if self.eat(quote) {
                let name = self.word();
                // In quotes a text is a value, unless it is a type for certain.
                let is_type =
                    name.starts_with(char::is_uppercase) || crate::vocabulary::is_reserved(name);
                return (is_type && self.eat(quote)).then(|| Ty::of(name));
            }
        }
        let name = self.word();
        if !name.starts_with(char::is_alphabetic) {
            return None;
        }
        if matches!(name, "null" | "None" | "nil" | "NULL" | "Null" | "NoneType" | "nullptr") {
            return Some(Ty::of("null"));
        }
        if self.rest().starts_with('(') && crate::type_slips::is_call(name) {
            return self.chain(name, depth);
        }
        let before = self.at;
        self.skip_blanks();
        let glued = before == self.at;
        // `map[string]Line`
        if name == "map" && self.rest().starts_with('[') {
            return self.map_of_keys(depth);
        }
        if matches!(name, "interface" | "struct") && self.eat("{}") {
            return Some(Ty::of("json"));
        }
        for (open, close) in [("<", ">"), ("[", "]"), ("(", ")"), ("{", "}")] {
            // `[]` is a list of what stands before it, and words in parentheses are a remark.
            if self.rest().starts_with("[]") || !self.eat(open) {
                continue;
            }
            if let Some(limits) = self.limits(close) {
                let ty = names::named(name, &[])?;
                // `Line[0..5]`: how many of them.
                let several = open == "[" && ty.starts_with(char::is_uppercase);
                let ty = if several { format!("list<{ty}>") } else { ty };
                return Some(Ty::of(format!("{ty}{limits}")));
            }
            if let Some(given) =
                (glued || open == "<").then(|| self.arguments(close, depth)).flatten()
            {
                let mut ty = names::named(name, &given)?;
                let nullable = ty.ends_with(" | null");
                ty.truncate(ty.len() - if nullable { " | null".len() } else { 0 });
                let limits = if self.eat("(") { self.limits(")")? } else { String::new() };
                return Some(Ty { text: ty + &limits, nullable });
            }
            break;
        }
        self.at = before;
        // `Empty` may be a model.
        let ty = names::named(name, &[])?;
        let is_model = ty == "nothing" && name.starts_with(char::is_uppercase);
        if is_model && self.rest().starts_with('?') {
            return None;
        }
        Some(Ty::of(if is_model { name.to_owned() } else { ty }))
    }

    /// `[string]Line`
    fn map_of_keys(&mut self, depth: usize) -> Option<Ty> {
        self.at += 1;
        let key = self.union(depth)?.written();
        self.skip_blanks();
        if !self.eat("]") {
            // `map[string, Line]`
            let separated = self.eat(",") || self.eat(":");
            let value = separated.then(|| self.union(depth)).flatten()?.written();
            self.skip_blanks();
            return self
                .eat("]")
                .then(|| names::generic("map", &[key, value]))
                .flatten()
                .map(Ty::of);
        }
        let behind = self.rest();
        let of_value = behind.starts_with(|c: char| c.is_alphabetic() || matches!(c, '*' | '['));
        if !of_value || behind.starts_with("[]") && !behind[2..].starts_with(char::is_alphabetic) {
            return names::generic("map", &[key]).map(Ty::of);
        }
        let value = self.one(depth)?.written();
        names::generic("map", &[key, value]).map(Ty::of)
    }

    /// How long a text of a form is, `a-${number}` between backticks.
    fn template(&self) -> Option<usize> {
        let inside = self.rest().strip_prefix('`')?;
        let end = inside.find('`')?;
        inside[..end].contains("${").then_some(end + 2)
    }

    /// `str, int]`: what is given to a type, up to the bracket that ends it.
    fn arguments(&mut self, close: &str, depth: usize) -> Option<Vec<String>> {
        let mut given = Vec::new();
        loop {
            given.push(self.union(depth)?.written());
            self.skip_blanks();
            if self.eat(close) || self.rest().is_empty() {
                return Some(given);
            }
            let separated = ["=>", ",", ":"].iter().any(|sign| self.eat(sign));
            if !separated && given.len() != 1 {
                return None;
            }
        }
    }

    /// `..35]`, `max: 35)`, `1,5)`: numbers, up to the bracket that ends them.
    fn limits(&mut self, close: &str) -> Option<String> {
        let rest = self.rest();
        let (inside, length) = match rest.find(close) {
            Some(end) => (&rest[..end], end + close.len()),
            None => (rest, rest.len()),
        };
        let limits = limits(inside)?;
        self.at += length;
        Some(limits)
    }

    fn word(&mut self) -> &'t str {
        let rest = self.rest();
        let part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '\\');
        let mut end = rest.find(|c| !part(c)).unwrap_or(rest.len());
        while let Some(behind) = rest[end..].strip_prefix("::") {
            end = rest.len() - behind.len() + behind.find(|c| !part(c)).unwrap_or(behind.len());
        }
        self.at += end;
        &rest[..end]
    }
}

/// Limits of any writing, in that of this language.
fn limits(inside: &str) -> Option<String> {
    let is_number = |text: &str| {
        let digits = text.strip_prefix('-').unwrap_or(text);
        !digits.is_empty()
            && digits.bytes().all(|it| it.is_ascii_digit() || it == b'.')
            && digits.parse::<f64>().is_ok()
    };
    let inside = inside.trim();
    for sign in ["...", "..", ",", " - ", "-"] {
        if let Some((min, max)) = inside.split_once(sign).filter(|_| !inside.starts_with('-')) {
            let (min, max) = (min.trim(), max.trim());
            let fits = |bound: &str| bound.is_empty() && sign.starts_with('.') || is_number(bound);
            let some = !min.is_empty() || !max.is_empty();
            return (some && fits(min) && fits(max)).then(|| format!("({min}..{max})"));
        }
    }
    let signs: [(&[&str], &str); 3] = [
        (&["max_length", "maxLength", "max", "<=", "≤", "le", "size", "length", "len"], ".."),
        (&["min_length", "minLength", "min", ">=", "≥", "ge"], ""),
        (&[], ""),
    ];
    for (words, before) in signs {
        let Some(rest) = words.iter().find_map(|word| inside.strip_prefix(word)) else { continue };
        let number = rest.trim_start_matches([':', '=', ' ']).trim();
        let after = if before.is_empty() { ".." } else { "" };
        return is_number(number).then(|| format!("({before}{number}{after})"));
    }
    is_number(inside).then(|| format!("({inside})"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_of_other_languages_are_read() {
        for (foreign, own) in [
            ("Optional[str]", "string | null"),
            ("str | None", "string | null"),
            ("List[Optional[int]]", "list<int32 | null>"),
            ("Dict[str, List[Order]]", "map<list<Order>>"),
            ("Dictionary<Guid, int>", "map<uuid, int32>"),
            ("Order[]", "list<Order>"),
            ("(string | null)[]", "list<string | null>"),
            ("[String]", "list<string>"),
            ("Hash{String => Integer}", "map<int32>"),
            ("T.nilable(String)", "string | null"),
            ("google.protobuf.Timestamp", "datetime"),
            ("Models::Order", "Order"),
            ("IList<Order?>", "list<Order | null>"),
            ("string[..35]", "string(..35)"),
            ("string (max: 35)", "string(..35)"),
            ("int32(1,5)", "int32(1..5)"),
            ("int32(0...5)", "int32(0..5)"),
            ("list<string", "list<string>"),
            ("list <string>", "list<string>"),
            ("map<string string>", "map<string>"),
            ("string || null", "string | null"),
            ("?string", "string | null"),
            ("*Order", "Order"),
            ("common.Order", "common.Order"),
            ("byte[]", "bytes"),
            ("[]string", "list<string>"),
            ("[]*Line", "list<Line>"),
            ("[]byte", "bytes"),
            ("[]map[string]string", "list<map<string>>"),
            ("map[string]interface{}", "map<json>"),
            ("map[string][]Line", "map<list<Line>>"),
            ("[String: Line]", "map<Line>"),
            ("[string, number]", "list<json>"),
            ("(Int, Int)", "list<int32>"),
            ("tuple[int, int]", "list<int32>"),
            ("{ [key: string]: Line }", "map<Line>"),
            ("@NotNull String", "string"),
            ("@Size(max = 5) List<Line>", "list<Line>"),
            ("@Line", "Line"),
            ("List<? extends Line>", "list<Line>"),
            ("some Line", "Line"),
            ("`a-${string}`", "string"),
            ("\\App\\Line", "Line"),
            ("z.string().min(1).max(5)", "string(1..5)"),
            ("z.array(z.string()).optional()", "list<string> | null"),
            ("z.string().uuid()", "uuid"),
            ("t.array(t.string)", "list<string>"),
            ("int<1, 5>", "int32(1..5)"),
            ("java.util.List<Line>", "list<Line>"),
            ("time.Time", "datetime"),
            ("sql.NullString", "string | null"),
            ("PositiveInt", "int32"),
            ("IntArray", "list<int32>"),
            ("Promise<void>", "nothing"),
            ("Option<nothing>", "nothing"),
            ("nothing?", "nothing"),
        ] {
            assert_eq!(ty(foreign).as_deref(), Some(own), "{foreign}");
        }
        for none in [
            "",
            "string | int32",
            "'a' | 'b'",
            "string string",
            "the order",
            "list<>",
            "Vec<nothing>",
            "Dict[str, nothing]",
            "[]...",
            "@[]...",
            "{ a: b }",
            "5",
        ] {
            assert_eq!(ty(none), None, "{none}");
        }
        let deep = "list<".repeat(5_000);
        assert_eq!(ty(&deep), None);
        assert!(is_type("list<string>") && is_type("Order") && !is_type("note") && !is_type("str"));
    }
}
