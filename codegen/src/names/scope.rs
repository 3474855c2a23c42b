//! A place in which every name stands for one thing.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::{Kind, chosen_name, rust_name};
use crate::ast::Text;
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::format::flow_text;
use crate::parse::shown;
use crate::source::Span;

/// How many letters a name has at most that a specification chooses by itself. Names of files are longer by little, and
/// every system takes twice as many.
const LONGEST: usize = 100;

/// The names taken in a struct, an enum or a module.
#[derive(Debug)]
pub(crate) struct Scope {
    kind: Kind,
    /// What the names are called in messages, as in "field".
    what: &'static str,
    taken: Taken,
    /// Names that are taken in many places.
    shared: Rc<Taken>,
}

/// Names, and where each was written, if by a person.
pub(crate) type Taken = BTreeMap<String, Option<Span>>;

impl Scope {
    pub(crate) fn new(kind: Kind, what: &'static str) -> Self {
        Self { kind, what, taken: Taken::new(), shared: Rc::default() }
    }

    /// Keeps what is taken in all places of a kind.
    pub(crate) fn over(mut self, shared: &Rc<Taken>) -> Self {
        self.shared = Rc::clone(shared);
        self
    }

    /// Keeps `name` for what the generator itself emits here.
    pub(crate) fn reserve(mut self, names: &[&str]) -> Self {
        self.taken.extend(names.iter().map(|name| ((*name).to_owned(), None)));
        self
    }

    /// Decides the Rust name of `wire`, and reports what stands in the way: no name can be made, the
    /// chosen one is none, or another item has it already. A name is never changed in silence.
    pub(crate) fn declare(
        &mut self,
        wire: &Text,
        chosen: Option<&Text>,
        diagnostics: &mut Diagnostics,
    ) -> String {
        let what = self.what;
        let (name, span) = match chosen {
            Some(chosen) => match chosen_name(&chosen.value, self.kind) {
                Some(name) => (name, chosen.span),
                None => {
                    diagnostics.push(self.bad_name(chosen));
                    return self.poison();
                }
            },
            None => match rust_name(&wire.value, self.kind) {
                Some(name) => (name, wire.span),
                None => {
                    diagnostics.push(
                        Diagnostic::error(
                            &codes::NO_NAME,
                            wire.span,
                            format!(
                                "no Rust name can be made of the {what} `{}`",
                                shown(&wire.value)
                            ),
                        )
                        .help(self.way_out(
                            wire,
                            "choose one",
                            "choose one with letters",
                        )),
                    );
                    return self.poison();
                }
            },
        };
        let length = name.chars().count();
        if length > LONGEST && self.is_own() {
            diagnostics.push(
                Diagnostic::error(
                    &codes::BAD_NAME,
                    span,
                    format!("the name of the {what} has {length} letters"),
                )
                .label(format!("expected {LONGEST} at most"))
                .help("choose a shorter one, which only the specification knows"),
            );
            return self.poison();
        }
        if matches!(self.what, "group" | "provider") && is_device(&name) {
            diagnostics.push(
                Diagnostic::error(
                    &codes::BAD_NAME,
                    span,
                    format!("a {what} cannot be called `{}`", shown(&wire.value)),
                )
                .label("no file of this name can be on Windows")
                .help("choose another one, which only the specification knows"),
            );
            return self.poison();
        }
        match self.taken.get(&name).or_else(|| self.shared.get(&name)) {
            None => {
                self.taken.insert(name.clone(), Some(span));
            }
            Some(first) => {
                let mut diagnostic = Diagnostic::error(
                    &codes::NAME_COLLISION,
                    span,
                    format!(
                        "the {what} `{}` would be called `{}`, which is taken",
                        shown(&wire.value),
                        shown(&name)
                    ),
                )
                .help(self.way_out(
                    wire,
                    "choose another name",
                    "choose another name, which only the specification knows",
                ));
                diagnostic = match first {
                    Some(first) => {
                        diagnostic.related(*first, format!("`{}` is this one", shown(&name)))
                    }
                    None => diagnostic
                        .note(format!("`{}` is something that is generated here", shown(&name))),
                };
                diagnostics.push(diagnostic);
            }
        }
        name
    }

