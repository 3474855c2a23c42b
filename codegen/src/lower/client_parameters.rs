//! Parameters of the client: what all calls send.

use std::collections::BTreeMap;

use super::members::Flat;
use super::methods::Parts;
use super::provider::{BUILDER_METHODS, check_cookie_name, check_sent_header};
use super::shared::{key, of_client};
use super::travel::{can_travel, check_fixed};
use crate::ast::{Member, Text};
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::ir::{ClientParameter, Docs, Parameter, Place, Style};
use crate::names::{Kind, Scope};
use crate::parse::shown;
use crate::source::Span;

/// What the method of a call would be, `with_response`, that is there already and on no builder.
const CALL_METHODS: [&str; 1] = ["response"];

impl<'s> Parts<'_, 's> {
    /// Lowers `parameters`; each becomes a method of the builder and one of calls.
    pub(super) fn client_parameters(
        &mut self,
        diagnostics: &mut Diagnostics,
    ) -> Vec<ClientParameter> {
        let specification = self.specification;
        let mut scope = self.builder_scope();
        let mut constants: BTreeMap<String, &Text> = BTreeMap::new();
        for (name, _) in &specification.defaults.headers {
            constants.entry(key(Place::Header, &name.value)).or_insert(name);
        }
        let mut seen: BTreeMap<(Place, String), Span> = BTreeMap::new();
        let mut lowered = Vec::new();
        for (place, member) in of_client(&specification.parameters) {
            let wire = &member.wire;
            let key = key(place, &wire.value);
            if let Some(first) = seen.get(&(place, key.clone())) {
                diagnostics.push(
                    Diagnostic::error(
                        &codes::DUPLICATE_ITEM,
                        wire.span,
                        format!("the client has the parameter `{}` twice", shown(&wire.value)),
                    )
                    .related(*first, "first defined here"),
                );
                continue;
            }
            match place {
                Place::Header => check_sent_header(wire, diagnostics),
                Place::Cookie => check_cookie_name(wire, diagnostics),
                Place::Path | Place::Query => {}
            }
            let constant = constants.get(&key).filter(|_| place == Place::Header);
            if let Some(first) = constant {
                diagnostics.push(
                    Diagnostic::error(
                        &codes::CLIENT_PARAMETER,
                        wire.span,
                        format!("the header `{}` is a constant already", shown(&wire.value)),
                    )
                    .related(first.span, "always sent with one value")
                    .help("leave one of the two out"),
                );
            }
            seen.insert((place, key), wire.span);
            lowered.push(self.client_parameter(place, member, &mut scope, diagnostics));
        }
        lowered
    }

    /// The names that the builder and its calls have without parameters.
    fn builder_scope(&self) -> Scope {
        let credentials: Vec<_> = self.auths.idents().collect();
        let names = self.specification.servers.iter().map(|server| server.name.span);
        let servers = self.servers.iter().map(|server| server.ident.as_str()).zip(names);
        Scope::new(Kind::Value, "parameter")
            .reserve(&BUILDER_METHODS)
            .reserve(&CALL_METHODS)
            .take(credentials.iter().map(|(name, span)| (name.as_str(), *span)))
            .take(servers)
    }

    fn client_parameter(
        &mut self,
        place: Place,
        member: &'s Member,
        scope: &mut Scope,
        diagnostics: &mut Diagnostics,
    ) -> ClientParameter {
        if let Some(value) = &member.constant {
            check_fixed(place, value, diagnostics);
            let constant = self.registry.constant(member, value, diagnostics);
            let ty = self.registry.member_type(member, &mut Diagnostics::default()).0;
            return ClientParameter {
                parameter: Parameter {
                    place,
                    wire: member.wire.value.clone(),
                    ident: String::new(),
                    docs: Docs::default(),
                    ty,
                    style: Style::Form,
                    optional: true,
                    limits: None,
                },
                settable: false,
                value: constant.map(|constant| constant.value.to_string()),
            };
        }
        let flat = Flat { member, optional: member.optional, from: None, scope: None };
        let mut parameter = self.parameter(&flat, place, scope, diagnostics);
        if place == Place::Query
            && can_travel(&parameter.ty, Place::Query, self.registry)
            && !can_travel(&parameter.ty, Place::Path, self.registry)
        {
            diagnostics.push(
                Diagnostic::error(
                    &codes::BAD_PARAMETER,
                    member.ty.span,
                    format!("the client cannot have the list `{}`", shown(&member.wire.value)),
                )
                .label("expected a scalar, an id or an enum"),
            );
        }
        if let (Style::Slash, Some(style)) = (parameter.style, &member.style)
            && place == Place::Path
        {
            let name = shown(&member.wire.value);
            diagnostics.push(
                Diagnostic::error(
                    &codes::BAD_STYLE,
                    style.span,
                    format!("the client cannot have `{name}` in several steps"),
                )
                .label("what the client fills is one step of the path")
                .help("say it of the routes that have it, in `path` of the file or of a method"),
            );
            parameter.style = Style::Form;
        }
        let mut value = None;
        if place == Place::Path {
            // Elsewhere a default is what the service assumes, and not sent.
            value = parameter.docs.default.take();
            if let Some(default) = &member.default {
                check_fixed(place, default, diagnostics);
            }
            if let (Some(default), false) = (&member.default, member.optional) {
                diagnostics.push(needless_default(member, default));
            }
        }
        ClientParameter { parameter, settable: true, value }
    }

    /// Whether the client sends this already, so that a method cannot.
    pub(super) fn is_of_client(
        &self,
        place: Place,
        wire: &Text,
        diagnostics: &mut Diagnostics,
    ) -> bool {
        let Some(member) = self.shared.of_client(place, &wire.value) else { return false };
        diagnostics.push(
            Diagnostic::error(
                &codes::CLIENT_PARAMETER,
                wire.span,
                format!("`{}` is a parameter of the client", shown(&wire.value)),
            )
            .related(member.wire.span, "sent with every call")
            .help(match place {
                Place::Path => "leave it out here, or call the placeholder something else",
                _ => "leave it out here: a call can set it",
            }),
        );
        true
    }
}

fn needless_default(member: &Member, default: &Text) -> Diagnostic {
    let name = shown(&member.wire.value);
    Diagnostic::error(
        &codes::CLIENT_PARAMETER,
        default.span,
        format!("`{name}` has a default and has to be set all the same"),
    )
    .related(member.wire.span, "required, because its name has no `?`")
    .help(format!("write `{name}?` if the default is good enough"))
}
