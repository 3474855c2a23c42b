//! What an editor asks about a place or a file.

use std::collections::HashSet;
use std::path::PathBuf;

use clientwright_codegen::complete::{Offer, complete, describe};
use clientwright_codegen::format::format;
use clientwright_codegen::source::Source;
use clientwright_codegen::symbols::{Item, Kind, Symbols, outline};
use serde_json::{Value, json};

use super::text::Lines;
use super::workspace::{Locator, Place, Workspace, file_of, path, position};
use super::{Answer, Failure, publish};

/// So many symbols of a workspace are listed.
const MOST: usize = 500;

impl Workspace {
    pub(super) fn answer(&mut self, method: &str, params: &Value) -> Answer {
        if method == "workspace/symbol" {
            return Ok(self.symbols(params.get("query").and_then(Value::as_str).unwrap_or("")));
        }
        let about_place = matches!(
            method,
            "textDocument/definition"
                | "textDocument/references"
                | "textDocument/documentHighlight"
                | "textDocument/hover"
                | "textDocument/completion"
                | "textDocument/prepareRename"
                | "textDocument/rename"
        );
        if about_place && position(params).is_none() {
            return Err(Failure::params("position"));
        }
        match method {
            "textDocument/definition" => Ok(self.definition(params)),
            "textDocument/references" => Ok(self.references(params)),
            "textDocument/documentHighlight" => Ok(self.highlights(params)),
            "textDocument/hover" => Ok(self.hover(params)),
            "textDocument/completion" => Ok(self.completion(params)),
            "textDocument/prepareRename" => self.prepare_rename(params),
            "textDocument/rename" => self.rename(params),
            "textDocument/formatting" => self.formatting(params),
            "textDocument/codeAction" => self.actions(params),
            _ => {
                let message = format!("`{method}` is not known");
                Err(Failure::new(Failure::METHOD_NOT_FOUND, message))
            }
        }
    }

    fn definition(&mut self, params: &Value) -> Value {
        let mut found: Vec<Value> = Vec::new();
        for place in self.places(params) {
            let Some(looked) = self.looked(place.specification) else { continue };
            let symbols = &looked.inspection.symbols;
            if let Some(it) = symbols.at(place.file, place.offset) {
                let mut locator = Locator::new(self, &looked.inspection.report);
                let location = locator.location(symbols.list()[it.symbol].span);
                if !found.contains(&location) {
                    found.push(location);
                }
            }
        }
        Value::Array(found)
    }

    fn references(&mut self, params: &Value) -> Value {
        let declared = params.pointer("/context/includeDeclaration") != Some(&Value::Bool(false));
        let mut found: Vec<Value> = Vec::new();
        let Some(place) = self.places(params).into_iter().next() else { return json!([]) };
        let target = self.looked(place.specification).and_then(|looked| {
            let symbols = &looked.inspection.symbols;
            let symbol = &symbols.list()[symbols.at(place.file, place.offset)?.symbol];
            let path = PathBuf::from(looked.inspection.report.sources.name(symbol.span.file));
            Some((path, symbol.span.start, symbol.kind))
        });
        let Some((path, start, kind)) = target else { return json!([]) };
        let mut known: HashSet<String> = HashSet::new();
        for at in self.with(|file| file == path) {
            self.look(at);
            let Some(looked) = self.looked(at) else { continue };
            let inspection = &looked.inspection;
            let Some(file) = file_of(inspection, &path) else { continue };
            let mut all = inspection.symbols.list().iter();
            let symbol = all
                .position(|it| it.kind == kind && it.span.file == file && it.span.start == start);
            let Some(symbol) = symbol else { continue };
            let mut locator = Locator::new(self, &inspection.report);
            for it in inspection.symbols.places(symbol).filter(|it| declared || !it.definition) {
                let location = locator.location(it.span);
                if known.insert(location.to_string()) {
                    found.push(location);
                }
            }
        }
        Value::Array(found)
    }

    fn highlights(&mut self, params: &Value) -> Value {
        let Some(place) = self.places(params).into_iter().next() else { return json!([]) };
        let Some(looked) = self.looked(place.specification) else { return json!([]) };
        let inspection = &looked.inspection;
        let Some(it) = inspection.symbols.at(place.file, place.offset) else { return json!([]) };
        let here = inspection.symbols.places(it.symbol).filter(|it| it.span.file == place.file);
        let mut locator = Locator::new(self, &inspection.report);
        here.map(|it| json!({ "range": locator.range(it.span), "kind": 1 })).collect()
    }

    fn hover(&mut self, params: &Value) -> Value {
        let places = self.places(params);
        let found = places.iter().find_map(|place| self.hover_name(place));
        found.or_else(|| self.hover_word(params)).unwrap_or_default()
    }

