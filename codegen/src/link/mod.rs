//! Files that a specification uses: `use: { servicestack: ../common/servicestack.yaml }`.
//!
//! A used file lends what it defines, under the name that it is used by. What is asked for becomes part of
//! the specification, as `servicestack.ResponseStatus`; the rest is as if it did not exist. A file that is
//! used by several others is there once.

mod names;
pub(crate) mod visit;

use std::collections::{BTreeMap, BTreeSet};

use crate::ast::{AuthRef, Defaults, ErrorEntry, Format, Specification, Text, Use, WireDefaults};
use crate::diag::{Diagnostic, Diagnostics, codes, nearest};
use crate::parse::{self, shown};
use crate::source::{FileId, SourceMap, Span, beside};
use names::{Asked, Linker};

/// A file that another one uses.
pub(crate) struct Unit {
    pub(crate) file: FileId,
    pub(crate) specification: Specification,
}

/// The files that others use.
pub(crate) fn used(files: &[FileId], map: &SourceMap) -> BTreeSet<FileId> {
    let by_name = by_name(files.iter().copied(), map);
    let mut used = BTreeSet::new();
    for &file in files {
        for path in parse::uses(file, map.text(file)) {
            let name = beside(map.name(file), &path.value);
            used.extend(name.and_then(|name| by_name.get(name.as_str()).copied()));
        }
    }
    used
}

fn by_name(files: impl Iterator<Item = FileId>, map: &SourceMap) -> BTreeMap<&str, FileId> {
    files.map(|file| (map.name(file), file)).collect()
}

/// What a specification or a used file can name: the aliases, and where they lead; `None` where that has been
/// reported.
type Aliases = BTreeMap<String, Option<usize>>;

/// Makes what `specification` takes from the used files a part of it.
pub(crate) fn link(
    specification: &mut Specification,
    mut units: Vec<Unit>,
    map: &SourceMap,
    diagnostics: &mut Diagnostics,
) {
    let mut found = Diagnostics::default();
    link_all(specification, &mut units, map, &mut found);
    specification.incomplete |= found.has_errors();
    diagnostics.take(found, |_| true);
}

fn link_all(
    specification: &mut Specification,
    units: &mut [Unit],
    map: &SourceMap,
    diagnostics: &mut Diagnostics,
) {
    let index = by_name(units.iter().map(|unit| unit.file), map);
    let places: BTreeMap<String, usize> = units
        .iter()
        .enumerate()
        .filter_map(|(at, unit)| Some((index.get_key_value(map.name(unit.file))?.0, at)))
        .map(|(name, at)| ((*name).to_owned(), at))
        .collect();
    let own = aliases(&specification.uses, &places, map, diagnostics);
    let of_units: Vec<Aliases> = units
        .iter()
        .map(|unit| aliases(&unit.specification.uses, &places, map, diagnostics))
        .collect();
    let mut walk = Walk {
        units: &*units,
        aliases: &of_units,
        prefixes: vec![None; units.len()],
        open: Vec::new(),
        order: Vec::new(),
    };
    for one in &specification.uses {
        if let Some(&Some(unit)) = own.get(&one.alias.value) {
            walk.visit(unit, &one.alias.value, one, diagnostics);
        }
    }
    let Walk { prefixes, order, .. } = walk;
    for unit in &*units {
        lends_only(&unit.specification, diagnostics);
        specification.incomplete |= unit.specification.incomplete;
    }
    let linker = Linker::new(units, prefixes);
    // What a file uses comes before it, so that what it inherits is whole.
    for &at in &order {
        let mut unit = std::mem::take(&mut units[at].specification);
        linker.rename(&mut unit, Some(at), &of_units[at], diagnostics);
        inherit(&mut unit, &of_units[at], units, diagnostics);
        units[at].specification = unit;
    }
    linker.rename(specification, None, &own, diagnostics);
    inherit(specification, &own, units, diagnostics);
    take(specification, units, &order, diagnostics);
    unused(specification, &own, &linker, diagnostics);
}

