//! Types, and what stands behind them.

use super::{Names, Offer, Step, Suggestion};
use crate::schema::kind::Named;
use crate::schema::words::{FLAGS, TYPES};
use crate::symbols::Kind;

/// The documentation of a word that is a type.
pub(super) fn doc(word: &str) -> Option<&'static str> {
    TYPES.iter().find(|(known, ..)| *known == word).map(|(_, doc, _)| *doc)
}

/// What belongs to the name of a type at the end of a text.
pub(super) fn word(text: &str) -> &str {
    let end = |c: char| !(c.is_alphanumeric() || matches!(c, '_' | '.'));
    text.rfind(end).map_or(text, |at| text[at..].trim_start_matches(end))
}

/// What stands before the word.
enum Place {
    /// A type begins here; behind `|` one may be null.
    Type { choice: bool, link: bool },
    /// A type has ended.
    Behind,
    /// A number, a documentation.
    Other,
}

fn place(before: &str) -> Place {
    if before.contains(" -- ") {
        return Place::Other;
    }
    let lead = &before[..before.len() - word(before).len()];
    let trimmed = lead.trim_end();
    match trimmed.chars().next_back() {
        None => Place::Type { choice: false, link: false },
        Some(last @ ('<' | ',' | '|')) => {
            Place::Type { choice: last == '|', link: trimmed.ends_with("link<") }
        }
        Some('(' | '-') => Place::Other,
        Some(_) if lead.len() > trimmed.len() => Place::Behind,
        Some(_) => Place::Other,
    }
}

impl Names<'_> {
    pub(super) fn types(&self, named: Named) -> Vec<Suggestion> {
        match place(&self.spot.before) {
            Place::Other => Vec::new(),
            Place::Type { link: true, .. } => self.of_kind(Kind::Method),
            Place::Behind => {
                let flag =
                    |(flag, doc): &(&str, &str)| Suggestion::new(Offer::Word, *flag).doc(*doc);
                match named {
                    Named::Member => FLAGS.iter().map(flag).collect(),
                    // A body is in requests only, whoever sets it.
                    Named::Sent | Named::Part => {
                        FLAGS.iter().filter(|(it, _)| *it != "read").map(flag).collect()
                    }
                    // Parameters are in requests only.
                    Named::Parameter => FLAGS
                        .iter()
                        .filter(|(it, _)| !matches!(*it, "read" | "write"))
                        .map(flag)
                        .collect(),
                    Named::Answer | Named::Error => {
                        let name = "What the variant is called: `User as Found`.";
                        vec![Suggestion::new(Offer::Word, "as").doc(name)]
                    }
                    _ => Vec::new(),
                }
            }
            Place::Type { choice, .. } => {
                let mut found = self.open();
                found.extend(self.of_kind(Kind::Model));
                let words = TYPES.iter().filter(|(.., places)| places.has(named));
                found.extend(
                    words.map(|(word, doc, _)| Suggestion::new(Offer::Type, *word).doc(*doc)),
                );
                let null = Suggestion::new(Offer::Type, "null").doc("May be null.");
                found.extend(choice.then_some(null));
                found
            }
        }
    }

    /// The types that the model at hand leaves open.
    fn open(&self) -> Vec<Suggestion> {
        let Some([Step::Key(section), Step::Key(model)]) = self.spot.path.get(..2) else {
            return Vec::new();
        };
        let list = model.split_once('<').and_then(|(_, rest)| rest.trim_end().strip_suffix('>'));
        let names = list.filter(|_| section == "models").unwrap_or_default().split(',');
        let names = names.map(str::trim).filter(|name| !name.is_empty());
        names.map(|name| Suggestion::new(Offer::Name(Kind::TypeParameter), name)).collect()
    }
}
