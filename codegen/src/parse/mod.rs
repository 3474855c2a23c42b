//! Nodes to syntax tree. Each item is read by itself, so that one bad item never hides another.

mod example;
mod member;
mod method;
mod model;
mod provider;
mod reader;
mod union;

pub(crate) use model::is_number;
pub(crate) use reader::quoted_list;

use crate::ast::Specification;
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::source::FileId;
use crate::yaml::{self, Node};
use reader::Keys;

/// The version of the language that this generator reads.
const LANGUAGE_VERSION: &str = "1";

/// Reads one file into `specification`.
pub(crate) fn file(
    file: FileId,
    text: &str,
    specification: &mut Specification,
    diagnostics: &mut Diagnostics,
) {
    let parsed = yaml::parse(file, text, diagnostics);
    specification.incomplete |= !parsed.complete;
    match parsed.node {
        Some(node) => root(&node, specification, diagnostics),
        None => specification.incomplete = true,
    }
}

fn root(node: &Node, specification: &mut Specification, diagnostics: &mut Diagnostics) {
    let Some(mut keys) = Keys::open("a specification", node, diagnostics) else {
        specification.incomplete = true;
        return;
    };
    version(&mut keys, node, diagnostics);
    provider::read(&mut keys, specification, diagnostics);
    for entry in keys.entries("models", diagnostics) {
        specification.models.push(model::read(entry, diagnostics));
    }
    for entry in keys.entries("methods", diagnostics) {
        if let Some(method) = method::read(entry, diagnostics) {
            specification.methods.push(method);
        }
    }
    keys.finish(diagnostics);
}

fn version(keys: &mut Keys<'_>, node: &Node, diagnostics: &mut Diagnostics) {
    match keys.text("clientwright", diagnostics) {
        Some(version) if version.value == LANGUAGE_VERSION => {}
        Some(version) => diagnostics.push(
            Diagnostic::error(
                &codes::LANGUAGE_VERSION,
                version.span,
                format!("version `{}` of the language is not known", version.value),
            )
            .label(format!("this generator reads version {LANGUAGE_VERSION}"))
            .help("a newer specification needs a newer clientwright"),
        ),
        None => diagnostics.push(
            Diagnostic::error(
                &codes::LANGUAGE_VERSION,
                crate::source::Span::new(node.span.file, node.span.start, node.span.start),
                "the file does not say which version of the language it is written in",
            )
            .help(format!("begin the file with `clientwright: {LANGUAGE_VERSION}`")),
        ),
    }
}
