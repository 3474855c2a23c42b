//! Tables: calls of the runtime's macros, a row a line.

use std::fmt::Write as _;

use proc_macro2::{Literal, TokenStream};

use super::compact::compact;
use super::doc_line;

/// A call of a macro whose rows describe a type.
pub(crate) struct Table {
    /// The macro's name in the runtime.
    pub(crate) name: &'static str,
    /// The type.
    pub(crate) of: TokenStream,
    pub(crate) rows: Vec<Row>,
    /// It describes the type right before it, without a blank line between them.
    pub(crate) attached: bool,
    /// A word after the rows.
    pub(crate) mode: Option<&'static str>,
}

/// A row of a table.
pub(crate) enum Row {
    /// `id: Required = "id" | "Id",`
    Member { ident: TokenStream, mode: TokenStream, wires: Vec<String> },
    /// `<"@id", "lines/line">,`
    Xml { facts: Vec<String> },
    /// `["userId", "userExternalId"]: ExactlyOne,`
    Among { wires: Vec<String>, count: &'static str },
    /// `"tier" = "enterprise",`
    Constant { wire: String, value: TokenStream },
    /// `..undeclared`
    Undeclared { ident: TokenStream },
    /// `OutboundStatus = "outbound-status",`
    Value { ident: TokenStream, wires: Vec<String> },
    /// `Text(TextMessage) = "text",`, `Text(String),`, `Digest<Base64>(runtime::Bytes) = "digest",`
    Variant {
        ident: TokenStream,
        codec: Option<TokenStream>,
        from: Option<TokenStream>,
        wires: Vec<String>,
    },
    /// `MultipleChoices = 300 "MultipleChoices" | "Ambiguous",`
    Number { ident: TokenStream, number: String, names: Vec<String> },
    /// `take: i32,` with its documentation; `patch` for three states.
    Setter { docs: Vec<String>, patch: bool, ident: TokenStream, ty: TokenStream },
}

impl Table {
    /// Appends the macro call.
    pub(super) fn print(&self, out: &mut String) {
        let of = compact(&self.of);
        if self.rows.is_empty() {
            let _ = writeln!(out, "runtime::{}! {{\n    {of} {{}}\n}}", self.name);
            return;
        }
        let _ = writeln!(out, "runtime::{}! {{\n    {of} {{", self.name);
        for row in &self.rows {
            row.print(out);
        }
        match self.mode {
            Some(mode) => {
                let _ = writeln!(out, "    }} {mode}\n}}");
            }
            None => out.push_str("    }\n}\n"),
        }
    }
}

impl Row {
    fn print(&self, out: &mut String) {
        let line = match self {
            Self::Member { ident, mode, wires } => {
                format!("{}: {} = {},", compact(ident), compact(mode), alternatives(wires))
            }
            Self::Xml { facts } => format!("<{}>,", quoted(facts).join(", ")),
            Self::Among { wires, count } => {
                format!("[{}]: {count},", quoted(wires).join(", "))
            }
            Self::Constant { wire, value } => {
                format!("{} = {},", Literal::string(wire), value)
            }
            Self::Undeclared { ident } => format!("..{}", compact(ident)),
            Self::Value { ident, wires } => {
                format!("{} = {},", compact(ident), alternatives(wires))
            }
            Self::Variant { ident, codec, from, wires } => {
                let codec = codec.as_ref().map(|codec| format!("<{}>", compact(codec)));
                let from = from.as_ref().map(|ty| format!("({})", compact(ty)));
                let wires = if wires.is_empty() {
                    String::new()
                } else {
                    format!(" = {}", alternatives(wires))
                };
                let (codec, from) = (codec.unwrap_or_default(), from.unwrap_or_default());
                format!("{}{codec}{from}{wires},", compact(ident))
            }
            Self::Number { ident, number, names } if names.is_empty() => {
                format!("{} = {number},", compact(ident))
            }
            Self::Number { ident, number, names } => {
                format!("{} = {number} {},", compact(ident), alternatives(names))
            }
            Self::Setter { docs, patch, ident, ty } => {
                for line in docs {
                    out.push_str("        ");
                    doc_line(out, "///", line);
                }
                let patch = if *patch { "patch " } else { "" };
                format!("{patch}{}: {},", compact(ident), compact(ty))
            }
        };
        let _ = writeln!(out, "        {line}");
    }
}

/// `"a" | "b"`
fn alternatives(texts: &[String]) -> String {
    quoted(texts).join(" | ")
}

fn quoted(texts: &[String]) -> Vec<String> {
    texts.iter().map(|text| Literal::string(text).to_string()).collect()
}
