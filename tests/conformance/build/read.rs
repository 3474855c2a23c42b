//! What generated code offers, read from its text.

use quote::ToTokens;
use std::fs;
use std::path::Path;
use syn::{FnArg, ImplItem, Item, ItemImpl, Pat, Type};

use crate::Result;

/// A generated client.
pub(crate) struct Provider {
    pub(crate) module: String,
    pub(crate) requests: Vec<Request>,
    /// Methods of the builder.
    pub(crate) settings: Vec<Function>,
    /// Methods of the client that take a token, and those that take a code.
    pub(crate) with_token: Vec<String>,
    pub(crate) with_code: Vec<String>,
}

/// A request struct.
pub(crate) struct Request {
    /// The module it stands in.
    pub(crate) group: String,
    pub(crate) ident: String,
    /// `group.method`, as the specification calls it.
    pub(crate) name: String,
    pub(crate) fields: Vec<(String, Type)>,
    pub(crate) output: Shape,
    pub(crate) error: Shape,
    /// The item of its pages.
    pub(crate) item: Option<Shape>,
    /// What comes bit by bit, if anything does.
    pub(crate) stream: Option<Stream>,
}

/// How an answer comes bit by bit.
pub(crate) struct Stream {
    /// What each bit is: `bytes`, `line` or `event`.
    pub(crate) bit: &'static str,
    /// Whether there may be nothing in its place.
    pub(crate) optional: bool,
}

/// How a value is shown.
pub(crate) enum Shape {
    /// As serde writes it.
    Serde,
    Bytes,
    OptionalBytes,
    /// A list of events.
    Events,
    Never,
    /// An enum of the module: its name, and its variants, each with whether it holds something.
    Enum(String, Vec<(String, bool)>),
}

/// A function, with the names and types of its arguments.
pub(crate) struct Function {
    pub(crate) name: String,
    pub(crate) arguments: Vec<(String, String)>,
    returns_self: bool,
}

pub(crate) fn provider(out: &Path, module: &str) -> Result<Provider> {
    let mut provider = Provider {
        module: module.to_owned(),
        requests: Vec::new(),
        settings: common_settings(),
        with_token: Vec::new(),
        with_code: Vec::new(),
    };
    let mut files: Vec<_> = fs::read_dir(out.join(module))?.collect::<std::io::Result<_>>()?;
    files.sort_by_key(fs::DirEntry::file_name);
    for file in files {
        let group = crate::stem(&file.path());
        let file = syn::parse_file(&fs::read_to_string(file.path())?)?;
        if group == "client" {
            file.items.iter().for_each(|item| provider.read_client(item));
        } else {
            provider.read_group(&group, &file.items);
        }
    }
    Ok(provider)
}

/// The methods of all builders that a case can call, which `client_builder!` of the runtime writes.
fn common_settings() -> Vec<Function> {
    let text = "implInto<String>";
    let settings: [(&str, &[(&str, &str)]); 8] = [
        ("allow_http", &[]),
        ("timeout", &[("timeout", "Duration")]),
        ("attempt_timeout", &[("timeout", "Duration")]),
        ("connect_timeout", &[("timeout", "Duration")]),
        ("retry", &[("retry", "runtime::Retry")]),
        ("max_answer", &[("bytes", "usize")]),
        ("user_agent", &[("user_agent", text)]),
        ("header", &[("name", text), ("value", text)]),
    ];
    let owned = |(name, ty): &(&str, &str)| ((*name).to_owned(), (*ty).to_owned());
    let function = |(name, arguments): (&str, &[(&str, &str)])| Function {
        name: name.to_owned(),
        arguments: arguments.iter().map(owned).collect(),
        returns_self: true,
    };
    settings.map(function).into()
}

impl Provider {
    fn read_client(&mut self, item: &Item) {
        let Item::Impl(item) = item else { return };
        if item.trait_.is_some() {
            return;
        }
        let of = text(&item.self_ty);
        for function in functions(item) {
            let takes = |what: &str| function.arguments.iter().any(|(_, ty)| ty.contains(what));
            if of == "Builder" && function.returns_self {
                self.settings.push(function);
            } else if of.starts_with("Client") && takes("runtime::Code") {
                self.with_code.push(function.name);
            } else if of.starts_with("Client") && takes("runtime::Token") {
                self.with_token.push(function.name);
            }
        }
    }

