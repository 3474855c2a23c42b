//! Groups and methods.

use std::collections::{BTreeMap, BTreeSet};

use super::auth::Auths;
use super::docs::Sources;
use super::method_names::split;
use super::models::Registry;
use super::provider::Provider;
use super::shared::Shared;
use super::structs::{Structs, group_type};
use super::{among, answers, errors, retry, timeout, transactions};
use crate::ast::{self, AuthRef, Specification, StatusPattern};
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::ir::{ClientParameter, Docs, Group, Method, Server, Verb};
use crate::names::{self, Kind, Scope};
use crate::parse::shown;
use crate::source::{Span, Spanned};

/// Names that mean something else in the module of a provider: its own file, modules that are there or may be, and the
/// crate that it is about.
const PROVIDER_MODULES: [&str; 6] =
    ["client", "clientwright_runtime", "deliveries", "models", "r#mod", "tests"];

/// Functions that every call and request has, besides those for formats.
const CALL_METHODS: [&str; 9] = [
    "into_future",
    "map",
    "new",
    "send",
    "with_attempt_timeout",
    "with_header",
    "with_response",
    "with_retry",
    "with_timeout",
];

/// Methods that the calls have whose answers come in pages.
const PAGE_METHODS: [&str; 2] = ["items", "pages"];

/// Methods that the calls have whose answers can be read as they come.
const STREAM_METHODS: [&str; 1] = ["stream"];

/// Methods of the calls that begin transactions.
const BEGIN_METHODS: [&str; 1] = ["begin"];

/// What methods are made of.
pub(super) struct Parts<'p, 's> {
    pub(super) specification: &'s Specification,
    pub(super) provider: &'p Provider,
    pub(super) servers: &'p [Server],
    pub(super) sources: &'p Sources<'s>,
    pub(super) registry: &'p mut Registry<'s>,
    pub(super) auths: &'p mut Auths<'s>,
    pub(super) shared: Shared<'s>,
}

/// Lowers every group with its methods, in the order of the specification, and what all of them share.
pub(super) fn lower(
    mut parts: Parts<'_, '_>,
    diagnostics: &mut Diagnostics,
) -> (Vec<Group>, Vec<ClientParameter>) {
    let specification = parts.specification;
    let shared = parts.client_parameters(diagnostics);
    let mut described: BTreeMap<&str, &ast::Group> = BTreeMap::new();
    for group in &specification.groups {
        if let Some(first) = described.insert(&group.name.value, group) {
            diagnostics.push(
                Diagnostic::error(
                    &codes::DUPLICATE_ITEM,
                    group.span,
                    format!("the group `{}` is defined twice", group.name.value),
                )
                .related(first.span, "first defined here"),
            );
        }
    }
    let mut by_group: Vec<(&str, Span, Vec<&ast::Method>)> = Vec::new();
    let mut indices: BTreeMap<&str, usize> = BTreeMap::new();
    for method in &specification.methods {
        let Some((group, _)) = split(&method.name, diagnostics) else { continue };
        let index = *indices.entry(group).or_insert(by_group.len());
        match by_group.get_mut(index) {
            Some((.., methods)) => methods.push(method),
            None => by_group.push((group, method.name.span, vec![method])),
        }
    }
    let mut modules =
        Scope::new(Kind::Value, "group").reserve(&PROVIDER_MODULES).reserve(&["call"]);
    // A module inside of one of its own name is confusing, and a lint.
    let own = specification.provider.as_ref().map(|own| (&*parts.provider.module, own.name.span));
    modules = modules.take(own);
    let names: Vec<_> = parts.auths.client_idents().collect();
    modules = modules.take(names.iter().map(|(name, span)| (name.as_str(), *span)));
    let mut called: BTreeMap<Option<String>, usize> = BTreeMap::new();
    for (name, ..) in &by_group {
        *called.entry(names::snake(name)).or_default() += 1;
    }
    let groups = by_group
        .iter()
        .map(|(name, span, methods)| {
            let own = names::snake(name);
            let alike = |other: &str| other != *name && names::snake(other) == own;
            // Of two that are called alike, which is told, one is meant as the other.
            let twice = called.get(&own).is_some_and(|count| *count > 1);
            let other = described.values().find(|group| twice && alike(&group.name.value));
            let group = described.get(name).or(other).copied();
            parts.group(name, *span, group, methods, &mut modules, diagnostics)
        })
        .collect();
    parts.check_shared(diagnostics);
    (groups, shared)
}

