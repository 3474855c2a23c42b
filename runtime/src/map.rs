//! Maps from text, in the order of the wire.

use crate::drift::record::{self, Step};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::HashMap;
use std::fmt;

/// From this many entries on, an index is kept beside the entries.
const INDEXED_FROM: usize = 17;

/// A map from text to `V` that keeps the order in which its entries came.
///
/// Two maps are equal if they have the same entries, in whatever order. A name that comes twice
/// keeps its first place and takes its last value.
#[derive(Clone)]
pub struct Map<V> {
    entries: Vec<(String, V)>,
    /// Place of every name, once there are enough of them for looking through to be slow.
    index: Option<HashMap<String, usize>>,
}

/// The members of an object that its description does not declare.
pub type Undeclared = Map<serde_json::Value>;

impl<V> Map<V> {
    /// An empty map.
    pub fn new() -> Self {
        Self { entries: Vec::new(), index: None }
    }

    /// Number of entries.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is no entry.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The value of a name.
    pub fn get(&self, name: &str) -> Option<&V> {
        let place = self.place(name)?;
        self.entries.get(place).map(|(_, value)| value)
    }

    /// The value of a name, to be changed.
    pub fn get_mut(&mut self, name: &str) -> Option<&mut V> {
        let place = self.place(name)?;
        self.entries.get_mut(place).map(|(_, value)| value)
    }

    /// Whether a name has a value.
    pub fn contains_key(&self, name: &str) -> bool {
        self.place(name).is_some()
    }

    /// Sets the value of a name and gives the one it had.
    pub fn insert(&mut self, name: impl Into<String>, value: V) -> Option<V> {
        let name = name.into();
        if let Some(old) = self.get_mut(&name) {
            return Some(std::mem::replace(old, value));
        }
        if let Some(index) = &mut self.index {
            index.insert(name.clone(), self.entries.len());
        }
        self.entries.push((name, value));
        if self.entries.len() == INDEXED_FROM {
            self.build_index();
        }
        None
    }

    /// Removes a name and gives its value. The order of the others stays.
    pub fn remove(&mut self, name: &str) -> Option<V> {
        let place = self.place(name)?;
        let (_, value) = self.entries.remove(place);
        if self.index.is_some() {
            self.build_index();
        }
        Some(value)
    }

    /// The entries in order.
    pub fn iter(&self) -> Iter<'_, V> {
        Iter(self.entries.iter())
    }

    /// The names in order.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.iter().map(|(name, _)| name)
    }

    /// The values in order.
    pub fn values(&self) -> impl Iterator<Item = &V> {
        self.iter().map(|(_, value)| value)
    }

    fn place(&self, name: &str) -> Option<usize> {
        match &self.index {
            Some(index) => index.get(name).copied(),
            None => self.entries.iter().position(|(known, _)| known == name),
        }
    }

    fn build_index(&mut self) {
        let places = self.entries.iter().enumerate();
        self.index = Some(places.map(|(place, (name, _))| (name.clone(), place)).collect());
    }
}

impl<V> Default for Map<V> {
    fn default() -> Self {
        Self::new()
    }
}

impl<V: PartialEq> PartialEq for Map<V> {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter().all(|(name, value)| other.get(name) == Some(value))
    }
}

impl<V: Eq> Eq for Map<V> {}

impl<V: fmt::Debug> fmt::Debug for Map<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

/// The entries of a [`Map`] in order.
#[derive(Clone, Debug)]
pub struct Iter<'a, V>(std::slice::Iter<'a, (String, V)>);

impl<'a, V> Iterator for Iter<'a, V> {
    type Item = (&'a str, &'a V);

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next().map(|(name, value)| (name.as_str(), value))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl<'a, V> IntoIterator for &'a Map<V> {
    type Item = (&'a str, &'a V);
    type IntoIter = Iter<'a, V>;

    fn into_iter(self) -> Iter<'a, V> {
        self.iter()
    }
}

impl<V> IntoIterator for Map<V> {
    type Item = (String, V);
    type IntoIter = std::vec::IntoIter<(String, V)>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.into_iter()
    }
}

impl<V, N: Into<String>> FromIterator<(N, V)> for Map<V> {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(entries: I) -> Self {
        let mut map = Self::new();
        map.extend(entries);
        map
    }
}

impl<V, N: Into<String>> Extend<(N, V)> for Map<V> {
    fn extend<I: IntoIterator<Item = (N, V)>>(&mut self, entries: I) {
        for (name, value) in entries {
            self.insert(name, value);
        }
    }
}

impl<V, N: Into<String>, const LEN: usize> From<[(N, V); LEN]> for Map<V> {
    fn from(entries: [(N, V); LEN]) -> Self {
        entries.into_iter().collect()
    }
}

impl<V: Serialize> Serialize for Map<V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self)
    }
}

impl<'de, V: Deserialize<'de>> Deserialize<'de> for Map<V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(MapVisitor(std::marker::PhantomData))
    }
}

struct MapVisitor<V>(std::marker::PhantomData<V>);

impl<'de, V: Deserialize<'de>> serde::de::Visitor<'de> for MapVisitor<V> {
    type Value = Map<V>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: serde::de::MapAccess<'de>>(self, mut object: A) -> Result<Map<V>, A::Error> {
        let mut map = Map::new();
        while let Some(name) = object.next_key::<String>()? {
            let value = || object.next_value::<V>();
            map.insert(name, record::inside(|| Step::Values, value)?);
        }
        Ok(map)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn keeps_the_order_of_the_wire() {
        let json = r#"{"b":1,"a":2,"c":3}"#;
        let map: Map<i32> = serde_json::from_str(json).unwrap();
        assert_eq!(serde_json::to_string(&map).unwrap(), json);
        assert_eq!(map, Map::from([("a", 2), ("b", 1), ("c", 3)]));
        assert_ne!(map, Map::from([("a", 2), ("b", 1), ("d", 3)]));
        let twice: Map<i32> = serde_json::from_str(r#"{"b":1,"a":2,"b":3}"#).unwrap();
        assert_eq!(serde_json::to_string(&twice).unwrap(), r#"{"b":3,"a":2}"#);
    }

    proptest! {
        #[test]
        fn behaves_like_a_list_of_pairs(steps in prop::collection::vec((0_u8..40, any::<bool>()), 0..120)) {
            let (mut map, mut pairs) = (Map::new(), Vec::<(String, usize)>::new());
            for (step, (name, insert)) in steps.into_iter().enumerate() {
                let name = format!("n{name}");
                let known = pairs.iter().position(|(known, _)| *known == name);
                match (insert, known) {
                    (true, Some(place)) => {
                        let old = std::mem::replace(&mut pairs[place].1, step);
                        prop_assert_eq!(map.insert(name, step), Some(old));
                    }
                    (true, None) => {
                        pairs.push((name.clone(), step));
                        prop_assert_eq!(map.insert(name, step), None);
                    }
                    (false, Some(place)) => {
                        prop_assert_eq!(map.remove(&name), Some(pairs.remove(place).1));
                    }
                    (false, None) => prop_assert_eq!(map.remove(&name), None),
                }
            }
            prop_assert_eq!(map.clone().into_iter().collect::<Vec<_>>(), pairs.clone());
            prop_assert!(pairs.iter().all(|(name, value)| map.get(name) == Some(value)));
        }
    }
}