    /// Marks the names of something else as taken, where they were written.
    pub(crate) fn take<'n>(mut self, names: impl IntoIterator<Item = (&'n str, Span)>) -> Self {
        self.taken.extend(names.into_iter().map(|(name, span)| (name.to_owned(), Some(span))));
        self
    }

    fn bad_name(&self, chosen: &Text) -> Diagnostic {
        let article = if self.what.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
        let diagnostic = Diagnostic::error(
            &codes::BAD_NAME,
            chosen.span,
            format!("`{}` cannot be the name of {article} {}", shown(&chosen.value), self.what),
        );
        // Nobody who pastes a page of code wants its words joined.
        let near = rust_name(chosen.value.trim_start_matches("r#"), self.kind)
            .map(|near| near.trim_start_matches("r#").to_owned())
            .filter(|near| chosen.value.len() <= 40 && chosen_name(near, self.kind).is_some());
        match (near, self.kind) {
            (Some(near), _) => {
                let diagnostic = diagnostic.help(format!("did you mean `{near}`?"));
                let exact = (chosen.span.end - chosen.span.start) as usize == chosen.value.len();
                if exact { diagnostic.patch(chosen.span, near) } else { diagnostic }
            }
            (None, Kind::Value) => diagnostic.help("it is written in `snake_case`"),
            (None, Kind::Type | Kind::Variant) => diagnostic.help("it is written in `PascalCase`"),
        }
    }

    /// Whether names here are those of the specification alone, and none of the wire.
    fn is_own(&self) -> bool {
        !matches!(self.what, "value" | "field" | "parameter" | "variable" | "error")
    }

    /// How a person gives another name to something that has a name of the wire, and `own` for what
    /// is named by the specification alone.
    fn way_out(&self, wire: &Text, choose: &str, own: &str) -> String {
        match self.what {
            "value" => format!(
                "{choose}, in a mapping of all values: `enum: {{ {}: {{ name: SomeName }}, … }}`, where one of which \
                 there is nothing to say is `red: {{}}`",
                key(&wire.value)
            ),
            "field" | "parameter" | "variable" => {
                format!("{choose}: `{}: {{ type: …, name: some_name }}`", member_key(wire))
            }
            "error" => format!("{choose} after `as`: `nothing as SomeName`"),
            _ => own.to_owned(),
        }
    }

    /// A name that stands for none and is never printed, since an error has been reported.
    fn poison(&mut self) -> String {
        let name = format!("unnamed{}", self.taken.len());
        self.taken.insert(name.clone(), None);
        name
    }
}

/// Whether Windows has a device of this name, with whatever ending.
fn is_device(name: &str) -> bool {
    let numbered = |device: &str| {
        let number = name.strip_prefix(device).and_then(|rest| rest.parse::<u8>().ok());
        number.is_some_and(|number| (1..=9).contains(&number))
    };
    matches!(name, "con" | "prn" | "aux" | "nul") || numbered("com") || numbered("lpt")
}

/// A name of a member as its key, with the `?` that the name has not.
fn member_key(wire: &Text) -> String {
    let whole = (wire.span.end - wire.span.start) as usize;
    // Quotes come in pairs.
    if whole.saturating_sub(wire.value.len()) % 2 == 1 {
        key(&format!("{}?", wire.value))
    } else {
        key(&wire.value)
    }
}

/// A name as a key: in quotes where YAML wants them.
fn key(wire: &str) -> String {
    let plain = !wire.is_empty() && wire.chars().all(|c| c.is_alphanumeric() || "_-.".contains(c));
    if plain { shown(wire) } else { shown(&flow_text(wire)) }
}
