//! What is shown of a definition: in a few words, in lines, and its documentation.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;

use super::collect::{Aliases, Scope};
use super::place;
use super::words::{auth, block, doc, scopes, short_doc, union, value, with_origin};
use crate::ast::{
    Answer, AnswerType, AuthEntry, AuthKind, Base, Body, ErrorEntry, FieldItem, Group, Member,
    Method, Model, ModelKind, Pager, PagerStyle, Server, SourceEntry, Specification, StatusPattern,
    Text, TypeExpr, TypeKind, UnionVariant, Use,
};
use crate::parse::shown;
use crate::source::SourceMap;

/// Models whose members are looked for behind each other.
const DEEPEST: usize = 16;

/// What is shown of a definition.
#[derive(Debug, Default)]
pub(super) struct Described {
    pub(super) detail: String,
    pub(super) shape: String,
    pub(super) doc: String,
    pub(super) members: Vec<String>,
}

impl Described {
    pub(super) fn plain(detail: String) -> Self {
        Self { detail, ..Self::default() }
    }
}

/// A member, as it is shown, and where its type is looked for.
struct Line<'a> {
    scope: Scope,
    member: &'a Member,
    wire: String,
    optional: bool,
    rest: String,
}

/// Describes what is in several syntax trees.
pub(super) struct Texts<'a> {
    map: &'a SourceMap,
    aliases: &'a BTreeMap<Scope, Aliases>,
    models: HashMap<(Scope, &'a str), &'a Model>,
}

