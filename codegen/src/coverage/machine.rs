//! The report for programs.

use super::{Coverage, Item};
use crate::json_text::json_text;

impl Coverage {
    /// One object: the `title`, a list each of `methods`, `models` and `events`, the names of those
    /// `without_whole_example`, and what is `assumed` and `incomplete`.
    #[must_use]
    pub fn json(&self) -> String {
        let items = |items: &[Item]| list(items.iter().map(item));
        let reasons = |pairs: &[(String, String)]| {
            list(pairs.iter().map(|(item, text)| {
                format!("{{\"item\":{},\"text\":{}}}", json_text(item), json_text(text))
            }))
        };
        format!(
            "{{\"title\":{},\"methods\":{},\"models\":{},\"events\":{},\
             \"without_whole_example\":{},\"assumed\":{},\"incomplete\":{}}}\n",
            json_text(&self.title),
            items(&self.methods),
            items(&self.models),
            items(&self.events),
            list(self.without_evidence().map(json_text)),
            reasons(&self.assumed),
            reasons(&self.incomplete)
        )
    }
}

fn item(item: &Item) -> String {
    let or_null = |text: &Option<String>| text.as_deref().map_or("null".to_owned(), json_text);
    format!(
        "{{\"name\":{},\"route\":{},\"sdk\":{},\"source\":{},\"checked\":{},\"members\":{},\
         \"examples\":{},\"shown\":{},\"whole\":{}}}",
        json_text(&item.name),
        or_null(&item.route),
        or_null(&item.sdk),
        or_null(&item.source),
        or_null(&item.checked),
        list(item.members.iter().map(|name| json_text(name))),
        item.examples,
        item.shown,
        item.whole
    )
}

fn list(items: impl Iterator<Item = String>) -> String {
    format!("[{}]", items.collect::<Vec<_>>().join(","))
}
