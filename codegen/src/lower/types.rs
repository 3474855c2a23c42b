//! Type expressions to types.

use super::bodies;
use super::forms::Forms;
use super::limits;
use super::models::Registry;
use crate::ast::{self, TypeExpr, TypeKind};
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::foreign;
use crate::ir::{Given, Scalar, Type};
use crate::parse::shown;
use crate::type_expr;
use crate::type_slips::{self, Utility};
use crate::vocabulary;

/// What stands for a type that could not be resolved.
pub(super) const POISONED: Type = Type::Scalar(Scalar::Poisoned);

/// What stands for a file that can be of several media types.
const SOME_FILE: &str =
    "name the one that is sent, or say `file`: the app knows of each what it is";

/// Types that types are given to.
const WITH_TYPES: [&str; 3] = ["list", "map", "link"];

impl Registry<'_> {
    /// The type that `expr` names, and whether it may be null.
    pub(super) fn nullable(
        &mut self,
        expr: &TypeExpr,
        forms: Forms,
        diagnostics: &mut Diagnostics,
    ) -> (Type, bool) {
        match &expr.kind {
            TypeKind::Nullable(inner) => (self.beside_null(inner, forms, diagnostics), true),
            _ => (self.resolve(expr, forms, diagnostics), false),
        }
    }

    /// The type that stands before `| null`.
    fn beside_null(
        &mut self,
        inner: &TypeExpr,
        forms: Forms,
        diagnostics: &mut Diagnostics,
    ) -> Type {
        let before = diagnostics.mark();
        let ty = self.resolve(inner, forms, diagnostics);
        diagnostics.shorten_since(before, inner.span, " | null");
        ty
    }

    /// The type of a whole body or answer in JSON, where a file is `binary`.
    pub(super) fn whole(&mut self, expr: &TypeExpr, diagnostics: &mut Diagnostics) -> Type {
        if let TypeKind::Name { name, arguments } = &expr.kind
            && arguments.is_empty()
            && self.is_unknown(expr)
            && let Some((help, Some(meant))) = type_slips::raw(name)
        {
            let found = Diagnostic::error(
                &codes::UNKNOWN_TYPE,
                expr.span,
                format!("there is no type `{}`", shown(name)),
            );
            let found = found.label("neither a scalar nor a model").help(help);
            diagnostics.push(found.patch(expr.span, meant));
            return POISONED;
        }
        let binary = match &expr.kind {
            TypeKind::File { media } => format!("binary({})", media.value),
            TypeKind::Name { name, arguments } if name == "file" && arguments.is_empty() => {
                "binary".to_owned()
            }
            _ if self.refuse_raw(expr, diagnostics) => return POISONED,
            _ => {
                let forms = self.forms;
                return self.resolve(expr, forms, diagnostics);
            }
        };
        diagnostics.push(
            Diagnostic::error(&codes::UNKNOWN_TYPE, expr.span, "`file` cannot stand here")
                .label("only a part of a `multipart` body can be a file")
                .help(format!("a file as a whole is `{}`", shown(&binary)))
                .patch(expr.span, binary),
        );
        POISONED
    }

    /// Reports a `Text` or `BINARY` that is meant for what is no JSON.
    pub(super) fn refuse_raw(&self, expr: &TypeExpr, diagnostics: &mut Diagnostics) -> bool {
        let TypeKind::Name { name, arguments } = &expr.kind else { return false };
        let meant = ["text", "binary"].into_iter().find(|word| word.eq_ignore_ascii_case(name));
        let Some(meant) = meant.filter(|_| arguments.is_empty() && self.lookup(name).is_none())
        else {
            return false;
        };
        let message = format!("there is no type `{}`", shown(name));
        diagnostics.push(
            Diagnostic::error(&codes::UNKNOWN_TYPE, expr.span, message)
                .label("neither a scalar nor a model")
                .help(format!("did you mean `{meant}`?"))
                .patch(expr.span, meant),
        );
        true
    }

    /// Whether a type is a word for nothing at all.
    pub(super) fn is_nothing(&self, expr: &TypeExpr) -> bool {
        let TypeKind::Name { name, arguments } = &expr.kind else { return false };
        let lower = name.to_ascii_lowercase();
        let nothing = name == "nothing" || foreign::scalar(&lower) == Some("nothing");
        nothing && arguments.is_empty() && self.lookup(name).is_none()
    }

    /// The type that `expr` names.
    pub(super) fn resolve(
        &mut self,
        expr: &TypeExpr,
        forms: Forms,
        diagnostics: &mut Diagnostics,
    ) -> Type {
        match &expr.kind {
            TypeKind::Poisoned => POISONED,
            TypeKind::File { media } => {
                let ty = self.named("file", expr, forms, diagnostics);
                if ty != POISONED {
                    bodies::refuse_range(media, SOME_FILE, diagnostics);
                }
                ty
            }
            TypeKind::Raw { text, media } => {
                let (name, instead, whole) = if *text {
                    ("text", "string", "only a body, an answer or an error can be this as a whole")
                } else {
                    ("binary", "bytes", "only a body or an answer can be this as a whole")
                };
                let diagnostic = Diagnostic::error(
                    &codes::UNKNOWN_TYPE,
                    expr.span,
                    format!("`{name}` cannot stand here"),
                )
                .label(whole);
                let file = media.as_ref().map(|media| format!("file({})", media.value));
                let file = file.unwrap_or_else(|| "file".to_owned());
                diagnostics.push(match self.files && !*text {
                    true => diagnostic
                        .help(format!("a part with a content is a `{}`", shown(&file)))
                        .patch(expr.span, file),
                    false => diagnostic.help(format!("a member is a `{instead}`")),
                });
                POISONED
            }
            TypeKind::Nullable(inner) => {
                Type::Nullable(Box::new(self.beside_null(inner, forms, diagnostics)))
            }
            TypeKind::Name { name, arguments } => match (name.as_str(), arguments.as_slice()) {
                ("list", [item]) => Type::List(Box::new(self.item(item, forms, diagnostics))),
                ("map", [value]) => Type::Map(Box::new(self.item(value, forms, diagnostics))),
                ("map", [key, value]) => self.keyed(key, value, forms, diagnostics),
                ("link", [method]) => self.link(method, diagnostics),
                ("link", _) => {
                    diagnostics.push(
                        Diagnostic::error(
                            &codes::TYPE_ARGUMENTS,
                            expr.span,
                            "`link` takes the name of one method",
                        )
                        .help("say where it leads: `link<users.get>`"),
                    );
                    POISONED
                }
                ("list" | "map", _) => {
                    diagnostics.push(
                        Diagnostic::error(
                            &codes::TYPE_ARGUMENTS,
                            expr.span,
                            format!(
                                "`{name}` takes one type{}",
                                if name == "map" { ", or a key and a type" } else { "" }
                            ),
                        )
                        .help(format!("write what is in it: `{name}<string>`")),
                    );
                    POISONED
                }
                (name, []) if self.in_scope(name).is_some() => {
                    self.in_scope(name).unwrap_or(POISONED)
                }
                (name, given) if !given.is_empty() || self.leaves_open(name) => {
                    self.generic(name, given, expr, diagnostics)
                }
                (name, _) => self.named(name, expr, forms, diagnostics),
            },
        }
    }

    /// A type inside of another, of which the limits have to make sense, too.
    fn item(&mut self, expr: &TypeExpr, forms: Forms, diagnostics: &mut Diagnostics) -> Type {
        let ty = self.resolve(expr, forms, diagnostics);
        self.limits(expr, &ty, diagnostics);
        ty
    }

    /// Whether a type could not be read, or has a name that nobody knows.
    pub(super) fn is_unknown(&self, expr: &TypeExpr) -> bool {
        match &expr.kind {
            TypeKind::Poisoned => true,
            TypeKind::Name { name, .. } => {
                !vocabulary::is_reserved(name)
                    && self.in_scope(name).is_none()
                    && self.lookup(name).is_none()
            }
            TypeKind::Nullable(_) | TypeKind::Raw { .. } | TypeKind::File { .. } => false,
        }
    }

    /// What is said of a utility type of TypeScript, where a model is defined or elsewhere.
    pub(super) fn utility(&mut self, expr: &TypeExpr, model: bool) -> Option<Diagnostic> {
        let TypeKind::Name { name, .. } = &expr.kind else { return None };
        let meant = Utility::of(&type_expr::shown(expr)).filter(|_| self.lookup(name).is_none())?;
        self.reference(&meant.base);
        Some(meant.found(expr.span, model))
    }

    /// Whether a name is that of a model that leaves types open.
    fn leaves_open(&self, name: &str) -> bool {
        self.lookup(name).is_some_and(|id| !self.model(id).parameters.is_empty())
    }

    /// A model with the types that are given to it.
    fn generic(
        &mut self,
        name: &str,
        given: &[TypeExpr],
        expr: &TypeExpr,
        diagnostics: &mut Diagnostics,
    ) -> Type {
        if !vocabulary::is_reserved(name)
            && self.in_scope(name).is_none()
            && let Some(model) = self.reference(name)
        {
            return match self.arguments(model, given, expr.span, diagnostics) {
                Some(types) => self.give(Given { model, types }, expr.span),
                None => POISONED,
            };
        }
        if !vocabulary::is_reserved(name) && self.in_scope(name).is_none() {
            let forms = self.forms;
            return self.named(name, expr, forms, diagnostics);
        }
        let diagnostic = Diagnostic::error(
            &codes::TYPE_ARGUMENTS,
            expr.span,
            format!("`{}` takes no types", shown(name)),
        )
        .label("only `list`, `map` and models that leave types open have types inside");
        diagnostics.push(match type_slips::format_inside(name) {
            Some(help) => diagnostic.help(help),
            None => diagnostic,
        });
        POISONED
    }

    /// What was probably meant by a type whose name nobody knows, and by the types inside of it.
    pub(super) fn meant(&self, expr: &TypeExpr, diagnostics: &Diagnostics) -> Option<String> {
        let TypeKind::Name { name, arguments } = &expr.kind else { return None };
        if !self.is_unknown(expr) {
            return None;
        }
        let given: Vec<String> =
            arguments.iter().map(|inner| self.mended(inner, diagnostics)).collect();
        // These are called otherwise, and no type; what a member has of them is in base64.
        if let Some((_, body)) = type_slips::raw(name) {
            let bytes = matches!(body, Some("binary" | "bytes")) && self.inside.is_some();
            return bytes.then(|| "bytes".to_owned());
        }
        let meant = foreign::generic(name, &given)
            .or_else(|| foreign::generic(foreign::last_segment(name)?, &given));
        // Of models only some are given types.
        let models = self.names().filter(|near| given.is_empty() || self.leaves_open(near));
        let with_types = WITH_TYPES.iter().copied().filter(|_| !given.is_empty());
        let streams = ["lines", "events"];
        let streams = streams.into_iter().filter(|_| self.inside.is_none() && given.len() == 1);
        let nothing = (self.inside.is_none() && given.is_empty()).then_some("nothing");
        let open = self.scope.iter().map(|(name, _)| name.as_str()).filter(|_| given.is_empty());
        let known = open
            .chain(models)
            .chain(vocabulary::scalars())
            .chain(with_types)
            .chain(streams)
            .chain(nothing);
        let near = diagnostics.nearest(name, known).filter(|_| foreign::can_be_given(&given));
        // `bool` is near to `Book`, and yet another word; `Timestamp` with a model `TimeStamp` is not.
        let near = near
            .filter(|near| meant.is_none() || !given.is_empty() || near.eq_ignore_ascii_case(name));
        let near = near.map(|near| match given.as_slice() {
            [] => near.to_owned(),
            // A scalar leaves no type open.
            _ if vocabulary::scalar(near).is_some() => near.to_owned(),
            given if let Some(own) = foreign::generic(near, given) => own,
            given => format!("{near}<{}>", given.join(", ")),
        });
        Some(limits::kept(expr, near.or(meant)?))
    }

    /// A type as it is written, with what was probably meant in place of what nobody knows.
    fn mended(&self, expr: &TypeExpr, diagnostics: &Diagnostics) -> String {
        let mended = match &expr.kind {
            TypeKind::Nullable(inner) => {
                Some(format!("{} | null", self.mended(inner, diagnostics)))
            }
            TypeKind::Name { name, arguments }
                if !arguments.is_empty() && !self.is_unknown(expr) =>
            {
                let given: Vec<String> =
                    arguments.iter().map(|inner| self.mended(inner, diagnostics)).collect();
                Some(format!("{name}<{}>", given.join(", ")))
            }
            _ => self.meant(expr, diagnostics),
        };
        mended.unwrap_or_else(|| type_expr::shown(expr))
    }

    /// The name of the model that is made, if it is another name for a type.
    fn alias(&self) -> Option<&str> {
        let model = self.model(self.inside?);
        matches!(model.kind, ast::ModelKind::Alias(_)).then_some(model.name.value.as_str())
    }

    /// Whether all models begin with a capital, so that a word in small letters is none.
    fn names_are_large(&self) -> bool {
        !self.names().any(|name| name.starts_with(char::is_lowercase))
    }

    fn named(
        &mut self,
        name: &str,
        expr: &TypeExpr,
        forms: Forms,
        diagnostics: &mut Diagnostics,
    ) -> Type {
        if let Some(scalar) = vocabulary::scalar(name) {
            if scalar == Scalar::File && !self.files {
                diagnostics.push(
                    Diagnostic::error(&codes::UNKNOWN_TYPE, expr.span, "`file` cannot stand here")
                        .label("only a part of a `multipart` body can be a file")
                        .help(
                            "inside JSON, `bytes` travel in base64; a whole body or answer is `binary`",
                        ),
                );
                return POISONED;
            }
            return Type::Scalar(forms.scalar(scalar));
        }
        if let Some(id) = self.reference(name) {
            return Type::Model(id);
        }
        if name == "nothing" {
            diagnostics.push(
                Diagnostic::error(&codes::UNKNOWN_TYPE, expr.span, "`nothing` cannot stand here")
                    .label("only an answer or an error can be nothing")
                    .help("what has no content is left out; an object without members is `{ fields: {} }`"),
            );
            return POISONED;
        }
        if let Some(found) = self.utility(expr, false) {
            diagnostics.push(found);
            return POISONED;
        }
        let diagnostic = Diagnostic::error(
            &codes::UNKNOWN_TYPE,
            expr.span,
            format!("there is no type `{}`", shown(name)),
        )
        .about([name])
        .label("neither a scalar nor a model");
        if let Some(found) = self.open_type(name, diagnostic.clone()) {
            diagnostics.extend(found);
            return POISONED;
        }
        // What a model has cannot be nothing.
        let meant = self.meant(expr, diagnostics);
        let meant = meant.filter(|meant| self.inside.is_none() || meant != "nothing");
        let arguments = match &expr.kind {
            TypeKind::Name { arguments, .. } => arguments.as_slice(),
            _ => &[],
        };
        // Only a place as long as the type is exactly that of the type.
        let exact = (expr.span.end - expr.span.start) as usize == type_expr::shown(expr).len();
        // What is mended with the whole, or falls away, needs no finding of its own.
        let stays = |inner: &TypeExpr, this: &Self, diagnostics: &Diagnostics| match &meant {
            Some(meant) if exact => {
                meant.contains(&type_expr::shown(inner)) && this.meant(inner, diagnostics).is_none()
            }
            _ => true,
        };
        for inner in arguments {
            // That nothing can stand in there is said with the whole, and what leads somewhere names no type.
            let leads = meant.as_ref().is_some_and(|meant| meant.starts_with("link<"));
            if stays(inner, self, diagnostics) && !self.is_nothing(inner) && !leads {
                self.resolve(inner, forms, diagnostics);
            }
        }
        // A model that is called otherwise is missing wherever it is named.
        let is_model = arguments.is_empty() && name.starts_with(char::is_uppercase);
        let diagnostic = if is_model { diagnostic.alike("nor here") } else { diagnostic };
        diagnostics.push(match meant {
            Some(near) => {
                let diagnostic = diagnostic.help(format!("did you mean `{near}`?"));
                if exact { diagnostic.patch(expr.span, near) } else { diagnostic }
            }
            None if arguments.iter().any(|inner| self.is_nothing(inner)) => {
                diagnostic.help("`nothing` is a whole answer, and no part of another type")
            }
            None if matches!(name, "multipart" | "form") => diagnostic.help(format!(
                "its members say what is sent: `body: {{ {name}: {{ name: string }} }}`"
            )),
            None if name == "enum" => diagnostic.help(
                "an enum is a model with a name: `models: { Colour: { enum: [red, green] } }`",
            ),
            None if matches!(
                name.to_ascii_lowercase().as_str(),
                "optional" | "option" | "maybe"
            ) =>
            {
                diagnostic.help(type_slips::OPTIONAL)
            }
            None if self.inside.is_some()
                && let Some(help) = type_slips::no_type(name) =>
            {
                diagnostic.help(help)
            }
            None if let Some(help) = type_slips::point_in_time(name) => diagnostic.help(
                self.alias().and_then(|of| type_slips::named_moment(name, of)).unwrap_or(help),
            ),
            None if let Some((help, _)) = type_slips::raw(name) => diagnostic.help(help),
            None if name.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') => diagnostic
                .help(format!("what is always sent is a constant: `{{ const: {} }}`", shown(name))),
            None if name == "xml" => diagnostic.help(type_slips::XML),
            None if matches!(name, "true" | "false") && arguments.is_empty() => {
                let mended = format!("{{ const: {name}, type: boolean }}");
                let diagnostic = diagnostic.help(format!("what is always sent is `{mended}`"));
                if exact { diagnostic.patch(expr.span, mended) } else { diagnostic }
            }
            None if name.starts_with(char::is_lowercase)
                && diagnostics.guesses(0)
                && self.names_are_large() =>
            {
                let scalars: Vec<&str> =
                    vocabulary::scalars().filter(|scalar| *scalar != "file").collect();
                diagnostic.help(format!(
                    "types are {}, lists, maps and models",
                    crate::parse::quoted_list(&scalars)
                ))
            }
            // What it is given is used there, and is no other name for it.
            None if !arguments.is_empty() => {
                let open = ["T", "U", "V", "W"].iter().take(arguments.len());
                let open = open.copied().collect::<Vec<_>>().join(", ");
                let model = shown(&format!("{name}<{open}>"));
                let model = if open.contains(',') { format!("\"{model}\"") } else { model };
                let help =
                    format!("define it with what it leaves open: `models: {{ {model}: … }}`");
                diagnostic.help(help).settled()
            }
            None => diagnostic.help(format!("define it: `models: {{ {}: … }}`", shown(name))),
        });
        POISONED
    }
}