impl<'a> Texts<'a> {
    pub(super) fn new(
        map: &'a SourceMap,
        scopes: &[(Scope, &'a Specification)],
        aliases: &'a BTreeMap<Scope, Aliases>,
    ) -> Self {
        let mut models = HashMap::new();
        for (scope, it) in scopes {
            for model in &it.models {
                models.entry((*scope, model.name.value.as_str())).or_insert(model);
            }
        }
        Self { map, aliases, models }
    }

    pub(super) fn model(&self, scope: Scope, it: &'a Model) -> Described {
        let mut name = it.name.value.clone();
        if !it.parameters.is_empty() {
            let names: Vec<&str> = it.parameters.iter().map(|one| one.value.as_str()).collect();
            let _ = write!(name, "<{}>", names.join(", "));
        }
        let mut members = Vec::new();
        let (detail, lines) = match &it.kind {
            ModelKind::Alias(ty) => (self.ty(ty), Vec::new()),
            ModelKind::Object(_) | ModelKind::Like { .. } => {
                let mut lines = Vec::new();
                self.members(scope, it, &mut vec![(scope, &it.name.value)], &mut lines);
                members = lines.iter().map(|line| line.wire.clone()).collect();
                let detail = match &it.kind {
                    ModelKind::Like { base, .. } => format!("like {}", base.name.value),
                    _ => "object".to_owned(),
                };
                (detail, lines.iter().map(line).collect())
            }
            ModelKind::Enum { values, closed } => {
                let detail = if *closed { "closed enum" } else { "enum" };
                (detail.to_owned(), values.iter().map(value).collect())
            }
            ModelKind::Union { form, variants } => {
                (union(form), variants.iter().map(|one| self.variant(one)).collect())
            }
            ModelKind::Poisoned => ("model".to_owned(), Vec::new()),
        };
        let doc = with_origin(it.doc.as_ref(), it.deprecated.as_ref(), &it.origin);
        Described { shape: block(&name, &detail, &lines), detail, doc, members }
    }

    /// The members of a model, those of others included; `open` are the models that are being looked at.
    fn members(
        &self,
        scope: Scope,
        it: &'a Model,
        open: &mut Vec<(Scope, &'a str)>,
        lines: &mut Vec<Line<'a>>,
    ) {
        match &it.kind {
            ModelKind::Object(items) => {
                for item in items {
                    match item {
                        FieldItem::Member(member) => lines.push(self.line(scope, member)),
                        FieldItem::Spread(base) => self.base(scope, base, open, lines),
                    }
                }
            }
            ModelKind::Like { base, without, optional, all_optional } => {
                let from = lines.len();
                self.base(scope, base, open, lines);
                let named =
                    |list: &[Text], line: &Line<'_>| list.iter().any(|it| it.value == line.wire);
                let mut taken = lines.split_off(from);
                taken.retain(|line| !named(without, line));
                for line in &mut taken {
                    line.optional |= *all_optional || named(optional, line);
                }
                lines.extend(taken);
            }
            _ => {}
        }
    }

    fn base(
        &self,
        scope: Scope,
        base: &Base,
        open: &mut Vec<(Scope, &'a str)>,
        lines: &mut Vec<Line<'a>>,
    ) {
        let Some((scope, model)) = self.find(scope, &base.name.value) else { return };
        let here = (scope, model.name.value.as_str());
        // Each once: circles and what comes twice are errors, and large ones would take their time.
        if !open.contains(&here) && open.len() < DEEPEST {
            open.push(here);
            self.members(scope, model, open, lines);
        }
    }

    /// A model by the name that it has in a scope, and where it stands.
    fn find(&self, scope: Scope, name: &str) -> Option<(Scope, &'a Model)> {
        let (scope, name) = match name.split_once('.') {
            Some((alias, inner)) => (Some((*self.aliases.get(&scope)?.get(alias)?)?), inner),
            None => (scope, name),
        };
        Some((scope, *self.models.get(&(scope, name))?))
    }

    /// The members of what a type stands for.
    fn members_of(&self, mut scope: Scope, mut ty: &'a TypeExpr) -> Vec<Line<'a>> {
        let mut lines = Vec::new();
        for _ in 0..DEEPEST {
            let name = match &ty.kind {
                TypeKind::Name { name, .. } => name,
                TypeKind::Nullable(inner) => match &inner.kind {
                    TypeKind::Name { name, .. } => name,
                    _ => break,
                },
                _ => break,
            };
            let Some((found, model)) = self.find(scope, name) else { break };
            let ModelKind::Alias(other) = &model.kind else {
                self.members(found, model, &mut vec![(found, &model.name.value)], &mut lines);
                break;
            };
            (scope, ty) = (found, other);
        }
        lines
    }

    /// The members of what a method answers with.
    fn answered(&self, scope: Scope, it: &'a Method) -> Vec<Line<'a>> {
        let mut types = it.returns.iter().flat_map(|answer| answer.ty.values());
        types.next().map_or_else(Vec::new, |value| self.members_of(scope, &value.ty))
    }

    /// The member of the answer of a method to which a path of members leads.
    pub(super) fn at(&self, scope: Scope, method: &'a Method, path: &str) -> Option<&'a Member> {
        let mut lines = self.answered(scope, method);
        let mut found: Option<&'a Member> = None;
        for step in path.split('.') {
            if let Some(outer) = found {
                let scope = lines.iter().find(|line| std::ptr::eq(line.member, outer))?.scope;
                lines = self.members_of(scope, &outer.ty);
            }
            found = Some(lines.iter().find(|line| line.wire == step)?.member);
        }
        found
    }

    fn line<'m>(&self, scope: Scope, it: &'m Member) -> Line<'m> {
        let mut rest = match &it.constant {
            Some(constant) => format!("always `{}`", shown(&constant.value)),
            None => self.ty(&it.ty),
        };
        let flags = [
            (it.flags.read, " read"),
            (it.flags.write, " write"),
            (it.flags.sensitive, " sensitive"),
            (it.flags.deprecated, " deprecated"),
        ];
        rest.extend(flags.iter().filter(|(is, _)| *is).map(|(_, word)| *word));
        rest.push_str(&short_doc(it.doc.as_ref()));
        Line { scope, member: it, wire: it.wire.value.clone(), optional: it.optional, rest }
    }

    fn variant(&self, it: &UnionVariant) -> String {
        format!("{}: {}{}", shown(&it.wire.value), self.ty(&it.ty), short_doc(it.doc.as_ref()))
    }

    /// A type as it stands in the text.
    fn ty(&self, ty: &TypeExpr) -> String {
        let text = place::text(self.map, ty.span).trim_matches(['"', '\'']);
        let text: Vec<&str> = text.split_whitespace().collect();
        if text.is_empty() { "string".to_owned() } else { shown(&text.join(" ")) }
    }

    pub(super) fn member(&self, it: &Member) -> Described {
        let shape = format!("path:\n  {}", line(&self.line(None, it)));
        Described {
            detail: self.ty(&it.ty),
            shape,
            doc: doc(it.doc.as_ref()),
            ..Described::default()
        }
    }

    /// A member of a model, where something else names it.
    pub(super) fn held(&self, it: &Member) -> Described {
        let shape = line(&self.line(None, it));
        Described { shape, ..self.member(it) }
    }

    pub(super) fn used(&self, it: &Use) -> Described {
        let path = it.path.as_ref().map_or("", |path| &path.value);
        let shape = format!("use: {{ {}: {} }}", shown(&it.alias.value), shown(path));
        Described { detail: path.to_owned(), shape, ..Described::default() }
    }

    pub(super) fn auth(&self, it: &AuthEntry) -> Described {
        let list = |names: &[Text]| {
            names.iter().map(|name| shown(&name.value)).collect::<Vec<_>>().join(", ")
        };
        let detail = match &it.kind {
            AuthKind::Basic { .. } => "basic".to_owned(),
            AuthKind::Bearer { .. } => "bearer".to_owned(),
            AuthKind::ApiKey { name, .. } => format!("api-key in {}", shown(&name.value)),
            AuthKind::Jwt(_) => "jwt".to_owned(),
            AuthKind::OAuth2(oauth) if oauth.authorize_url.is_some() => {
                "oauth2, authorization-code".to_owned()
            }
            AuthKind::OAuth2(_) => "oauth2, client-credentials".to_owned(),
            AuthKind::Any(names) => format!("any of {}", list(names)),
            AuthKind::All(names) => format!("all of {}", list(names)),
            AuthKind::Poisoned => "auth".to_owned(),
        };
        named("auth", &it.name, detail, doc(it.doc.as_ref()))
    }

    pub(super) fn server(&self, it: &Server) -> Described {
        named("servers", &it.name, shown(&it.url.value), doc(it.doc.as_ref()))
    }

    pub(super) fn pager(&self, it: &Pager) -> Described {
        let detail = match &it.style {
            Some(PagerStyle::Offset(parameter)) => format!("offset, `{}`", parameter.value),
            Some(PagerStyle::Page { parameter, .. }) => format!("page, `{}`", parameter.value),
            Some(PagerStyle::Cursor { forth, .. }) => {
                let place = if forth.in_last { "in the last item, at" } else { "next at" };
                format!("cursor, `{}`, {place} `{}`", forth.parameter.value, forth.next.value)
            }
            Some(PagerStyle::LinkHeader) => "link-header".to_owned(),
            Some(PagerStyle::NextUrl(next)) => format!("next-url at `{}`", next.value),
            None => "pager".to_owned(),
        };
        named("pagers", &it.name, detail, String::new())
    }

    pub(super) fn source(&self, it: &SourceEntry) -> Described {
        let parts = [&it.title, &it.url].into_iter().flatten().map(|text| shown(&text.value));
        let detail = parts.collect::<Vec<_>>().join(", ");
        let checked = it.checked.as_ref().map(|day| format!("Last compared: {}.", day.value));
        named("sources", &it.name, detail, checked.unwrap_or_default())
    }

    pub(super) fn group(&self, it: &Group) -> Described {
        let doc = with_origin(it.doc.as_ref(), it.deprecated.as_ref(), &it.origin);
        let mut lines = Vec::new();
        lines.extend(auth(it.auth.as_ref()));
        lines.extend(scopes(it.scopes.as_deref()));
        lines.extend(self.errors(&it.errors));
        let shape = block(&it.name.value, "", &lines);
        Described { detail: "group".to_owned(), shape, doc, ..Described::default() }
    }

    pub(super) fn method(&self, scope: Scope, it: &'a Method) -> Described {
        let route = it.route.as_ref();
        let detail = route.map_or_else(String::new, |route| {
            format!("{} {}", route.verb.value, shown(&route.path.value))
        });
        let mut lines = vec![format!("http: {detail}")];
        let places = [
            ("path", &it.path),
            ("query", &it.query),
            ("headers", &it.headers),
            ("cookies", &it.cookies),
        ];
        for (key, items) in places {
            self.items(key, items, &mut lines);
        }
        match &it.body {
            Some(Body::Type { ty, optional, .. }) => {
                lines.push(format!("body{}: {}", if *optional { "?" } else { "" }, self.ty(ty)));
            }
            Some(Body::Members { items, .. }) => self.items("body", items, &mut lines),
            Some(Body::Any { alternatives, optional, .. }) => {
                lines.push(format!("body{}: any of", if *optional { "?" } else { "" }));
                for one in alternatives {
                    match &one.body {
                        Body::Type { ty, .. } => {
                            lines.push(format!("  {}: {}", one.name.value, self.ty(ty)));
                        }
                        Body::Members { items, .. } => {
                            self.items(&format!("  {}", one.name.value), items, &mut lines);
                        }
                        Body::Any { .. } => {}
                    }
                }
            }
            None => {}
        }
        lines.extend(it.paginate.as_ref().map(|it| format!("paginate: {}", it.pager.value)));
        let returns: Vec<String> = it.returns.iter().map(|one| self.answer(one)).collect();
        lines.push(format!("returns: {}", returns.join(", ")));
        lines.extend(self.errors(&it.errors));
        lines.extend(auth(it.auth.as_ref()));
        lines.extend(scopes(it.scopes.as_deref()));
        let doc = with_origin(it.doc.as_ref(), it.deprecated.as_ref(), &it.origin);
        let always = self.answered(scope, it).into_iter().filter(|line| !line.optional);
        let members = always.map(|line| line.wire).collect();
        Described { shape: block(&it.name.value, "", &lines), detail, doc, members }
    }

    /// An alternative of a body or of an answer.
    pub(super) fn alternative(&self, what: &str, name: &Text, ty: Option<&TypeExpr>) -> Described {
        let detail = ty.map_or_else(|| what.to_owned(), |ty| self.ty(ty));
        named(what, name, detail, String::new())
    }

    fn items(&self, key: &str, items: &[FieldItem], lines: &mut Vec<String>) {
        if items.is_empty() {
            return;
        }
        lines.push(format!("{key}:"));
        lines.extend(items.iter().map(|item| match item {
            FieldItem::Member(member) => format!("  {}", line(&self.line(None, member))),
            FieldItem::Spread(base) => format!("  ...: {}", base.name.value),
        }));
    }

    fn answer(&self, it: &Answer) -> String {
        let ty = match &it.ty {
            AnswerType::Nothing => "nothing".to_owned(),
            AnswerType::Value(value) => self.ty(&value.ty),
            AnswerType::Any(all) => {
                let all: Vec<String> = all.iter().map(|one| self.answer(one)).collect();
                format!("any of {}", all.join(", "))
            }
            AnswerType::Poisoned => "…".to_owned(),
        };
        match &it.status {
            Some(status) => format!("{}: {ty}", status.value),
            None => ty,
        }
    }

    fn errors(&self, list: &[ErrorEntry]) -> Option<String> {
        let one = |it: &ErrorEntry| {
            let status = match it.status.value {
                StatusPattern::Exactly(status) => status.to_string(),
                StatusPattern::Range(digit) => format!("{digit}xx"),
                StatusPattern::Default => "default".to_owned(),
                StatusPattern::Inside => "in_success".to_owned(),
            };
            let ty = it.ty.as_ref().map_or_else(|| "nothing".to_owned(), |ty| self.ty(ty));
            format!("{status}: {ty}")
        };
        let list: Vec<String> = list.iter().map(one).collect();
        (!list.is_empty()).then(|| format!("errors: {{ {} }}", list.join(", ")))
    }
}

fn line(it: &Line<'_>) -> String {
    format!("{}{}: {}", shown(&it.wire), if it.optional { "?" } else { "" }, it.rest)
}

fn named(section: &str, name: &Text, detail: String, doc: String) -> Described {
    let shape = format!("{section}:\n  {}: {detail}", shown(&name.value));
    Described { detail, shape, doc, members: Vec::new() }
}
