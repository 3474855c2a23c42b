//! Types.

use super::{Api, Model, ModelId, ModelKind};

/// A type, resolved.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Type {
    Scalar(Scalar),
    Model(ModelId),
    List(Box<Type>),
    /// An object with keys of any name, in the order of the wire.
    Map(Box<Type>),
    /// An object whose names are keys of another type than text: the key, then the value.
    Keyed(Box<Type>, Box<Type>),
    /// An address that leads to a method, by its name.
    Link(String),
    /// A type that is given where the model is used, by its name.
    Parameter(String),
    /// A value or null, inside a list or map.
    Nullable(Box<Type>),
    /// A number, boolean or count since 1970 that travels as a text.
    AsText(Box<Type>),
    /// A list whose items travel in one text, between commas.
    Csv(Box<Type>),
}

impl Type {
    /// What limits count in a text that stands for a value; bytes are not looked into.
    #[expect(clippy::cast_precision_loss, reason = "no text of a specification is that long")]
    pub(crate) fn size_of(&self, text: &str) -> Option<f64> {
        match self {
            Self::AsText(inner) | Self::Nullable(inner) => inner.size_of(text),
            Self::Scalar(Scalar::String | Scalar::Url) => Some(text.chars().count() as f64),
            Self::Scalar(Scalar::Bytes) => {
                Some(clientwright_wire::base64::decode(text).ok()?.len() as f64)
            }
            Self::Scalar(Scalar::BytesUrl) => {
                Some(clientwright_wire::base64::decode_url(text).ok()?.len() as f64)
            }
            Self::Scalar(_) => text.parse().ok(),
            _ => None,
        }
    }

    /// The models that the type names, in lists and maps too.
    pub(crate) fn models(&self) -> impl Iterator<Item = ModelId> {
        let mut keys = Vec::new();
        let mut at = self;
        while let Some(inner) = at.inner() {
            if let Self::Keyed(key, _) = at {
                keys.extend(key.model());
            }
            at = inner;
        }
        keys.extend(at.model());
        keys.into_iter()
    }

    /// What a list or map holds, or what a value is beside being null or a text.
    fn inner(&self) -> Option<&Self> {
        match self {
            Self::Scalar(_) | Self::Link(_) | Self::Parameter(_) | Self::Model(_) => None,
            Self::List(inner)
            | Self::Map(inner)
            | Self::Keyed(_, inner)
            | Self::Nullable(inner)
            | Self::AsText(inner)
            | Self::Csv(inner) => Some(inner),
        }
    }

    /// Whether it is a text, a number or a boolean without a name of its own, or null beside these.
    pub(crate) fn is_bare(&self) -> bool {
        match self {
            Self::Nullable(inner) => inner.is_bare(),
            Self::Scalar(scalar) => scalar.is_bare(),
            _ => false,
        }
    }

    /// Whether it is not written as its Rust type is by itself, so that its place has to say how.
    pub(crate) fn has_own_form(&self, models: &[Model]) -> bool {
        self.has_own_form_below(models, 0)
    }

    fn has_own_form_below(&self, models: &[Model], depth: usize) -> bool {
        let below = |inner: &Self| inner.has_own_form_below(models, depth + 1);
        match self {
            Self::Scalar(scalar) => match scalar {
                Scalar::DateTime(forms) => *forms != DateForms::only(DateFormat::Rfc3339),
                scalar => matches!(
                    scalar,
                    Scalar::SpacedDateTime | Scalar::Bytes | Scalar::BytesUrl | Scalar::Decimal
                ),
            },
            Self::List(inner)
            | Self::Map(inner)
            | Self::Keyed(_, inner)
            | Self::Nullable(inner) => below(inner),
            Self::AsText(_) | Self::Csv(_) => true,
            Self::Parameter(_) | Self::Link(_) => false,
            // Circles of names are reported where they are.
            Self::Model(id) => match models.get(id.0).map(|model| &model.kind) {
                Some(ModelKind::Alias(inner)) => depth < 64 && below(inner),
                _ => false,
            },
        }
    }

