//! Tokens to text: the only place that knows how Rust source is laid out.
//!
//! Items go through syn and prettyplease. Tables, the rows of the runtime's macros, are laid out here,
//! since a formatter cannot know what their rows are. rustfmt never touches the result, whose bytes
//! must not depend on a toolchain.

mod compact;
mod layout;
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
}

/// Prints files.
pub(crate) fn files(files: Vec<File>) -> Files {
    files.into_iter().map(|file| (file.path.clone(), print(&file))).collect()
}

fn print(file: &File) -> String {
    let mut out = format!("{HEADER}\n\n");
    for line in &file.docs {
        doc_line(&mut out, "//!", line);
    }
    let mut previous_is_item = false;
    for piece in &file.pieces {
        match piece {
            Piece::Items(tokens) if tokens.is_empty() => continue,
            Piece::Items(tokens) => {
                out.push('\n');
                out.push_str(&items(tokens));
            }
            Piece::Table(table) => {
                if !previous_is_item || !table.attached {
                    out.push('\n');
                }
                table.print(&mut out);
            }
        }
        previous_is_item = matches!(piece, Piece::Items(_));
    }
    out
}

/// A line of documentation, without a space at the end of an empty one. Whatever ends a line in spite of all cares
/// before does not end the comment.
fn doc_line(out: &mut String, mark: &str, line: &str) {
    for line in line.split(['\n', '\r']) {
        let space = if line.is_empty() { "" } else { " " };
        let _ = writeln!(out, "{mark}{space}{line}");
    }
}

fn items(tokens: &TokenStream) -> String {
    match syn::parse2::<syn::File>(tokens.clone()) {
        Ok(file) => layout::spread(&prettyplease::unparse(&file)),
        // Whatever passes the checks can be emitted: this is a mistake of the generator, and the text
        // of the item is what finding it needs.
        Err(error) => unreachable!("generated item is no Rust ({error}): {tokens}"),
    }
}
