//! Groups that others link to, so that their types have to be there as well.

use std::collections::BTreeSet;

use super::{Api, Body, Group, ModelKind, Type};

/// Where the module of a group has to be, if groups can be left out.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Needed {
    /// In every client, since models link to it.
    Always,
    /// With any of these groups, by index; itself is one.
    With(BTreeSet<usize>),
}

impl Api {
    /// Where the module of a group has to be.
    pub(crate) fn needed(&self, group: &Group) -> Needed {
        let own = self.groups.iter().position(|other| other.ident == group.ident);
        let Some(own) = own.filter(|own| !self.closure(self.of_models()).contains(own)) else {
            return Needed::Always;
        };
        let leads_here = |from: &usize| self.closure(BTreeSet::from([*from])).contains(&own);
        Needed::With((0..self.groups.len()).filter(leads_here).collect())
    }

    /// These groups, and those that they link to, and so on.
    fn closure(&self, mut groups: BTreeSet<usize>) -> BTreeSet<usize> {
        let mut waiting: Vec<usize> = groups.iter().copied().collect();
        while let Some(index) = waiting.pop() {
            for next in self.of_group(&self.groups[index]) {
                if groups.insert(next) {
                    waiting.push(next);
                }
            }
        }
        groups
    }

    /// The groups that models and deliveries link to, which are there whatever groups are.
    fn of_models(&self) -> BTreeSet<usize> {
        let mut found = BTreeSet::new();
        for model in self.models.iter().filter(|model| model.emitted) {
            match &model.kind {
                ModelKind::Object(object) => {
                    object.fields.iter().for_each(|field| self.links(&field.ty, &mut found));
                }
                ModelKind::Union(union) => {
                    union.variants.iter().for_each(|one| self.links(&one.ty, &mut found));
                }
                ModelKind::Alias(ty) => self.links(ty, &mut found),
                ModelKind::Enum(_) | ModelKind::Newtype(_) => {}
            }
        }
        for ty in self.deliveries.iter().flat_map(super::Deliveries::types) {
            self.links(ty, &mut found);
        }
        found
    }

    /// The groups that the methods of a group link to by themselves.
    fn of_group(&self, group: &Group) -> BTreeSet<usize> {
        let mut found = BTreeSet::new();
        for method in &group.methods {
            for ty in method.body.iter().flat_map(Body::types) {
                self.links(ty, &mut found);
            }
            method.outcome.values().for_each(|value| self.links(&value.ty, &mut found));
        }
        found
    }

    /// The groups that the name of a type in Rust needs.
    fn links(&self, ty: &Type, found: &mut BTreeSet<usize>) {
        match ty {
            Type::Scalar(_) | Type::Parameter(_) => {}
            Type::Link(name) => {
                let target = self.method(name).map(|(group, _)| &group.ident);
                found.extend(self.groups.iter().position(|group| Some(&group.ident) == target));
            }
            Type::Model(id) => {
                let given = self.model(*id).given.as_ref();
                for ty in given.iter().flat_map(|given| &given.types) {
                    self.links(ty, found);
                }
            }
            Type::Keyed(key, value) => {
                self.links(key, found);
                self.links(value, found);
            }
            Type::List(inner)
            | Type::Map(inner)
            | Type::Nullable(inner)
            | Type::AsText(inner)
            | Type::Csv(inner) => self.links(inner, found),
        }
    }
}
