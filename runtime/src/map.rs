//! Maps in the order of the wire.

use crate::drift::record::{self, Step};
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Borrow;
use std::collections::HashMap;
use std::fmt;
use std::hash::Hash;
use std::marker::PhantomData;

/// From this many entries on, an index is kept beside the entries.
const INDEXED_FROM: usize = 17;

/// A map from `K` to `V` that keeps the order in which its entries came.
///
/// Two maps are equal if they have the same entries, in whatever order. A key that comes twice
/// keeps its first place and takes its last value.
#[derive(Clone)]
pub struct OrderedMap<K, V> {
    entries: Vec<(K, V)>,
    /// Place of every key, once there are enough of them for looking through to be slow.
    index: Option<HashMap<K, usize>>,
}

/// A map from text to `V` that keeps the order in which its entries came.
pub type Map<V> = OrderedMap<String, V>;

/// The members of an object that its description does not declare.
pub type Undeclared = Map<serde_json::Value>;

impl<K, V> OrderedMap<K, V> {
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

    /// The entries in order.
    pub fn iter(&self) -> Iter<'_, K, V> {
        Iter(self.entries.iter())
    }

    /// The keys in order.
    pub fn keys(&self) -> impl Iterator<Item = &K> {
        self.iter().map(|(key, _)| key)
    }

    /// The values in order.
    pub fn values(&self) -> impl Iterator<Item = &V> {
        self.iter().map(|(_, value)| value)
    }
}

impl<K: Clone + Eq + Hash, V> OrderedMap<K, V> {
    /// The value of a key.
    pub fn get<Q: Eq + Hash + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        let place = self.place(key)?;
        self.entries.get(place).map(|(_, value)| value)
    }

    /// The value of a key, to be changed.
    pub fn get_mut<Q: Eq + Hash + ?Sized>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        let place = self.place(key)?;
        self.entries.get_mut(place).map(|(_, value)| value)
    }

    /// Whether a key has a value.
    pub fn contains_key<Q: Eq + Hash + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.place(key).is_some()
    }

    /// Sets the value of a key and gives the one it had.
    pub fn insert(&mut self, key: impl Into<K>, value: V) -> Option<V> {
        let key = key.into();
        if let Some(old) = self.get_mut(&key) {
            return Some(std::mem::replace(old, value));
        }
        if let Some(index) = &mut self.index {
            index.insert(key.clone(), self.entries.len());
        }
        self.entries.push((key, value));
        if self.entries.len() == INDEXED_FROM {
            self.build_index();
        }
        None
    }

    /// Removes a key and gives its value. The order of the others stays.
    pub fn remove<Q: Eq + Hash + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        let place = self.place(key)?;
        let (_, value) = self.entries.remove(place);
        if self.index.is_some() {
            self.build_index();
        }
        Some(value)
    }

    fn place<Q: Eq + Hash + ?Sized>(&self, key: &Q) -> Option<usize>
    where
        K: Borrow<Q>,
    {
        match &self.index {
            Some(index) => index.get(key).copied(),
            None => self.entries.iter().position(|(known, _)| known.borrow() == key),
        }
    }

    fn build_index(&mut self) {
        let places = self.entries.iter().enumerate();
        self.index = Some(places.map(|(place, (key, _))| (key.clone(), place)).collect());
    }
}

impl<K, V> Default for OrderedMap<K, V> {
    fn default() -> Self {
        Self::new()
    }
}

impl<K: Clone + Eq + Hash, V: PartialEq> PartialEq for OrderedMap<K, V> {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter().all(|(key, value)| other.get(key) == Some(value))
    }
}

impl<K: Clone + Eq + Hash, V: Eq> Eq for OrderedMap<K, V> {}

impl<K: fmt::Debug, V: fmt::Debug> fmt::Debug for OrderedMap<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

/// The entries of an [`OrderedMap`] in order.
#[derive(Clone, Debug)]
pub struct Iter<'a, K, V>(std::slice::Iter<'a, (K, V)>);

impl<'a, K, V> Iterator for Iter<'a, K, V> {
    type Item = (&'a K, &'a V);

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next().map(|(key, value)| (key, value))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl<'a, K, V> IntoIterator for &'a OrderedMap<K, V> {
    type Item = (&'a K, &'a V);
    type IntoIter = Iter<'a, K, V>;

    fn into_iter(self) -> Iter<'a, K, V> {
        self.iter()
    }
}

impl<K, V> IntoIterator for OrderedMap<K, V> {
    type Item = (K, V);
    type IntoIter = std::vec::IntoIter<(K, V)>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.into_iter()
    }
}

impl<K: Clone + Eq + Hash, V, N: Into<K>> FromIterator<(N, V)> for OrderedMap<K, V> {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(entries: I) -> Self {
        let mut map = Self::new();
        map.extend(entries);
        map
    }
}

impl<K: Clone + Eq + Hash, V, N: Into<K>> Extend<(N, V)> for OrderedMap<K, V> {
    fn extend<I: IntoIterator<Item = (N, V)>>(&mut self, entries: I) {
        for (key, value) in entries {
            self.insert(key, value);
        }
    }
}

impl<K: Clone + Eq + Hash, V, N: Into<K>, const LEN: usize> From<[(N, V); LEN]>
    for OrderedMap<K, V>
{
    fn from(entries: [(N, V); LEN]) -> Self {
        entries.into_iter().collect()
    }
}

impl<K: Serialize, V: Serialize> Serialize for OrderedMap<K, V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self)
    }
}

impl<'de, K, V> Deserialize<'de> for OrderedMap<K, V>
where
    K: Clone + Eq + Hash + Deserialize<'de>,
    V: Deserialize<'de>,
{
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(MapVisitor(PhantomData))
    }
}

struct MapVisitor<K, V>(PhantomData<(K, V)>);

impl<'de, K, V> Visitor<'de> for MapVisitor<K, V>
where
    K: Clone + Eq + Hash + Deserialize<'de>,
    V: Deserialize<'de>,
{
    type Value = OrderedMap<K, V>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Self::Value, A::Error> {
        let mut map = OrderedMap::new();
        while let Some(key) = object.next_key::<K>()? {
            let value = || object.next_value::<V>();
            map.insert(key, record::inside(|| Step::Values, value)?);
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

    #[test]
    fn keys_of_other_types() {
        let json = r#"{"23:50":0,"00:39:00":2}"#;
        let map: OrderedMap<clientwright_wire::Time, i32> = serde_json::from_str(json).unwrap();
        assert_eq!(serde_json::to_string(&map).unwrap(), json);
        assert_eq!(map.get(&"00:39".parse().unwrap()), Some(&2));
        let numbers: OrderedMap<i64, bool> =
            serde_json::from_str(r#"{"-7":true,"3":false}"#).unwrap();
        assert_eq!(numbers.keys().copied().collect::<Vec<_>>(), [-7, 3]);
        assert_eq!(serde_json::to_string(&numbers).unwrap(), r#"{"-7":true,"3":false}"#);
        let many: OrderedMap<i64, i64> = (0..40).map(|n| (n, n)).collect();
        assert_eq!(many.get(&39), Some(&39));
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
                        prop_assert_eq!(map.remove(name.as_str()), Some(pairs.remove(place).1));
                    }
                    (false, None) => prop_assert_eq!(map.remove(&name), None),
                }
            }
            prop_assert_eq!(map.clone().into_iter().collect::<Vec<_>>(), pairs.clone());
            prop_assert!(pairs.iter().all(|(name, value)| map.get(name) == Some(value)));
        }
    }
}
