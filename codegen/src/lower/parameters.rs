//! Parameters: what travels outside the body.

use super::fields::deprecated;
use super::forms::Forms;
use super::limits::in_words;
use super::members::Flat;
use super::methods::Parts;
use super::models::Registry;
use super::provider::{check_header_name, check_header_value, check_sent_header, header_twice};
use super::{pages, types};
use crate::ast::{self, Text};
use crate::diag::{Diagnostic, Diagnostics, codes, nearest};
use crate::ir::{Docs, Parameter, Place, Scalar, Style, Type};
use crate::names::{Kind, Scope};
use crate::parse::{quoted_list, shown};
use crate::source::Span;

/// A parameter that is always sent with the same value: place, name and value.
type Constant = (Place, String, String);

const STYLES: [(&str, Style); 5] = [
    ("form", Style::Form),
    ("csv", Style::Csv),
    ("space", Style::Space),
    ("pipe", Style::Pipe),
    ("deep-object", Style::DeepObject),
];

/// The parameters of paths that all methods can have.
fn shared(specification: &ast::Specification) -> impl Iterator<Item = Flat<'_>> {
    let members = specification.path.iter();
    members.map(|member| Flat { member, optional: member.optional, from: None, scope: None })
}

impl<'s> Parts<'_, 's> {
    /// Finds what is wrong with the types of shared parameters, those that no route takes included.
    pub(super) fn check_shared(&mut self, diagnostics: &mut Diagnostics) {
        for flat in shared(self.specification) {
            let mut alone = Scope::new(Kind::Value, "parameter");
            self.parameter(&flat, Place::Path, &mut alone, diagnostics);
        }
    }

    pub(super) fn parameters(
        &mut self,
        method: &'s ast::Method,
        scope: &mut Scope,
        diagnostics: &mut Diagnostics,
    ) -> (Vec<Parameter>, Vec<Constant>) {
        let own = self.registry.flatten(&method.path, diagnostics);
        let lost = self.registry.loses_members();
        let mut parameters = Vec::new();
        let placeholders = method.route.as_ref().map_or(&[][..], |route| &route.placeholders);
        let has_place =
            |flat: &Flat<'_>| placeholders.iter().any(|it| it.value == flat.member.wire.value);
        // One of each is the same one, in two spellings.
        let is_open = |name: &Text| {
            !self.client_fills(&name.value)
                && !own.iter().any(|flat| flat.member.wire.value == name.value)
                && !self.specification.path.iter().any(|it| it.wire.value == name.value)
        };
        let spare: Vec<&Flat<'s>> = own.iter().filter(|flat| !has_place(flat)).collect();
        let open = placeholders.iter().filter(|it| is_open(it)).count();
        let slip = if let ([spare], 1) = (spare.as_slice(), open) { Some(*spare) } else { None };
        for placeholder in placeholders {
            if self.client_fills(&placeholder.value) {
                continue;
            }
            let shared = shared(self.specification);
            let found = own.iter().cloned().chain(shared);
            let mut found = { found };
            let found = found.find(|flat| flat.member.wire.value == placeholder.value);
            let Some(flat) = found else {
                if lost {
                    continue;
                }
                let known = own
                    .iter()
                    .map(|flat| flat.member.wire.value.as_str())
                    .chain(self.specification.path.iter().map(|member| member.wire.value.as_str()));
                let near = diagnostics.nearest(&placeholder.value, known);
                if let Some(found) = self.misspelt_for_all(placeholder, near) {
                    diagnostics.push(found);
                    continue;
                }
                let near = near.or(slip.map(|spare| spare.member.wire.value.as_str()));
                let help = match near {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!(
                        "say what it is: `path: {{ {}: string }}`",
                        shown(&placeholder.value)
                    ),
                };
                let text =
                    format!("the placeholder `{{{}}}` has no type", shown(&placeholder.value));
                // Routes that lack the same type are told of together.
                let first = slip.is_none().then(|| self.first_untyped(method, placeholder));
                let place = first.flatten().unwrap_or(placeholder.span);
                let mut found = Diagnostic::error(&codes::PLACEHOLDER, place, text).help(help);
                if place != placeholder.span {
                    found = found.related(placeholder.span, "and here");
                }
                match slip {
                    Some(spare) => {
                        let place = spare.member.wire.span;
                        let found = found.related(place, "and this is in no place of the route");
                        diagnostics.push(found);
                        parameters.push(self.parameter(spare, Place::Path, scope, diagnostics));
                    }
                    None => diagnostics.push(found),
                }
                continue;
            };
            let member = flat.member;
            if member.optional {
                // One that several routes share is reported once.
                let found = Diagnostic::error(
                    &codes::PLACEHOLDER,
                    member.wire.span,
                    format!(
                        "the path parameter `{}` cannot be optional",
                        shown(&placeholder.value)
                    ),
                )
                .label("a path without it would be another path")
                .help("leave the `?` out: a route that exists with and without it is two methods");
                let (place, name) = (member.wire.span, member.wire.value.as_str());
                let plain = (place.end - place.start) as usize == name.len() + 1;
                diagnostics.push(if plain { found.patch(place, name) } else { found });
            }
            if let Some(value) = &member.constant {
                diagnostics.push(
                    Diagnostic::error(
                        &codes::PLACEHOLDER,
                        value.span,
                        format!(
                            "the path parameter `{}` cannot be a constant",
                            shown(&placeholder.value)
                        ),
                    )
                    .label("always the same")
                    .help("write this value in the route, in place of the placeholder"),
                );
            }
            let flat = Flat { optional: false, ..flat };
            parameters.push(self.parameter(&flat, Place::Path, scope, diagnostics));
        }
        for flat in &own {
            let name = &flat.member.wire.value;
            if self.is_of_client(Place::Path, &flat.member.wire, diagnostics) {
                continue;
            }
            // In which order they stand in a route that cannot be read does not matter.
            if method.route.is_none() {
                parameters.push(self.parameter(flat, Place::Path, scope, diagnostics));
            } else if !has_place(flat) && slip.is_none() {
                let diagnostic = Diagnostic::error(
                    &codes::PLACEHOLDER,
                    flat.from.map_or(flat.member.wire.span, |base| base.span),
                    format!("the route has no placeholder `{{{}}}`", shown(name)),
                );
                let diagnostic = match &method.route {
                    Some(route) if !route.path.value.is_empty() => {
                        diagnostic.related(route.path.span, "the route")
                    }
                    _ => diagnostic,
                };
                // `$id` is a placeholder elsewhere.
                let mut parts = method.route.iter().flat_map(|route| route.path.value.split('/'));
                let marked = parts.find(|part| part.strip_prefix('$') == Some(name));
                let near = diagnostics
                    .nearest(name, placeholders.iter().map(|other| other.value.as_str()));
                diagnostics.push(match near {
                    _ if let Some(marked) = marked => {
                        diagnostic.help(format!("write the placeholder `{marked}` as `{{{name}}}`"))
                    }
                    Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
                    None => diagnostic
                        .help("a parameter after the `?` of an address belongs to `query`"),
                });
            }
        }
        let pager = pages::pager(method, self.specification);
        let asked = pager.map_or_else(Vec::new, |pager| pages::parameters(method, pager));
        let places = [
            (&method.query, Place::Query),
            (&method.headers, Place::Header),
            (&method.cookies, Place::Cookie),
        ];
        let mut constants = Vec::new();
        for (items, place) in places {
            let mut headers: Vec<&Text> = Vec::new();
            for flat in self.registry.flatten(items, diagnostics) {
                let wire = &flat.member.wire;
                if place == Place::Header {
                    let same = |known: &&&Text| known.value.eq_ignore_ascii_case(&wire.value);
                    match headers.iter().find(same) {
                        Some(first) => {
                            diagnostics.push(header_twice(wire, first));
                            continue;
                        }
                        None => headers.push(wire),
                    }
                }
                if self.is_of_client(place, wire, diagnostics) {
                    continue;
                }
                match place {
                    Place::Header => check_sent_header(wire, diagnostics),
                    // Names of cookies are of the same letters as those of headers.
                    Place::Cookie => check_header_name(wire, diagnostics),
                    Place::Path | Place::Query => {}
                }
                match &flat.member.constant {
                    Some(value) => {
                        check_fixed(place, value, diagnostics);
                        let constant = self.registry.constant(flat.member, value, diagnostics);
                        let constant = constant.map(|constant| constant.value.to_string());
                        constants.extend(constant.map(|value| (place, wire.value.clone(), value)));
                    }
                    None => {
                        let parameter = self.parameter(&flat, place, scope, diagnostics);
                        let asked = asked.iter().find(|(name, _)| name.value == wire.value);
                        if let (Some(asked), Place::Query) = (asked, place) {
                            let declared = flat.member.ty.span;
                            let ty = self.registry.parameter_type(&parameter.ty);
                            pages::check_parameter(ty, *asked, declared, diagnostics);
                        }
                        parameters.push(parameter);
                    }
                }
            }
        }
        for (name, role) in asked {
            let known = |known: &Parameter| known.place == Place::Query && known.wire == name.value;
            if !parameters.iter().any(known) && !self.is_of_client(Place::Query, name, diagnostics)
            {
                parameters.push(Parameter {
                    place: Place::Query,
                    wire: name.value.clone(),
                    ident: scope.declare(name, None, diagnostics),
                    docs: Docs { text: Some(role.doc().to_owned()), ..Docs::default() },
                    ty: role.ty(),
                    style: Style::Form,
                    optional: true,
                    limits: None,
                });
            }
        }
        (parameters, constants)
    }

    /// What is said of a parameter for all routes that no route has, and that is near to a placeholder without a type:
    /// once, however many routes have that one.
    fn misspelt_for_all(&self, placeholder: &Text, near: Option<&str>) -> Option<Diagnostic> {
        let near = near?;
        let shared = self.specification.path.iter().find(|member| member.wire.value == near)?;
        let routes = self.specification.methods.iter().filter_map(|method| method.route.as_ref());
        let mut places = routes.flat_map(|route| &route.placeholders);
        if places.any(|place| place.value == near) {
            return None;
        }
        let (place, name) = (shared.wire.span, shown(&placeholder.value));
        let found = Diagnostic::error(
            &codes::PLACEHOLDER,
            place,
            format!("no route has the placeholder `{{{}}}`", shown(near)),
        )
        .related(placeholder.span, "a placeholder without a type")
        .help(format!("did you mean `{name}`?"));
        let length = (place.end - place.start) as usize;
        Some(match shared.optional {
            false if length == near.len() => found.patch(place, &placeholder.value),
            true if length == near.len() + 1 => {
                found.patch(place, format!("{}?", placeholder.value))
            }
            _ => found,
        })
    }

    /// The first place of a placeholder that has no type in any of the methods that declare no path of their own.
    fn first_untyped(&self, method: &ast::Method, placeholder: &Text) -> Option<Span> {
        let bare = |method: &&ast::Method| method.path.is_empty();
        let methods = self.specification.methods.iter().filter(bare);
        let routes = methods.filter_map(|method| method.route.as_ref());
        let mut places = routes.flat_map(|route| &route.placeholders);
        let first = places.find(|place| place.value == placeholder.value)?;
        bare(&method).then_some(first.span)
    }

    pub(super) fn parameter(
        &mut self,
        flat: &Flat<'s>,
        place: Place,
        scope: &mut Scope,
        diagnostics: &mut Diagnostics,
    ) -> Parameter {
        let member = flat.member;
        let outer = self.registry.enter(flat);
        // What `wire` says of all points in time is about bodies.
        let forms = std::mem::take(&mut self.registry.forms);
        let (ty, nullable) = self.registry.member_type(member, diagnostics);
        self.registry.forms = forms;
        self.registry.scope = outer;
        // What it was meant to be is not known, null perhaps.
        let ty = if member.unsure { types::POISONED } else { ty };
        let ty = outside_bodies(ty, self.registry, 0);
        let style = self.style(member, &ty, place, diagnostics);
        if nullable || style.is_none() && !can_travel(&ty, place, self.registry) {
            let found = Diagnostic::error(
                &codes::BAD_PARAMETER,
                member.ty.span,
                format!("`{}` cannot travel outside a body", shown(&member.wire.value)),
            )
            .label(match place {
                Place::Query => "expected a scalar, an id, an enum, or a list of them",
                Place::Path | Place::Header | Place::Cookie => {
                    "expected a scalar, an id or an enum"
                }
            });
            let written = crate::type_expr::shown(&member.ty);
            diagnostics.push(if nullable {
                found.help(
                    "what may be left out ends its name with `?`; nothing but a body has null",
                )
            } else if place == Place::Query && is_object(&ty, self.registry) {
                found.help(format!(
                    "an object has its names in brackets: `{{ type: {}, style: deep-object }}`",
                    shown(&written)
                ))
            } else {
                found
            });
        }
        // What comes from a model has its flags for the answers that hold it too.
        if flat.from.is_none() && (member.flags.read || member.flags.write) {
            let name = shown(&member.wire.value);
            diagnostics.push(
                Diagnostic::error(
                    &codes::BAD_FLAG,
                    member.ty.span,
                    format!("`{name}` is a parameter, and parameters are in requests only"),
                )
                .help("`read` and `write` are about members of models: leave the flag out"),
            );
        }
        // The client fills a placeholder with its default, which has a rule of its own.
        if let (None, false, Some(default)) = (flat.from, flat.optional, &member.default)
            && place != Place::Path
        {
            let name = shown(&member.wire.value);
            diagnostics.push(
                Diagnostic::error(
                    &codes::BAD_DEFAULT,
                    default.span,
                    format!("`{name}` has a default and is always sent"),
                )
                .related(member.wire.span, "required, because its name has no `?`")
                .help(format!("write `{name}?`, or leave the default out")),
            );
        }
        let origin = ast::Origin { assumed: member.assumed.clone(), ..Default::default() };
        let mut docs = self.sources.docs(member.doc.as_ref(), &origin, diagnostics);
        let limits = self.registry.limits(&member.ty, &ty, diagnostics);
        docs.default = member.default.as_ref().map(|default| default.value.clone());
        docs.limits = limits.as_ref().map(|limits| in_words(limits, &ty));
        docs.deprecated = deprecated(member);
        Parameter {
            place,
            wire: member.wire.value.clone(),
            ident: scope.declare(&member.wire, member.name.as_ref(), diagnostics),
            docs,
            style: style.unwrap_or(match ty {
                Type::Csv(_) => Style::Csv,
                _ => Style::Form,
            }),
            ty,
            optional: flat.optional,
            limits,
        }
    }

    /// The style that a parameter names, if it fits the type.
    fn style(
        &mut self,
        member: &ast::Member,
        ty: &Type,
        place: Place,
        diagnostics: &mut Diagnostics,
    ) -> Option<Style> {
        let text = member.style.as_ref()?;
        let Some((_, style)) = STYLES.iter().find(|(name, _)| *name == text.value) else {
            diagnostics.push(unknown_style(text));
            // It may go by several names in the query.
            self.registry.lose_members();
            return Some(Style::Form);
        };
        let (fits, expected) = match style {
            _ if place != Place::Query => (false, "only a query has styles"),
            _ if *ty == types::POISONED => (true, ""),
            _ if matches!(ty, Type::Model(id) if self.registry.is_unread(*id)) => (true, ""),
            Style::DeepObject => (is_object(ty, self.registry), "only an object can"),
            _ => (
                !can_travel(ty, Place::Path, self.registry)
                    && can_travel(ty, Place::Query, self.registry),
                "only a list of scalars can",
            ),
        };
        if !fits {
            let name = shown(&member.wire.value);
            diagnostics.push(
                Diagnostic::error(
                    &codes::BAD_STYLE,
                    text.span,
                    format!("`{name}` cannot stand in this style"),
                )
                .label(expected),
            );
        }
        Some(*style)
    }
}