impl<'s> Parts<'_, 's> {
    fn group(
        &mut self,
        name: &'s str,
        span: Span,
        group: Option<&'s ast::Group>,
        methods: &[&'s ast::Method],
        modules: &mut Scope,
        diagnostics: &mut Diagnostics,
    ) -> Group {
        let wire = Spanned::new(name.to_owned(), span);
        let ident = modules.declare(&wire, None, diagnostics);
        let type_name = group_type(name, &self.provider.marker);
        let docs = match group {
            Some(group) => {
                let mut docs = self.sources.docs(group.doc.as_ref(), &group.origin, diagnostics);
                docs.deprecated = group.deprecated.as_ref().map(|text| text.value.clone());
                docs
            }
            None => Docs::default(),
        };
        // Methods can name an entry where there is one.
        let by_nobody = self.specification.auth.is_empty()
            && matches!(self.specification.defaults.auth, None | Some(AuthRef::None));
        if let Some(ast::Group { auth, name, scopes, .. }) = group
            && (matches!(auth, Some(AuthRef::None)) || auth.is_none() && by_nobody)
        {
            refuse_scopes(name, scopes.as_deref(), diagnostics);
        }
        let transaction = group.and_then(|group| group.transaction.as_ref());
        let own = if transaction.is_some() { &["new", "resume"][..] } else { &["new"] };
        let mut functions = Scope::new(Kind::Value, "method").reserve(own);
        let mut structs = Structs::new(&type_name, &self.provider.marker);
        if transaction.is_some() {
            structs.keep(transactions::guard(&type_name));
        }
        let mut lowered = Vec::new();
        let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
        for method in methods {
            let short = method.name.value.split_once('.').map_or("", |(_, short)| short);
            let short = Spanned::new(short.to_owned(), method.name.span);
            let first = *seen.entry(&method.name.value).or_insert(method.name.span);
            if first != method.name.span {
                diagnostics.push(
                    Diagnostic::error(
                        &codes::DUPLICATE_ITEM,
                        method.name.span,
                        format!("the method `{}` is defined twice", method.name.value),
                    )
                    .related(first, "first defined here"),
                );
                continue;
            }
            let function = functions.declare(&short, None, diagnostics);
            let request = structs.request(&short.value);
            let method_ir =
                self.method(method, group, function, request, &mut structs, diagnostics);
            lowered.push(method_ir);
        }
        Group { name: name.to_owned(), ident, type_name, docs, methods: lowered, transaction: None }
    }

    fn method(
        &mut self,
        method: &'s ast::Method,
        group: Option<&'s ast::Group>,
        ident: String,
        request: String,
        structs: &mut Structs,
        diagnostics: &mut Diagnostics,
    ) -> Method {
        let mut origin = method.origin.clone();
        // What is said of a group holds for its methods.
        origin.from = origin.from.or_else(|| group.and_then(|group| group.origin.from.clone()));
        let mut docs = self.sources.docs(method.doc.as_ref(), &origin, diagnostics);
        let deprecated =
            method.deprecated.as_ref().or(group.and_then(|group| group.deprecated.as_ref()));
        docs.deprecated = deprecated.map(|text| text.value.clone());
        let (auth, scopes) = self.auth(method, group, diagnostics);
        let mut scope = self.parameter_scope(method, transactions::begins(method, group));
        let outer = self.registry.begin();
        let (parameters, constants) = self.parameters(method, &mut scope, diagnostics);
        let lost = self.registry.loses_members();
        self.registry.restore(outer);
        let among = self.registry.parameter_rules(method);
        let known = among::parameters(&parameters, &constants);
        let among = among::settle(&among, &known, lost, diagnostics);
        let body = self.body(method, &mut scope, &request, structs, diagnostics);
        let (success, outcome) =
            answers::lower(method, || structs.answer(&request), self.registry, diagnostics);
        let inherited = group.map_or(&[][..], |group| &group.errors);
        let mut entries =
            errors::merge([&method.errors, inherited, &self.specification.defaults.errors]);
        // What is inherited gives way to what the method answers.
        entries.retain(|entry| {
            !matches!(entry.status.value, StatusPattern::Exactly(it) if success.contains(&it))
        });
        let errors = errors::lower(
            &entries,
            &outcome,
            || structs.error(&request),
            self.registry,
            diagnostics,
        );
        let inside = errors::inside(&entries, self.registry, diagnostics);
        let route = method.route.as_ref();
        let verb = route.map_or(Verb::Get, |route| verb(&route.verb.value));
        let effect = retry::effect(method, verb);
        let defaults = &self.specification.defaults;
        Method {
            full_name: format!("{}.{}", self.provider.name, method.name.value),
            ident,
            docs,
            verb,
            effect,
            retry_on: retry::statuses(method, group, diagnostics),
            idempotency_key: retry::idempotency_key(
                method,
                group,
                &defaults.resending,
                effect,
                diagnostics,
            ),
            timeouts: timeout::method(method, group, &defaults.timeouts, diagnostics),
            route: route.map_or_else(String::new, |route| route.path.value.clone()),
            auth,
            scopes,
            server: self.server(method, group, diagnostics),
            parameters,
            constants,
            among,
            body,
            success,
            outcome,
            errors,
            paging: None,
            inside,
            uneven_errors: false,
            lost_parameters: lost,
            request,
        }
    }

    /// The first method for which nothing says how it authenticates.
    fn first_without_auth(&self) -> Option<&'s ast::Method> {
        let groups = self.specification.groups.iter().filter(|group| group.auth.is_some());
        let stated: BTreeSet<&str> = groups.map(|group| group.name.value.as_str()).collect();
        let mut methods = self.specification.methods.iter();
        methods.find(|method| method.auth.is_none() && !stated.contains(method.group()))
    }

    /// What the method needs, and what that has to be good for where the entry does not say so.
    fn auth(
        &mut self,
        method: &ast::Method,
        group: Option<&ast::Group>,
        diagnostics: &mut Diagnostics,
    ) -> (Option<usize>, Option<Vec<String>>) {
        let auth = method.auth.as_ref().or(group.and_then(|group| group.auth.as_ref()));
        let auth = auth.or(self.specification.defaults.auth.as_ref());
        if auth.is_none() && !self.specification.auth.is_empty() {
            // However many there are, it is one key that is missing.
            let first = self.first_without_auth().unwrap_or(method);
            let found = Diagnostic::error(
                &codes::MISSING_KEY,
                first.name.span,
                format!("the method `{}` does not say how it authenticates", first.name.value),
            )
            .help("write `auth:` here, in its group or in `defaults`; `auth: none` for none");
            diagnostics.push(if first.name.span == method.name.span {
                found
            } else {
                found.related(method.name.span, "neither does this one")
            });
        } else if let None | Some(AuthRef::None) = auth {
            refuse_scopes(&method.name, method.scopes.as_deref(), diagnostics);
        }
        let auth = auth.and_then(|auth| self.auths.resolve(auth, diagnostics));
        // Those of the group are about what the group needs.
        let inherited = group.filter(|_| method.auth.is_none());
        let scopes = method.scopes.as_ref().or(inherited.and_then(|group| group.scopes.as_ref()));
        let scopes = scopes.filter(|_| auth.is_some());
        let scopes: Option<Vec<String>> =
            scopes.map(|all| all.iter().map(|scope| scope.value.clone()).collect());
        if let (Some(auth), Some(scopes)) = (auth, &scopes) {
            self.auths.need(auth, scopes);
        }
        (auth, scopes)
    }

    fn parameter_scope(&self, method: &ast::Method, begins: bool) -> Scope {
        let pages = if method.paginate.is_some() { &PAGE_METHODS[..] } else { &[] };
        let streams = if answers::is_streamed(method) { &STREAM_METHODS[..] } else { &[] };
        let begin = if begins { &BEGIN_METHODS[..] } else { &[] };
        // A body of members has none of its own.
        let body = method.body.as_ref().filter(|body| !matches!(body, ast::Body::Members { .. }));
        Scope::new(Kind::Value, "parameter")
            .over(&self.shared.calls)
            .reserve(&CALL_METHODS)
            .reserve(begin)
            .reserve(pages)
            .take(body.map(|body| ("body", body.span())))
            .reserve(streams)
    }

    /// The server of the method, or of its group. That of a group is reported where it stands, once.
    fn server(
        &self,
        method: &ast::Method,
        group: Option<&ast::Group>,
        diagnostics: &mut Diagnostics,
    ) -> Option<usize> {
        let name =
            method.server.as_ref().or_else(|| group.and_then(|group| group.server.as_ref()))?;
        let found = self.servers.iter().position(|server| server.name == name.value);
        if found.is_none() {
            let mut diagnostic = Diagnostic::error(
                &codes::UNKNOWN_SERVER,
                name.span,
                format!("there is no server `{}`", shown(&name.value)),
            );
            let known = self.servers.iter().map(|server| server.name.as_str());
            diagnostic = match diagnostics.nearest(&name.value, known) {
                Some(near) => {
                    diagnostic.help(format!("did you mean `{near}`?")).patch(name.span, near)
                }
                None if name.value.contains("://") => diagnostic.help(
                    "the address stands in `servers`, and its name here: `servers: { upload: { url: https://…, pick: false } }`, \
                     `server: upload`",
                ),
                None => {
                    let known: Vec<&str> =
                        self.servers.iter().map(|server| server.name.as_str()).collect();
                    diagnostic.help(format!("servers are {}", crate::parse::quoted_list(&known)))
                }
            };
            diagnostics.push(diagnostic);
        }
        found
    }
}

/// Scopes of what anybody may call.
fn refuse_scopes(name: &ast::Text, scopes: Option<&[ast::Text]>, diagnostics: &mut Diagnostics) {
    let Some([scope, ..]) = scopes else { return };
    diagnostics.push(
        Diagnostic::error(
            &codes::NEEDLESS_SCOPE,
            scope.span,
            format!("`{}` needs no credential that could have a scope", shown(&name.value)),
        )
        .help("name the entry of `auth` that it needs, or leave `scopes` out"),
    );
}

fn verb(text: &str) -> Verb {
    match text {
        "POST" => Verb::Post,
        "PUT" => Verb::Put,
        "PATCH" => Verb::Patch,
        "DELETE" => Verb::Delete,
        "HEAD" => Verb::Head,
        "OPTIONS" => Verb::Options,
        _ => Verb::Get,
    }
}