    fn read_group(&mut self, group: &str, items: &[Item]) {
        for item in items {
            let Item::Impl(item) = item else { continue };
            let Some((path, ident)) = trait_of(item).zip(ident_of(&item.self_ty)) else { continue };
            if path == "Request" {
                let fields = items.iter().find_map(|item| fields_of(item, &ident));
                let name = method_name(item);
                self.requests.push(Request {
                    group: group.to_owned(),
                    name,
                    fields: fields.unwrap_or_default(),
                    output: shape(items, item, "Output"),
                    error: shape(items, item, "Error"),
                    item: None,
                    stream: None,
                    ident,
                });
                continue;
            }
            let mut known = self.requests.iter_mut();
            let request = known.find(|known| known.group == group && known.ident == ident);
            match (path.as_str(), request) {
                ("Paged", Some(request)) => request.item = Some(shape(items, item, "Item")),
                ("Streamed", Some(request)) => request.stream = stream(item),
                _ => {}
            }
        }
    }
}

/// The type of an item, without the spaces between its tokens.
pub(crate) fn text(tokens: &impl ToTokens) -> String {
    tokens.to_token_stream().to_string().replace(' ', "")
}

fn functions(item: &ItemImpl) -> Vec<Function> {
    let functions = item.items.iter().filter_map(|item| match item {
        ImplItem::Fn(function) => Some(&function.sig),
        _ => None,
    });
    functions
        .map(|signature| Function {
            name: signature.ident.to_string(),
            arguments: signature.inputs.iter().filter_map(argument).collect(),
            returns_self: text(&signature.output) == "->Self",
        })
        .collect()
}

fn argument(input: &FnArg) -> Option<(String, String)> {
    let FnArg::Typed(input) = input else { return None };
    let Pat::Ident(name) = &*input.pat else { return None };
    Some((name.ident.to_string(), text(&input.ty)))
}

/// The last segment of the trait that is implemented.
fn trait_of(item: &ItemImpl) -> Option<String> {
    let path = item.trait_.as_ref().map(|(path, _)| path)?;
    path.segments.last().map(|segment| segment.ident.to_string())
}

fn ident_of(ty: &Type) -> Option<String> {
    let Type::Path(path) = ty else { return None };
    path.path.get_ident().map(ToString::to_string)
}

fn fields_of(item: &Item, ident: &str) -> Option<Vec<(String, Type)>> {
    let Item::Struct(found) = item else { return None };
    if found.ident != ident {
        return None;
    }
    let field = |field: &syn::Field| Some((field.ident.as_ref()?.to_string(), field.ty.clone()));
    Some(found.fields.iter().filter_map(field).collect())
}

/// The first text of the constant `METHOD`, without the name of the provider.
fn method_name(item: &ItemImpl) -> String {
    let method = item.items.iter().find_map(|item| match item {
        ImplItem::Const(constant) if constant.ident == "METHOD" => Some(text(&constant.expr)),
        _ => None,
    });
    let name = method.as_deref().and_then(|method| method.split('"').nth(1)).unwrap_or_default();
    name.split_once('.').map_or(name, |(_, name)| name).to_owned()
}

/// What stands for the type `Stream`.
fn stream(item: &ItemImpl) -> Option<Stream> {
    let ty = item.items.iter().find_map(|item| match item {
        ImplItem::Type(found) if found.ident == "Stream" => Some(text(&found.ty)),
        _ => None,
    })?;
    let (optional, ty) = match ty.strip_prefix("Option<") {
        Some(inner) => (true, inner),
        None => (false, ty.as_str()),
    };
    let bits = [
        ("runtime::Download<", "bytes"),
        ("runtime::Lines<", "line"),
        ("runtime::Events<", "event"),
    ];
    let (_, bit) = bits.into_iter().find(|(start, _)| ty.starts_with(start))?;
    Some(Stream { bit, optional })
}

fn shape(items: &[Item], item: &ItemImpl, name: &str) -> Shape {
    let ty = item.items.iter().find_map(|item| match item {
        ImplItem::Type(found) if found.ident == name => Some(&found.ty),
        _ => None,
    });
    let Some(ty) = ty else { return Shape::Serde };
    match text(ty).as_str() {
        "runtime::Bytes" => return Shape::Bytes,
        "Option<runtime::Bytes>" => return Shape::OptionalBytes,
        "std::convert::Infallible" => return Shape::Never,
        ty if ty.starts_with("Vec<runtime::Event<") => return Shape::Events,
        _ => {}
    }
    let of_module = |item: &Item| match item {
        Item::Enum(found) if ident_of(ty).is_some_and(|ident| found.ident == ident) => {
            let variants = found.variants.iter();
            Some(variants.map(|one| (one.ident.to_string(), !one.fields.is_empty())).collect())
        }
        _ => None,
    };
    match items.iter().find_map(of_module) {
        Some(variants) => Shape::Enum(text(ty), variants),
        None => Shape::Serde,
    }
}