    fn hover_name(&self, place: &Place) -> Option<Value> {
        let inspection = &self.looked(place.specification)?.inspection;
        let it = inspection.symbols.at(place.file, place.offset)?;
        let symbol = &inspection.symbols.list()[it.symbol];
        let mut text = match symbol.shape.as_str() {
            "" => format!("{}: `{}`", symbol.kind.noun(), symbol.name),
            shape => format!("```yaml\n{shape}\n```"),
        };
        if !symbol.doc.is_empty() {
            text.push_str("\n\n");
            text.push_str(&symbol.doc);
        }
        let range = Locator::new(self, &inspection.report).range(it.span);
        Some(hover(&text, &range))
    }

    /// A key or a type of the language.
    fn hover_word(&self, params: &Value) -> Option<Value> {
        let (path, line, column) = position(params)?;
        let text = self.text(&path)?;
        let lines = self.lines(&path, &text);
        let (span, doc) = describe(&text, lines.offset(line, column))?;
        self.is_part(&path).then(|| hover(&doc, &lines.span(span)))
    }

    fn completion(&mut self, params: &Value) -> Value {
        let Some((path, line, column)) = position(params) else { return Value::Null };
        let found = self.with(|file| file == path).into_iter().next();
        if let Some(at) = found {
            self.look(at);
        }
        let Some(text) = self.text(&path).filter(|_| self.is_part(&path)) else { return json!([]) };
        let lines = self.lines(&path, &text);
        let offset = lines.offset(line, column);
        let none = Symbols::default();
        let inspection = found.and_then(|at| self.looked(at)).map(|looked| &looked.inspection);
        let symbols = inspection.map_or(&none, |inspection| &inspection.symbols);
        let file = inspection.and_then(|inspection| file_of(inspection, &path));
        let found = complete(&text, offset, symbols, file.unwrap_or_default());
        let range = lines.range(found.start, offset);
        let item = |(at, one): (usize, clientwright_codegen::complete::Suggestion)| {
            let mut item = json!({
                "label": one.label,
                "kind": offer(one.offer),
                "sortText": format!("{at:05}"),
                "textEdit": { "range": range, "newText": one.insert },
            });
            if !one.detail.is_empty() {
                item["detail"] = json!(one.detail);
            }
            if !one.doc.is_empty() {
                item["documentation"] = json!({ "kind": "markdown", "value": one.doc });
            }
            item
        };
        found.suggestions.into_iter().enumerate().map(item).collect()
    }

    fn formatting(&self, params: &Value) -> Answer {
        let path = path(params).ok_or_else(|| Failure::params("textDocument"))?;
        let Some(text) = self.text(&path).filter(|_| self.is_part(&path)) else {
            return Ok(Value::Null);
        };
        let source = Source { name: path.to_string_lossy().into_owned(), text };
        // Its faults are shown already.
        let Ok(laid) = format(&source) else { return Ok(Value::Null) };
        let text = &source.text;
        let laid = if text.contains("\r\n") { laid.replace('\n', "\r\n") } else { laid };
        if laid == *text {
            return Ok(json!([]));
        }
        let (start, end) = difference(text, &laid);
        let range = self.lines(&path, text).range(start, text.len() - end);
        Ok(json!([{ "range": range, "newText": laid[start..laid.len() - end] }]))
    }

    /// What mends findings: their patches.
    fn actions(&mut self, params: &Value) -> Answer {
        let path = path(params).ok_or_else(|| Failure::params("textDocument"))?;
        let place = |end: &str| {
            let at = |key: &str| params.pointer(&format!("/range/{end}/{key}"))?.as_u64();
            Some((at("line")?, at("character")?))
        };
        let range = place("start").zip(place("end"));
        let (start, end) = range.ok_or_else(|| Failure::params("range"))?;
        let mut found: Vec<Value> = Vec::new();
        for at in self.with(|file| file == path) {
            self.look(at);
            let Some(looked) = self.looked(at) else { continue };
            let report = &looked.inspection.report;
            let Some(file) = file_of(&looked.inspection, &path) else { continue };
            let lines = self.lines(&path, report.sources.text(file));
            let offset = |(line, column)| lines.offset(line, column);
            let (start, end) = (offset(start), offset(end));
            let mut locator = Locator::new(self, report);
            for one in report.diagnostics.iter().filter(|one| one.span.file == file) {
                let Some(patch) = &one.patch else { continue };
                if (one.span.end as usize) < start || end < one.span.start as usize {
                    continue;
                }
                let diagnostic = publish::shown(&mut locator, one);
                let (uri, range) = locator.place(patch.span);
                let edit = json!({ "range": range, "newText": patch.text });
                let action = json!({
                    "title": title(patch),
                    "kind": "quickfix",
                    "diagnostics": [diagnostic],
                    "isPreferred": true,
                    "edit": { "changes": { uri: [edit] } },
                });
                if !found.contains(&action) {
                    found.push(action);
                }
            }
        }
        Ok(Value::Array(found))
    }

