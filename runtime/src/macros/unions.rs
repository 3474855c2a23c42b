//! `tagged_union!`, `keyed_union!` and `untagged_union!`

/// Implements a union whose variant a member tells.
///
/// The text after the name is the member. A second text is the member that holds the variant; without
/// it the tag stands beside the variant's own members. A type in parentheses can be turned into the
/// union. Between angles stands the [codec](crate::Codec) of what travels in a form that its type does not
/// have by itself. What no variant fits is kept in `Other`, or in the variant named after the union.
///
/// ```
/// use clientwright_runtime as runtime;
///
/// #[derive(Debug, PartialEq)]
/// pub struct Text { pub text: String }
/// runtime::object! { Text { text: Required = "text" } }
///
/// #[derive(Debug, PartialEq)]
/// pub enum Content { Text(Text), Other(runtime::Value) }
/// runtime::tagged_union! { Content "type" { Text(Text) = "text" } }
///
/// let json = r#"[{"type":"text","text":"hi"},{"type":"wink"}]"#;
/// let read: Vec<Content> = serde_json::from_str(json)?;
/// assert_eq!(read[0], Content::from(Text { text: "hi".to_owned() }));
/// assert!(matches!(&read[1], Content::Other(_)));
/// assert_eq!(serde_json::to_string(&read)?, json);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[macro_export]
macro_rules! tagged_union {
    ($name:ident $tag:literal $($content:literal)? { $($rows:tt)* }) => {
        $crate::__tagged_union! { $name Other $tag [$($content)?] { $($rows)* } }
    };
    ($name:ident $other:ident $tag:literal $($content:literal)? { $($rows:tt)* }) => {
        $crate::__tagged_union! { $name $other $tag [$($content)?] { $($rows)* } }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __tagged_union {
    ($name:ident $other:ident $tag:literal $content:tt {
        $($variant:ident $(<$codec:ty>)? $(($from:ty))? = $text:literal $(| $also:literal)*),* $(,)?
    }) => {
        impl $crate::__private::Serialize for $name {
            fn serialize<S: $crate::__private::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                #[allow(unused_imports)]
                use $crate::__private::codecs::*;
                match self {
                    $(Self::$variant(value) => {
                        $crate::__write_tagged!(serializer value $tag $text $content $($codec)?)
                    })*
                    Self::$other(value) => {
                        $crate::__private::Serialize::serialize(value, serializer)
                    }
                }
            }
        }

        impl<'de> $crate::__private::Deserialize<'de> for $name {
            fn deserialize<D: $crate::__private::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                #[allow(unused_imports)]
                use $crate::__private::codecs::*;
                let value = $crate::__private::Unsorted::read(deserializer)?;
                match value.tag($tag) {
                    $(::core::option::Option::Some($text $(| $also)*) => {
                        $crate::__read_tagged!(value $tag $content $($codec)?).map(Self::$variant)
                    })*
                    _ => ::core::result::Result::Ok(Self::$other(
                        value.unknown(::core::stringify!($name), ::core::option::Option::Some($tag)),
                    )),
                }
            }
        }

        $crate::__union_from!($name { $($variant $(($from))?,)* });
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __write_tagged {
    ($serializer:ident $value:ident $tag:literal $text:literal []) => {
        $crate::__private::write_beside($tag, $text, $value, $serializer)
    };
    ($serializer:ident $value:ident $tag:literal $text:literal [$content:literal] $($codec:ty)?) => {
        $crate::__private::write_inside::<$crate::__codec!($($codec)?), _, _>(
            ($tag, $text),
            $content,
            $value,
            $serializer,
        )
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __read_tagged {
    ($value:ident $tag:literal []) => {
        $value.beside($tag)
    };
    ($value:ident $tag:literal [$content:literal] $($codec:ty)?) => {
        $value.inside::<$crate::__codec!($($codec)?), _, _>($content)
    };
}

/// The codec of a variant: the own form of its type, unless one is named.
#[doc(hidden)]
#[macro_export]
macro_rules! __codec {
    () => {
        $crate::Plain
    };
    ($codec:ty) => {
        $codec
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __union_from {
    ($name:ident { $($variant:ident $(($from:ty))?,)* }) => {
        $($(
            impl ::core::convert::From<$from> for $name {
                fn from(value: $from) -> Self {
                    Self::$variant(value.into())
                }
            }
        )?)*
    };
}

/// Lets values become one of several bodies: `Variant(Type)` for a type that is of one variant only.
///
/// ```
/// use clientwright_runtime as runtime;
///
/// #[derive(Debug, PartialEq)]
/// enum SubmitBody { Count(i64), Csv(String) }
///
/// runtime::alternatives! {
///     SubmitBody {
///         Count(i64),
///         Csv(String),
///         Csv(&str),
///     }
/// }
///
/// assert_eq!(SubmitBody::from("id"), SubmitBody::Csv("id".to_owned()));
/// assert_eq!(SubmitBody::from(7), SubmitBody::Count(7));
/// ```
#[macro_export]
macro_rules! alternatives {
    ($name:ident { $($variant:ident($from:ty)),* $(,)? }) => {
        $crate::__union_from! { $name { $($variant($from),)* } }
    };
}

/// Implements a union whose variant is told by which member there is.
///
/// ```
/// use clientwright_runtime as runtime;
///
/// #[derive(Debug, PartialEq)]
/// pub enum Participant { UserId(String), ExternalId(String), Other(runtime::Value) }
/// runtime::keyed_union! { Participant { UserId = "userId", ExternalId = "userExternalId" | "externalId" } }
///
/// let read: Participant = serde_json::from_str(r#"{"externalId":"7"}"#)?;
/// assert_eq!(read, Participant::ExternalId("7".to_owned()));
/// assert_eq!(serde_json::to_string(&read)?, r#"{"userExternalId":"7"}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[macro_export]
macro_rules! keyed_union {
    ($name:ident { $($rows:tt)* }) => {
        $crate::keyed_union! { $name Other { $($rows)* } }
    };
    ($name:ident $other:ident {
        $($variant:ident $(<$codec:ty>)? $(($from:ty))? = $key:literal $(| $also:literal)*),* $(,)?
    }) => {
        impl $crate::__private::Serialize for $name {
            fn serialize<S: $crate::__private::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                #[allow(unused_imports)]
                use $crate::__private::codecs::*;
                match self {
                    $(Self::$variant(value) => {
                        $crate::__private::write_keyed::<$crate::__codec!($($codec)?), _, _>(
                            $key, value, serializer,
                        )
                    })*
                    Self::$other(value) => {
                        $crate::__private::Serialize::serialize(value, serializer)
                    }
                }
            }
        }

        impl<'de> $crate::__private::Deserialize<'de> for $name {
            fn deserialize<D: $crate::__private::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                #[allow(unused_imports)]
                use $crate::__private::codecs::*;
                let value = $crate::__private::Unsorted::read(deserializer)?;
                $(for key in [$key $(, $also)*] {
                    if value.has(key) {
                        return value
                            .inside::<$crate::__codec!($($codec)?), _, _>(key)
                            .map(Self::$variant);
                    }
                })*
                ::core::result::Result::Ok(Self::$other(
                    value.unknown(::core::stringify!($name), ::core::option::Option::None),
                ))
            }
        }

        $crate::__union_from!($name { $($variant $(($from))?,)* });
    };
}

/// Implements a union whose variant is the first one that fits.
///
/// ```
/// use clientwright_runtime as runtime;
///
/// #[derive(Debug, PartialEq)]
/// pub enum Scalar { Text(String), Number(f64), Other(runtime::Value) }
/// runtime::untagged_union! { Scalar { Text(String), Number(f64) } }
///
/// let read: Vec<Scalar> = serde_json::from_str(r#"["a",1.5,null]"#)?;
/// assert_eq!(read[..2], [Scalar::from("a".to_owned()), Scalar::Number(1.5)]);
/// assert_eq!(serde_json::to_string(&read)?, r#"["a",1.5,null]"#);
///
/// #[derive(Debug, PartialEq)]
/// pub enum Digest { Raw(runtime::Bytes), Other(runtime::Value) }
/// runtime::untagged_union! { Digest { Raw<Base64>(runtime::Bytes) } }
///
/// let read: Digest = serde_json::from_str(r#""aGVsbG8=""#)?;
/// assert_eq!(read, Digest::Raw("hello".into()));
/// assert_eq!(serde_json::to_string(&read)?, r#""aGVsbG8=""#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[macro_export]
macro_rules! untagged_union {
    ($name:ident { $($rows:tt)* }) => {
        $crate::untagged_union! { $name Other { $($rows)* } }
    };
    ($name:ident $other:ident { $($variant:ident $(<$codec:ty>)? $(($from:ty))?),* $(,)? }) => {
        impl $crate::__private::Serialize for $name {
            fn serialize<S: $crate::__private::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                #[allow(unused_imports)]
                use $crate::__private::codecs::*;
                match self {
                    $(Self::$variant(value) => {
                        <$crate::__codec!($($codec)?) as $crate::Codec<_>>::write(value, serializer)
                    })*
                    Self::$other(value) => {
                        $crate::__private::Serialize::serialize(value, serializer)
                    }
                }
            }
        }

        impl<'de> $crate::__private::Deserialize<'de> for $name {
            fn deserialize<D: $crate::__private::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                #[allow(unused_imports)]
                use $crate::__private::codecs::*;
                let value = $crate::__private::Unsorted::read(deserializer)?;
                $(if let ::core::option::Option::Some(value) =
                    value.attempt::<$crate::__codec!($($codec)?), _>()
                {
                    return ::core::result::Result::Ok(Self::$variant(value));
                })*
                ::core::result::Result::Ok(Self::$other(
                    value.unknown(::core::stringify!($name), ::core::option::Option::None),
                ))
            }
        }

        $crate::__union_from!($name { $($variant $(($from))?,)* });
    };
}