/// Whether a value that the specification fixes can ever be sent.
pub(super) fn check_fixed(place: Place, value: &Text, diagnostics: &mut Diagnostics) {
    match place {
        Place::Header | Place::Cookie => check_header_value(value, diagnostics),
        Place::Path if matches!(value.value.as_str(), "" | "." | "..") => diagnostics.push(
            Diagnostic::error(
                &codes::BAD_PARAMETER,
                value.span,
                format!("`{}` cannot stand in a path", shown(&value.value)),
            )
            .label("it would lead to another path"),
        ),
        Place::Path | Place::Query => {}
    }
}

fn unknown_style(text: &Text) -> Diagnostic {
    let diagnostic = Diagnostic::error(
        &codes::BAD_STYLE,
        text.span,
        format!("`{}` is not a style", shown(&text.value)),
    );
    let known = STYLES.map(|(name, _)| name);
    match nearest(&text.value, known) {
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")).patch(text.span, near),
        None => diagnostic.help(format!("styles are {}", quoted_list(&known))),
    }
}

/// A type as it is outside bodies. Another name for points in time stands for the form that these have in
/// bodies, so that it gives way to what it names.
fn outside_bodies(ty: Type, registry: &mut Registry<'_>, depth: usize) -> Type {
    let Type::Model(id) = ty else { return ty };
    let ast::ModelKind::Alias(expr) = &registry.model(id).kind else { return ty };
    if depth > 32 {
        // A circle of names is reported elsewhere.
        return ty;
    }
    let named = registry.resolve(expr, Forms::default(), &mut Diagnostics::default());
    let named = outside_bodies(named, registry, depth + 1);
    let item = match &named {
        Type::List(item) => item,
        named => named,
    };
    if matches!(item, Type::Scalar(Scalar::DateTime(_))) { named } else { Type::Model(id) }
}

