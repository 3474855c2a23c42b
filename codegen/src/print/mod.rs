//! Tokens to text: the only place that knows how Rust source is laid out.
//!
//! Items are laid out by prettyplease, but for some chains of calls. Tables, the rows of the runtime's macros, are laid
//! out here, since a formatter cannot know what their rows are. rustfmt never touches the result, whose bytes must not
//! depend on a toolchain.

mod chains;
mod compact;
mod layout;
mod literal;
mod table;

use std::fmt::Write as _;

use proc_macro2::TokenStream;

use crate::output::{Files, HEADER};
pub(crate) use table::{Row, Table};

/// A generated file.
pub(crate) struct File {
    /// Its path below the module of the provider.
    pub(crate) path: String,
    /// Its documentation, a line each.
    pub(crate) docs: Vec<String>,
    pub(crate) pieces: Vec<Piece>,
}

/// A part of a file. A blank line stands between two of them.
pub(crate) enum Piece {
    /// One item, or several `use` and `mod` lines that belong together.
    Items(TokenStream),
    Table(Table),
    /// Pieces inside a macro, of which `head` is the first line.
    Inside {
        macro_path: String,
        head: String,
        pieces: Vec<Piece>,
    },
}

/// Prints files.
pub(crate) fn files(files: Vec<File>) -> Files {
    let mut printed = Files::new();
    for file in files {
        let (path, text) = print(file);
        if printed.contains_key(&path) {
            // A module has its name alone: this is a mistake of the generator.
            unreachable!("two files are called {path}");
        }
        printed.insert(path, text);
    }
    printed
}

fn print(file: File) -> (String, String) {
    let mut out = format!("{HEADER}\n\n");
    for line in &file.docs {
        doc_line(&mut out, "//!", line);
    }
    lay_out(file.pieces, &mut out);
    (file.path, out)
}

fn lay_out(pieces: Vec<Piece>, out: &mut String) {
    let mut previous_is_item = false;
    for piece in pieces {
        match piece {
            Piece::Items(tokens) if tokens.is_empty() => continue,
            Piece::Items(tokens) => {
                out.push('\n');
                layout::spread(&chains::rejoin(&items(&tokens)), out);
                previous_is_item = true;
            }
            Piece::Table(table) => {
                if !previous_is_item || !table.attached {
                    out.push('\n');
                }
                table.print(out);
                previous_is_item = false;
            }
            Piece::Inside { macro_path, head, pieces } => {
                let mut inner = String::new();
                lay_out(pieces, &mut inner);
                // A comment stands with what it is about.
                let inner = if head.starts_with("//") { inner.trim_start() } else { &inner };
                let text = format!("{head}\n{inner}");
                let _ = writeln!(out, "\n{macro_path}! {{");
                for line in text.lines() {
                    let indent = if line.is_empty() { "" } else { "    " };
                    let _ = writeln!(out, "{indent}{line}");
                }
                out.push_str("}\n");
                previous_is_item = false;
            }
        }
    }
}

/// A line of documentation, without a space at the end of an empty one. Whatever ends a line in spite of all cares
/// before does not end the comment.
fn doc_line(out: &mut String, mark: &str, line: &str) {
    for line in line.split(['\n', '\r']) {
        let space = if line.is_empty() { "" } else { " " };
        let _ = writeln!(out, "{mark}{space}{line}");
    }
}

/// Items, without blank lines between them.
fn items(tokens: &TokenStream) -> String {
    match syn::parse2(tokens.clone()) {
        Ok(file) => prettyplease::unparse(&file),
        // Whatever passes the checks can be emitted: this is a mistake of the generator, and the text
        // of the item is what finding it needs.
        Err(error) => unreachable!("generated item is no Rust ({error}): {tokens}"),
    }
}
