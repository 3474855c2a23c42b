//! Utility types of TypeScript, which make a type of another: `Omit<Order, 'id'>`, `Partial<Order>`.

use crate::diag::{Diagnostic, codes};
use crate::parse::shown;
use crate::source::Span;

/// Nobody puts more of them into each other.
const MAX_DEPTH: usize = 4;

/// What a utility type makes of a model.
pub(crate) struct Utility {
    /// The first of their names, as it is written.
    name: String,
    pub(crate) base: String,
    pub(crate) without: Vec<String>,
    pub(crate) all_optional: bool,
    /// Whether it says what remains and not what is left out.
    picks: bool,
}

impl Utility {
    /// What a type is, if it is one of these.
    pub(crate) fn of(text: &str) -> Option<Self> {
        Self::within(text, MAX_DEPTH)
    }

    fn within(text: &str, depth: usize) -> Option<Self> {
        let (name, rest) = text.trim().split_once('<')?;
        let inside = rest.strip_suffix('>').filter(|_| depth > 0)?;
        let (base, names) = split(inside);
        let mut of = Self::within(base, depth - 1).unwrap_or_else(|| Self {
            name: String::new(),
            base: base.trim().to_owned(),
            without: Vec::new(),
            all_optional: false,
            picks: false,
        });
        match (name, names.is_empty()) {
            ("Omit" | "Exclude" | "Without", false) => of.without.extend(names),
            ("Pick", false) => of.picks = true,
            ("Partial" | "DeepPartial", true) => of.all_optional = true,
            ("Required" | "Readonly" | "DeepReadonly" | "NonNullable" | "Mutable", true) => {}
            _ => return None,
        }
        name.clone_into(&mut of.name);
        Some(of)
    }

    /// The same where it cannot be a model of the specification, whose types have no quotes.
    pub(crate) fn quoted(text: &str) -> Option<Self> {
        Self::of(text).filter(|_| text.contains(['\'', '"', '|']))
    }

    /// What is said of it, where a model is defined or elsewhere.
    pub(crate) fn found(&self, span: Span, model: bool) -> Diagnostic {
        let found = Diagnostic::error(
            &codes::UNKNOWN_TYPE,
            span,
            format!("there is no type `{}`", shown(&self.name)),
        )
        .about([self.name.as_str()])
        .label("neither a scalar nor a model");
        let Some(like) = self.like() else {
            let base = self.base.as_str();
            return found.help(format!("did you mean `{}`?", shown(base))).patch(span, base);
        };
        if self.picks {
            return found
                .help(format!("a model says what it leaves out of another: `{}`", shown(&like)));
        }
        if model {
            return found
                .help(format!("a model like another is `{}`", shown(&like)))
                .patch(span, like);
        }
        found.help(format!(
            "a model like another has a name of its own: `models: {{ Some{}: {} }}`; say `Some{0}` here",
            shown(&self.base),
            shown(&like)
        ))
    }

    /// The model that it is, if it has other members than its base.
    fn like(&self) -> Option<String> {
        let mut like = format!("{{ like: {}", self.base);
        if self.picks {
            like.push_str(", without: […]");
        } else if !self.without.is_empty() {
            like.push_str(", without: [");
            like.push_str(&self.without.join(", "));
            like.push(']');
        }
        if self.all_optional {
            like.push_str(", optional: all");
        }
        like.push_str(" }");
        (self.picks || self.all_optional || !self.without.is_empty()).then_some(like)
    }
}

/// The first type inside, and the names of members behind it.
fn split(inside: &str) -> (&str, Vec<String>) {
    let mut depth = 0_i32;
    let comma = inside.char_indices().find(|(_, c)| {
        depth += match c {
            '<' => 1,
            '>' => -1,
            _ => 0,
        };
        *c == ',' && depth == 0
    });
    let Some((comma, _)) = comma else { return (inside, Vec::new()) };
    let marks = ['\'', '"', ' ', '[', ']', '(', ')'];
    let names = inside[comma + 1..].split([',', '|']).map(|name| name.trim_matches(marks));
    let names = names.filter(|name| !name.is_empty()).map(str::to_owned);
    (&inside[..comma], names.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utility_types_are_models_like_others() {
        let like = |text: &str| Utility::of(text).map(|it| it.like().unwrap_or(it.base));
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(like("Omit<Order, id>"), some("{ like: Order, without: [id] }"));
        assert_eq!(
            like("Partial<Omit<Order, 'id' | \"placed\">>"),
            some("{ like: Order, without: [id, placed], optional: all }")
        );
        assert_eq!(like("Pick<Order, 'id'>"), some("{ like: Order, without: […] }"));
        assert_eq!(like("Readonly<Order>"), some("Order"));
        assert_eq!(like("Omit<Order>"), None);
        assert_eq!(like("Page<Order>"), None);
        assert_eq!(like("Partial"), None);
        assert!(Utility::quoted("Omit<Order, id>").is_none());
        assert!(Utility::quoted("Omit<Order, 'id'>").is_some());
    }
}
