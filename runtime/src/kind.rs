//! What members of an object may be: there or absent, null or not.

use crate::codec::{Codec, OrNull, Plain};
use crate::drift::{DriftKind, record};
use crate::patch::Patch;
use serde::de::Deserializer;
use serde::ser::Serializer;
use std::marker::PhantomData;

/// What a member may be: the word before `=` in [`object!`](crate::object!).
pub trait Kind<F> {
    /// How it is read and written when it is there.
    type Codec: Codec<F>;

    /// What its absence means; `None` is an error.
    fn absent() -> Option<F> {
        None
    }

    /// Whether it is left out when written.
    fn left_out(_value: &F) -> bool {
        false
    }

    /// Whether it counts where only so many of some members may be there.
    fn counts(value: &F) -> bool {
        !Self::left_out(value)
    }
}

/// A member that is always there and never null.
pub struct Required<C = Plain>(PhantomData<C>);

impl<F, C: Codec<F>> Kind<F> for Required<C> {
    type Codec = C;
}

/// A member that may be absent or null, both `None`; `None` is left out.
pub struct Optional<C = Plain>(PhantomData<C>);

impl<F, C: Codec<F>> Kind<Option<F>> for Optional<C> {
    type Codec = OrNull<C>;

    fn absent() -> Option<Option<F>> {
        Some(None)
    }

    fn left_out(value: &Option<F>) -> bool {
        value.is_none()
    }
}

/// A member that is always there and may be null, which is `None`.
pub struct Nullable<C = Plain>(PhantomData<C>);

impl<F, C: Codec<F>> Kind<Option<F>> for Nullable<C> {
    type Codec = OrNull<C>;
}

/// A member of which some values mean none, by the codec [`Unless`](crate::Unless).
pub struct Sparse<C>(PhantomData<C>);

impl<F, C: Codec<Option<F>>> Kind<Option<F>> for Sparse<C> {
    type Codec = C;

    fn absent() -> Option<Option<F>> {
        Some(None)
    }

    fn left_out(value: &Option<F>) -> bool {
        value.is_none()
    }
}

/// A member that is read when it is there, and never sent.
pub struct ReadOnly<C = Plain>(PhantomData<C>);

impl<F, C: Codec<F>> Kind<Option<F>> for ReadOnly<C> {
    type Codec = OrNull<C>;

    fn absent() -> Option<Option<F>> {
        Some(None)
    }

    fn left_out(_value: &Option<F>) -> bool {
        true
    }
}

/// A member of type [`Patch`].
pub struct Patched<C = Plain>(PhantomData<C>);

impl<F, C: Codec<F>> Kind<Patch<F>> for Patched<C> {
    type Codec = Self;

    fn absent() -> Option<Patch<F>> {
        Some(Patch::Absent)
    }

    fn left_out(value: &Patch<F>) -> bool {
        value.is_absent()
    }

    fn counts(value: &Patch<F>) -> bool {
        value.value().is_some()
    }
}

impl<F, C: Codec<F>> Codec<Patch<F>> for Patched<C> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Patch<F>, D::Error> {
        OrNull::<C>::read(deserializer).map(Patch::from)
    }

    fn write<S: Serializer>(value: &Patch<F>, serializer: S) -> Result<S::Ok, S::Error> {
        match value {
            Patch::Value(value) => C::write(value, serializer),
            Patch::Null | Patch::Absent => serializer.serialize_none(),
        }
    }
}

/// A member whose absence and whose null are the default value.
pub struct NullAsDefault<C = Plain>(PhantomData<C>);

impl<F: Default, C: Codec<F>> Kind<F> for NullAsDefault<C> {
    type Codec = Self;

    fn absent() -> Option<F> {
        record::note_member(|| DriftKind::Absent);
        Some(F::default())
    }
}

impl<F: Default, C: Codec<F>> Codec<F> for NullAsDefault<C> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<F, D::Error> {
        let value: Option<F> = OrNull::<C>::read(deserializer)?;
        Ok(value.unwrap_or_else(|| {
            record::note_member(|| DriftKind::Null);
            F::default()
        }))
    }

    fn write<S: Serializer>(value: &F, serializer: S) -> Result<S::Ok, S::Error> {
        C::write(value, serializer)
    }
}