/// The names that `use` gives to files, and which files they are.
fn aliases(
    uses: &[Use],
    places: &BTreeMap<String, usize>,
    map: &SourceMap,
    diagnostics: &mut Diagnostics,
) -> Aliases {
    let mut found = Aliases::new();
    let mut named: BTreeMap<&str, (Span, Option<String>)> = BTreeMap::new();
    let is_there =
        |place: &Option<String>| place.as_ref().is_some_and(|it| places.contains_key(it));
    for Use { alias, path } in uses {
        let place = path.as_ref().and_then(|it| beside(map.name(it.span.file), &it.value));
        if let Some((first, other)) = named.get(alias.value.as_str()) {
            // Each file of a specification may name what it uses.
            let same = first.file != alias.span.file && *other == place;
            // Which file is meant by one that is not there nobody knows.
            if same || !is_there(other) || path.is_none() {
                continue;
            }
            diagnostics.push(
                Diagnostic::error(
                    &codes::DUPLICATE_ITEM,
                    alias.span,
                    format!("two files are used as `{}`", shown(&alias.value)),
                )
                .related(*first, "first used here"),
            );
            continue;
        }
        named.insert(&alias.value, (alias.span, place.clone()));
        let Some(path) = path else {
            found.insert(alias.value.clone(), None);
            continue;
        };
        let plain = |c: char| c.is_alphanumeric() || c == '_';
        let unit = place.as_ref().and_then(|place| places.get(place)).copied();
        let fault = if alias.value.is_empty() || !alias.value.chars().all(plain) {
            let text = format!("`{}` cannot be the name of a used file", shown(&alias.value));
            Some((alias.span, text, "expected letters, digits and `_`"))
        } else if unit.is_none() {
            let text = format!("the file `{}` cannot be used", shown(&path.value));
            let label = match place {
                Some(_) => "it has not been read",
                None => "expected a path from this file, with `/` between its parts",
            };
            Some((path.span, text, label))
        } else {
            None
        };
        found.insert(alias.value.clone(), unit.filter(|_| fault.is_none()));
        if let Some((span, text, label)) = fault {
            diagnostics.push(Diagnostic::error(&codes::BAD_USE, span, text).label(label));
        }
    }
    for (alias, _) in found.iter().filter(|(_, unit)| unit.is_none()) {
        diagnostics.lost.file(alias);
    }
    found
}

/// Finds the used files that a specification leads to.
struct Walk<'a> {
    units: &'a [Unit],
    aliases: &'a [Aliases],
    /// What stands before the names of each file that was reached.
    prefixes: Vec<Option<String>>,
    open: Vec<usize>,
    /// What was reached, each behind those that it uses.
    order: Vec<usize>,
}

impl Walk<'_> {
    fn visit(&mut self, at: usize, prefix: &str, by: &Use, diagnostics: &mut Diagnostics) {
        if self.open.contains(&at) {
            diagnostics.push(
                Diagnostic::error(
                    &codes::BAD_USE,
                    by.path.as_ref().unwrap_or(&by.alias).span,
                    format!("`{}` uses itself", shown(&by.alias.value)),
                )
                .label("the circle closes here")
                .help("put what both need into a third file"),
            );
            return;
        }
        if self.prefixes[at].is_some() {
            return;
        }
        self.prefixes[at] = Some(prefix.to_owned());
        self.open.push(at);
        for inner in &self.units[at].specification.uses {
            if let Some(&Some(next)) = self.aliases[at].get(&inner.alias.value) {
                let prefix = format!("{prefix}.{}", inner.alias.value);
                self.visit(next, &prefix, inner, diagnostics);
            }
        }
        self.open.pop();
        self.order.push(at);
    }
}

/// A used file has nothing that makes a provider.
fn lends_only(unit: &Specification, diagnostics: &mut Diagnostics) {
    let first = |list: Option<Span>, what: &'static str| list.map(|span| (span, what));
    let found = [
        first(unit.provider.as_ref().map(|it| it.name.span), "provider"),
        first(unit.servers.first().map(|it| it.name.span), "servers"),
        first(unit.rate_limit.as_ref().map(|it| it.name.span), "rate_limit"),
        first(unit.path.first().map(|it| it.wire.span), "path"),
        first(unit.parameters.first().map(|it| it.wire.span), "parameters"),
        first(unit.pagers.first().map(|it| it.name.span), "pagers"),
        first(unit.groups.first().map(|it| it.name.span), "groups"),
        first(unit.methods.first().map(|it| it.name.span), "methods"),
        first(unit.deliveries.as_ref().map(|it| it.span), "deliveries"),
    ];
    if let Some((span, what)) = found.into_iter().flatten().next() {
        diagnostics.push(
            Diagnostic::error(
                &codes::BAD_USE,
                span,
                format!("a file that others use cannot have `{what}`"),
            )
            .help("it lends `models`, `auth`, `formats`, `defaults` and `sources`, nothing else"),
        );
    }
}

/// Takes over what `...` of `defaults` and `formats` names, unless the file itself says otherwise.
fn inherit(
    it: &mut Specification,
    aliases: &Aliases,
    units: &[Unit],
    diagnostics: &mut Diagnostics,
) {
    let mut base = |name: &Option<Text>| {
        let name = name.as_ref()?;
        let found = aliases.get(&name.value);
        if found.is_none() {
            diagnostics.push(unknown_alias(name, aliases));
        }
        found.copied().flatten().map(|unit| &units[unit].specification)
    };
    if let Some(base) = base(&it.formats_from) {
        let own = std::mem::take(&mut it.formats);
        let other = |format: &&Format| !own.iter().any(|own| own.name.value == format.name.value);
        it.formats = base.formats.iter().filter(other).cloned().collect();
        it.formats.extend(own);
    }
    let named = it.defaults.base.is_some();
    match base(&it.defaults.base) {
        Some(base) => merge(&mut it.defaults, &base.defaults),
        // What it says is not known.
        None if named => {
            it.defaults.unreadable = true;
            it.defaults.auth.get_or_insert(AuthRef::Unreadable);
            it.defaults.timeouts.unreadable = true;
        }
        None => {}
    }
}