    /// The scalar that the type, or what a list or map holds, is, under other names too.
    pub(crate) fn item_scalar(&self, api: &Api) -> Option<Scalar> {
        match self {
            Self::Scalar(scalar) => Some(*scalar),
            Self::List(item) | Self::Map(item) | Self::Keyed(_, item) => item.item_scalar(api),
            Self::Model(id) => match &api.model(*id).kind {
                ModelKind::Alias(ty) => ty.item_scalar(api),
                _ => None,
            },
            _ => None,
        }
    }

    /// The model that the type names, as a value of lists and maps too.
    pub(crate) fn model(&self) -> Option<ModelId> {
        match self {
            Self::Model(id) => Some(*id),
            other => other.inner()?.model(),
        }
    }
}

/// A type of the language itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Scalar {
    String,
    Boolean,
    Int32,
    Int64,
    Uint32,
    Uint64,
    Float,
    Double,
    Decimal,
    Date,
    Time,
    /// A point in time, with how it is written.
    DateTime(DateForms),
    LocalDateTime,
    /// The same with a space between day and time.
    SpacedDateTime,
    /// A length of time by ISO 8601, such as `PT1H`.
    Duration,
    /// A length of time as .NET writes it, such as `1.02:03:04`.
    TimeSpan,
    Uuid,
    /// Bytes in base64.
    Bytes,
    /// Bytes in base64 for addresses, without padding.
    BytesUrl,
    Url,
    /// Any JSON value.
    Json,
    /// What stands for a type that has been reported. It agrees with everything, and nothing is generated of it.
    Poisoned,
    /// A file in a body of parts.
    File,
}

/// How a point in time is written, and in which forms it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct DateForms {
    pub(crate) written: DateFormat,
    /// A bit for each further format that is read.
    others: u16,
}

impl DateForms {
    /// One form for both.
    pub(crate) const fn only(written: DateFormat) -> Self {
        Self { written, others: 0 }
    }

    /// The same, where this one is read too.
    pub(crate) fn or(mut self, other: DateFormat) -> Self {
        self.others |= other.bit();
        self
    }

    /// The same with another format in the place of one.
    pub(crate) fn replace(self, one: DateFormat, other: DateFormat) -> Self {
        let put = |format: DateFormat| if format == one { other } else { format };
        self.others().fold(Self::only(put(self.written)), |forms, format| forms.or(put(format)))
    }

    /// Those that are read beside the one that is written.
    pub(crate) fn others(self) -> impl Iterator<Item = DateFormat> {
        let is_other = move |format: &DateFormat| self.others & format.bit() != 0;
        DateFormat::ALL.into_iter().filter(is_other)
    }

    /// All of them, the one that is written first.
    pub(crate) fn each(self) -> impl Iterator<Item = DateFormat> {
        std::iter::once(self.written).chain(self.others())
    }
}

/// A form of a point in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum DateFormat {
    Rfc3339,
    /// RFC 3339, where a time without a zone is meant as UTC.
    AssumeUtc,
    /// `2026-01-31 08:30:00`, in UTC.
    Spaced,
    /// `2026-01-31`, whose midnight is meant.
    DateOnly,
    /// `/Date(1700000000000)/`
    Dotnet,
    HttpDate,
    /// `Thu, 24 Aug 2023 05:01:45 +0000`, as mails have it.
    Rfc2822,
    UnixSeconds,
    UnixMillis,
    UnixMicros,
    UnixNanos,
}

impl DateFormat {
    const ALL: [Self; 11] = [
        Self::Rfc3339,
        Self::AssumeUtc,
        Self::Spaced,
        Self::DateOnly,
        Self::Dotnet,
        Self::HttpDate,
        Self::Rfc2822,
        Self::UnixSeconds,
        Self::UnixMillis,
        Self::UnixMicros,
        Self::UnixNanos,
    ];

    fn bit(self) -> u16 {
        1 << self as u16
    }

    /// Whether it is a number on the wire.
    pub(crate) fn is_number(self) -> bool {
        matches!(self, Self::UnixSeconds | Self::UnixMillis | Self::UnixMicros | Self::UnixNanos)
    }
}