    pub(super) fn document_symbols(&self, params: &Value, nested: bool) -> Answer {
        let path = path(params).ok_or_else(|| Failure::params("textDocument"))?;
        let Some(text) = self.text(&path).filter(|_| self.is_part(&path)) else {
            return Ok(json!([]));
        };
        let lines = self.lines(&path, &text);
        let items = outline(&text);
        if nested {
            return Ok(items.iter().map(|item| tree(item, &lines)).collect());
        }
        let mut flat = Vec::new();
        flatten(&items, &self.uri(&path), &lines, &mut flat);
        Ok(Value::Array(flat))
    }

    /// What is defined anywhere.
    fn symbols(&mut self, query: &str) -> Value {
        let query = query.to_lowercase();
        let mut found: Vec<Value> = Vec::new();
        for at in self.with(|_| true) {
            self.look(at);
            let Some(looked) = self.looked(at) else { continue };
            let mut locator = Locator::new(self, &looked.inspection.report);
            for symbol in looked.inspection.symbols.list() {
                let skipped = matches!(
                    symbol.kind,
                    Kind::File | Kind::TypeParameter | Kind::Alternative | Kind::Member
                );
                if skipped || !symbol.name.to_lowercase().contains(&query) {
                    continue;
                }
                let location = locator.location(symbol.span);
                let kind = symbol_kind(Some(symbol.kind));
                let one = json!({ "name": symbol.name, "kind": kind, "location": location });
                if !found.contains(&one) {
                    found.push(one);
                }
                if found.len() == MOST {
                    return Value::Array(found);
                }
            }
        }
        Value::Array(found)
    }
}

fn hover(text: &str, range: &Value) -> Value {
    json!({ "contents": { "kind": "markdown", "value": text }, "range": range })
}

fn title(patch: &clientwright_codegen::diag::Patch) -> String {
    let text: String = patch.text.chars().take(60).collect();
    if text.is_empty() { "delete this".to_owned() } else { format!("change to `{text}`") }
}

/// How many bytes two texts have in common at their start and at their end, in whole lines.
fn difference(old: &str, new: &str) -> (usize, usize) {
    let lines = |a: &mut dyn Iterator<Item = (&str, &str)>| {
        a.take_while(|(a, b)| a == b).map(|(a, _)| a.len()).sum::<usize>()
    };
    let (olds, news) = (|| old.split_inclusive('\n'), || new.split_inclusive('\n'));
    let start = lines(&mut olds().zip(news()));
    let most = old.len().min(new.len()) - start;
    let end = lines(&mut olds().rev().zip(news().rev()));
    (start, if end <= most { end } else { 0 })
}

fn tree(item: &Item, lines: &Lines<'_>) -> Value {
    let children: Vec<Value> = item.children.iter().map(|child| tree(child, lines)).collect();
    json!({
        "name": item.name,
        "detail": item.detail,
        "kind": symbol_kind(item.kind),
        "range": lines.span(item.span),
        "selectionRange": lines.span(item.key),
        "children": children,
    })
}

fn flatten(items: &[Item], uri: &str, lines: &Lines<'_>, out: &mut Vec<Value>) {
    for item in items {
        let location = json!({ "uri": uri, "range": lines.span(item.span) });
        let kind = symbol_kind(item.kind);
        out.push(json!({ "name": item.name, "kind": kind, "location": location }));
        flatten(&item.children, uri, lines, out);
    }
}

/// The numbers of the protocol for symbols.
fn symbol_kind(kind: Option<Kind>) -> u8 {
    match kind {
        None => 8,
        Some(Kind::Model) => 23,
        Some(Kind::Method) => 6,
        Some(Kind::Group) => 3,
        Some(Kind::TypeParameter) => 26,
        Some(Kind::PathType) => 13,
        Some(Kind::Alternative) => 22,
        Some(Kind::Member) => 8,
        Some(Kind::Use | Kind::File) => 2,
        Some(Kind::Auth | Kind::Server | Kind::Pager | Kind::Source) => 14,
    }
}

/// The numbers of the protocol for what completes.
fn offer(offer: Offer) -> u8 {
    match offer {
        Offer::Key => 10,
        Offer::Word => 14,
        Offer::Type => 25,
        Offer::Name(Kind::Model) => 22,
        Offer::Name(Kind::Method) => 2,
        Offer::Name(Kind::TypeParameter) => 25,
        Offer::Name(Kind::Alternative) => 20,
        Offer::Name(Kind::Use | Kind::Group) => 9,
        Offer::Name(_) => 18,
    }
}

#[cfg(test)]
mod tests {
    use super::difference;

    #[test]
    fn only_lines_that_differ_are_changed() {
        for (old, new, expected) in [
            ("a\nb\nc\n", "a\nB\nc\n", (2, 2)),
            ("a\na\n", "a\n", (2, 0)),
            ("a\n", "a\na\n", (2, 0)),
            ("", "a\n", (0, 0)),
            ("a", "a\n", (0, 0)),
        ] {
            let (start, end) = difference(old, new);
            assert_eq!((start, end), expected, "{old:?} {new:?}");
            let changed = format!(
                "{}{}{}",
                &old[..start],
                &new[start..new.len() - end],
                &old[old.len() - end..]
            );
            assert_eq!(changed, new);
        }
    }
}