fn unknown_alias(name: &Text, aliases: &Aliases) -> Diagnostic {
    let diagnostic = Diagnostic::error(
        &codes::BAD_USE,
        name.span,
        format!("no file is used as `{}`", shown(&name.value)),
    );
    match nearest(&name.value, aliases.keys().map(String::as_str)) {
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")).patch(name.span, near),
        None => diagnostic.help("`...` takes what a used file says here: name one of `use`"),
    }
}

fn merge(own: &mut Defaults, base: &Defaults) {
    own.auth = own.auth.take().or_else(|| base.auth.clone());
    let missing =
        |entry: &&ErrorEntry| !own.errors.iter().any(|it| it.status.value == entry.status.value);
    let errors: Vec<ErrorEntry> = base.errors.iter().filter(missing).cloned().collect();
    own.errors.extend(errors);
    for (name, value) in &base.headers {
        if !own.headers.iter().any(|(known, _)| known.value.eq_ignore_ascii_case(&name.value)) {
            own.headers.push((name.clone(), value.clone()));
        }
    }
    let resending = &mut own.resending;
    resending.retry_on = resending.retry_on.take().or_else(|| base.resending.retry_on.clone());
    resending.idempotency =
        resending.idempotency.take().or_else(|| base.resending.idempotency.clone());
    own.timeouts.within(&base.timeouts);
    own.unreadable |= base.unreadable;
    let wire = &mut own.wire;
    wire.unspecified = wire.unspecified.take().or_else(|| base.wire.unspecified.clone());
    wire.enum_write = wire.enum_write.take().or_else(|| base.wire.enum_write.clone());
    for (own, base) in [
        (&mut wire.datetime, &base.wire.datetime),
        (&mut wire.datetime_none, &base.wire.datetime_none),
        (&mut wire.enum_read, &base.wire.enum_read),
    ] {
        if own.is_empty() {
            own.clone_from(base);
        }
    }
}

/// Makes the models and auth entries that are asked for a part of the specification, in the order of
/// the files, and all sources.
fn take(
    it: &mut Specification,
    units: &mut [Unit],
    order: &[usize],
    diagnostics: &mut Diagnostics,
) {
    let asked = Asked::of(it, units);
    for &at in order {
        let unit = std::mem::take(&mut units[at].specification);
        let models =
            unit.models.into_iter().filter(|model| asked.models.contains(&model.name.value));
        let before = it.models.len();
        it.models.extend(models);
        let auth = unit.auth.into_iter().filter(|entry| asked.auth.contains(&entry.name.value));
        it.auth.extend(auth);
        it.sources.extend(unit.sources);
        let known = !unit.defaults.unreadable && !it.defaults.unreadable;
        if let (Some(model), Some(what)) =
            (it.models.get(before), difference(&unit.defaults.wire, &it.defaults.wire))
            && known
        {
            diagnostics.push(
                Diagnostic::error(
                    &codes::BAD_USE,
                    what.span,
                    "a used file writes values otherwise than the specification that uses it",
                )
                .label("said for the models of this file")
                .related(model.name.span, "used, and would be written in the other way")
                .help("take it over: `defaults: { ...: NAME }`, with the name that the file is used by"),
            );
        }
    }
}

/// What a used file says about forms of values that the specification does not say.
fn difference<'w>(used: &'w WireDefaults, own: &WireDefaults) -> Option<&'w Text> {
    let differs = |one: &Option<Text>, other: &Option<Text>| {
        one.as_ref().map(|it| &it.value) != other.as_ref().map(|it| &it.value)
    };
    let pairs = [(&used.unspecified, &own.unspecified), (&used.enum_write, &own.enum_write)];
    let found = pairs.into_iter().find(|(one, other)| one.is_some() && differs(one, other));
    let values = |list: &[Text]| list.iter().map(|it| it.value.clone()).collect::<Vec<_>>();
    let lists = [
        (&used.datetime, &own.datetime),
        (&used.datetime_none, &own.datetime_none),
        (&used.enum_read, &own.enum_read),
    ];
    let mut lists = lists.into_iter();
    let list = lists.find_map(|(one, other)| one.first().filter(|_| values(one) != values(other)));
    found.and_then(|(one, _)| one.as_ref()).or(list)
}

/// Files of which nothing is taken.
fn unused(it: &Specification, own: &Aliases, linker: &Linker, diagnostics: &mut Diagnostics) {
    if it.incomplete || diagnostics.has_errors() {
        return;
    }
    for one in &it.uses {
        let alias = &one.alias;
        let inherits = [&it.defaults.base, &it.formats_from].into_iter().flatten();
        let named = inherits.clone().any(|base| base.value == alias.value);
        let taken =
            own.get(&alias.value).copied().flatten().is_some_and(|unit| linker.is_taken(unit, it));
        if !named && !taken {
            diagnostics.push(
                Diagnostic::warning(
                    &codes::UNUSED,
                    alias.span,
                    format!("nothing of `{}` is used", shown(&alias.value)),
                )
                .help(format!("its models are called `{}.…`", shown(&alias.value))),
            );
        }
    }
}