/// Whether a type has members, so that their names can stand in brackets.
fn is_object(ty: &Type, registry: &Registry<'_>) -> bool {
    use crate::ast::ModelKind;
    match ty {
        Type::Map(value) | Type::Keyed(_, value) => can_travel(value, Place::Query, registry),
        Type::Model(id) => matches!(
            registry.model(*id).kind,
            ModelKind::Object(_) | ModelKind::Like { .. } | ModelKind::Poisoned
        ),
        _ => false,
    }
}

/// Whether a value can stand in a path, a query, a header or a cookie.
pub(super) fn can_travel(ty: &Type, place: Place, registry: &Registry<'_>) -> bool {
    use crate::ast::ModelKind;
    match ty {
        Type::Scalar(Scalar::Json) => false,
        Type::Scalar(_) | Type::Link(_) => true,
        Type::List(item) => place == Place::Query && can_travel(item, Place::Path, registry),
        Type::AsText(inner) => can_travel(inner, place, registry),
        Type::Csv(_) => true,
        Type::Map(_) | Type::Keyed(..) | Type::Nullable(_) | Type::Parameter(_) => false,
        Type::Model(id) => match &registry.model(*id).kind {
            ModelKind::Object(_) | ModelKind::Like { .. } | ModelKind::Union { .. } => false,
            ModelKind::Enum { .. } | ModelKind::Poisoned => true,
            ModelKind::Alias(expr) => can_travel_as(expr, place, registry, 0),
        },
    }
}

/// The same of a type that has not been resolved; a circle of names is reported elsewhere.
fn can_travel_as(
    expr: &ast::TypeExpr,
    place: Place,
    registry: &Registry<'_>,
    depth: usize,
) -> bool {
    use crate::ast::{ModelKind, TypeKind};
    let TypeKind::Name { name, arguments } = &expr.kind else {
        return matches!(expr.kind, TypeKind::Poisoned);
    };
    match (name.as_str(), arguments.as_slice()) {
        ("list", [item]) => {
            place == Place::Query && can_travel_as(item, Place::Path, registry, depth + 1)
        }
        ("map" | "json", _) => false,
        (name, _) => match registry.lookup(name).map(|id| &registry.model(id).kind) {
            Some(ModelKind::Object(_) | ModelKind::Like { .. } | ModelKind::Union { .. }) => false,
            Some(ModelKind::Alias(inner)) => {
                depth > 32 || can_travel_as(inner, place, registry, depth + 1)
            }
            _ => true,
        },
    }
}
