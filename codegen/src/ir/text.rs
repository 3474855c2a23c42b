//! What is a text on the wire, whatever it stands for.

use super::{Api, Content, DateFormat, EnumWire, ModelKind, NewtypeOf, Scalar, Type, Union, Value};

impl Scalar {
    /// Whether it is a text, a number or a boolean, of which Rust has a type.
    pub(crate) fn is_bare(self) -> bool {
        matches!(
            self,
            Self::String
                | Self::Boolean
                | Self::Int32
                | Self::Int64
                | Self::Uint32
                | Self::Uint64
                | Self::Float
                | Self::Double
        )
    }

    /// Whether JSON has it in quotes, always.
    pub(crate) fn is_text(self) -> bool {
        match self {
            Self::String
            | Self::Url
            | Self::Uuid
            | Self::Date
            | Self::Time
            | Self::LocalDateTime
            | Self::SpacedDateTime
            | Self::Duration
            | Self::TimeSpan
            | Self::Bytes
            | Self::BytesUrl => true,
            Self::DateTime(forms) => !forms.each().any(DateFormat::is_number),
            Self::Boolean
            | Self::Int32
            | Self::Int64
            | Self::Uint32
            | Self::Uint64
            | Self::Float
            | Self::Double
            | Self::Decimal
            | Self::Json
            | Self::Poisoned
            | Self::File => false,
        }
    }
}

impl Type {
    /// Whether JSON has it in quotes, always.
    pub(crate) fn is_text(&self, api: &Api) -> bool {
        match self {
            Self::Scalar(scalar) => scalar.is_text(),
            Self::Link(_) | Self::Csv(_) => true,
            Self::Model(id) => match &api.model(*id).kind {
                ModelKind::Alias(ty) => ty.is_text(api),
                ModelKind::Enum(values) => values.wire == EnumWire::Texts,
                ModelKind::Newtype(newtype) => matches!(newtype.of, NewtypeOf::Text),
                ModelKind::Object(_) | ModelKind::Union(_) => false,
            },
            Self::List(_)
            | Self::Map(_)
            | Self::Keyed(..)
            | Self::Parameter(_)
            | Self::Nullable(_)
            | Self::AsText(_) => false,
        }
    }
}

impl Value {
    /// The names of the events whose data is a text, where names tell what events hold.
    pub(crate) fn text_events<'a>(&self, api: &'a Api) -> Vec<&'a str> {
        let named = matches!(self.content, Content::Events { named: true, .. });
        let union = if named { union_of(&self.ty, api) } else { None };
        union
            .iter()
            .flat_map(|union| &union.variants)
            .filter(|variant| variant.ty.is_text(api))
            .flat_map(|variant| std::iter::once(&variant.wire).chain(&variant.also))
            .map(String::as_str)
            .collect()
    }
}

/// The union that a type is, under other names too.
fn union_of<'a>(ty: &Type, api: &'a Api) -> Option<&'a Union> {
    let Type::Model(id) = ty else { return None };
    match &api.model(*id).kind {
        ModelKind::Union(union) => Some(union),
        ModelKind::Alias(ty) => union_of(ty, api),
        ModelKind::Object(_) | ModelKind::Enum(_) | ModelKind::Newtype(_) => None,
    }
}
