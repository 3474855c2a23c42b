//! The report in words.

use std::fmt;

use super::table::Table;
use super::{Coverage, Item};

impl fmt::Display for Coverage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sum =
            |items: &[Item], count: fn(&Item) -> usize| items.iter().map(count).sum::<usize>();
        let members = sum(&self.models, |item| item.members.len());
        let examples =
            sum(&self.methods, |item| item.examples) + sum(&self.events, |item| item.examples);
        let (methods, models) = (self.methods.len(), self.models.len());
        let events = self.events.len();
        writeln!(
            f,
            "{}: {methods} methods, {models} models with {members} members, {events} events, \
             {examples} examples\n",
            self.title
        )?;
        let mut table = Table::new(["method", "in the SDK", "source", "checked", "examples"]);
        self.methods.iter().for_each(|item| table.row(row(item, examples_of(item))));
        table.fmt(f)?;
        let mut table = Table::new(["model", "in the SDK", "source", "checked", "members"]);
        self.models.iter().for_each(|item| table.row(row(item, item.members.join(", "))));
        table.fmt(f)?;
        if !self.events.is_empty() {
            let mut table = Table::new(["event", "in the SDK", "source", "checked", "examples"]);
            self.events.iter().for_each(|item| table.row(row(item, examples_of(item))));
            table.fmt(f)?;
        }
        list(f, "without a whole example", self.without_evidence().map(|name| (name, "")))?;
        list(f, "assumed", borrowed(&self.assumed))?;
        list(f, "incomplete", borrowed(&self.incomplete))
    }
}

fn row(item: &Item, last: String) -> impl Iterator<Item = String> {
    let text = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".to_owned());
    let cells = [item.name.clone(), text(&item.sdk), text(&item.source), text(&item.checked), last];
    cells.into_iter()
}

fn examples_of(item: &Item) -> String {
    match (item.examples, item.shown) {
        (0, _) => "none".to_owned(),
        (count, shown) => format!("{count}, {shown} from a source"),
    }
}

fn borrowed(pairs: &[(String, String)]) -> impl Iterator<Item = (&str, &str)> {
    pairs.iter().map(|(name, text)| (name.as_str(), text.as_str()))
}

/// A list under a heading, nothing if it is empty.
fn list<'t>(
    f: &mut fmt::Formatter<'_>,
    heading: &str,
    items: impl Iterator<Item = (&'t str, &'t str)>,
) -> fmt::Result {
    let mut items = items.peekable();
    if items.peek().is_none() {
        return Ok(());
    }
    writeln!(f, "{heading}:")?;
    for (name, text) in items {
        let words: Vec<&str> = text.split_whitespace().collect();
        let colon = if words.is_empty() { "" } else { ": " };
        writeln!(f, "  {name}{colon}{}", words.join(" "))?;
    }
    writeln!(f)
}
