//! `text_enum!`, `closed_text_enum!`, `number_enum!` and `closed_number_enum!`

/// Implements an enum of texts that keeps texts it does not know in `Other(String)`.
///
/// ```
/// use clientwright_runtime as runtime;
///
/// #[derive(Clone, Debug, PartialEq)]
/// pub enum Event { Shipped, Returned, Other(String) }
/// runtime::text_enum! { Event { Shipped = "shipped" | "sent", Returned = "returned" } }
///
/// assert_eq!(Event::from("sent"), Event::Shipped);
/// assert_eq!(Event::from("lost").as_str(), "lost");
/// ```
///
/// The first text of a variant is written, the others are read too. Where a variant is called `Other`
/// itself, the name of the one for unknown texts stands after the type: `Event Unknown { … }`.
#[macro_export]
macro_rules! text_enum {
    ($name:ident $other:ident { $($variant:ident = $text:literal $(| $also:literal)*),+ $(,)? }) => {
        impl $name {
            /// The text on the wire.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)+
                    Self::$other(text) => text,
                }
            }
        }

        impl $crate::__private::Choice for $name {
            const NAME: &'static str = ::core::stringify!($name);
            const TEXTS: &'static [&'static str] = &[$($text),+];

            fn known(text: &str) -> ::core::option::Option<Self> {
                ::core::option::Option::Some(match text {
                    $($text $(| $also)* => Self::$variant,)+
                    _ => return ::core::option::Option::None,
                })
            }

            fn other(text: ::std::string::String) -> ::core::option::Option<Self> {
                ::core::option::Option::Some(Self::$other(text))
            }
        }

        impl ::core::convert::From<&str> for $name {
            fn from(text: &str) -> Self {
                match <Self as $crate::__private::Choice>::known(text) {
                    ::core::option::Option::Some(known) => known,
                    ::core::option::Option::None => {
                        Self::$other(::std::borrow::ToOwned::to_owned(text))
                    }
                }
            }
        }

        impl ::core::convert::From<::std::string::String> for $name {
            fn from(text: ::std::string::String) -> Self {
                match <Self as $crate::__private::Choice>::known(&text) {
                    ::core::option::Option::Some(known) => known,
                    ::core::option::Option::None => Self::$other(text),
                }
            }
        }

        impl ::core::str::FromStr for $name {
            type Err = ::core::convert::Infallible;

            // `Self::Err` may be a variant.
            fn from_str(text: &str) -> ::core::result::Result<Self, ::core::convert::Infallible> {
                ::core::result::Result::Ok(Self::from(text))
            }
        }

        $crate::__choice!($name);
    };
    ($name:ident { $($rows:tt)* }) => {
        $crate::text_enum! { $name Other { $($rows)* } }
    };
}

/// Implements an enum of texts that refuses texts it does not know.
///
/// ```
/// use clientwright_runtime as runtime;
///
/// #[derive(Clone, Copy, Debug, PartialEq)]
/// pub enum Order { Ascending, Descending }
/// runtime::closed_text_enum! { Order { Ascending = "asc", Descending = "desc" } }
///
/// assert_eq!(Order::try_from("desc"), Ok(Order::Descending));
/// assert!(Order::try_from("sideways").is_err());
/// ```
#[macro_export]
macro_rules! closed_text_enum {
    ($name:ident { $($variant:ident = $text:literal $(| $also:literal)*),+ $(,)? }) => {
        impl $name {
            /// The text on the wire.
            #[must_use]
            pub fn as_str(&self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)+
                }
            }
        }

        impl $crate::__private::Choice for $name {
            const NAME: &'static str = ::core::stringify!($name);
            const TEXTS: &'static [&'static str] = &[$($text),+];

            fn known(text: &str) -> ::core::option::Option<Self> {
                ::core::option::Option::Some(match text {
                    $($text $(| $also)* => Self::$variant,)+
                    _ => return ::core::option::Option::None,
                })
            }
        }

        impl ::core::convert::TryFrom<&str> for $name {
            type Error = $crate::UnknownText;

            fn try_from(text: &str) -> ::core::result::Result<Self, $crate::UnknownText> {
                $crate::__private::choose(text)
            }
        }

        impl ::core::str::FromStr for $name {
            type Err = $crate::UnknownText;

            fn from_str(text: &str) -> ::core::result::Result<Self, $crate::UnknownText> {
                $crate::__private::choose(text)
            }
        }

        $crate::__choice!($name);
    };
}

/// What open and closed enums of texts have in common.
#[doc(hidden)]
#[macro_export]
macro_rules! __choice {
    ($name:ident) => {
        impl ::core::fmt::Display for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl ::core::convert::AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl $crate::Param for $name {
            fn write(&self, sink: &mut $crate::Sink<'_>) {
                sink.text(self.as_str());
            }
        }

        impl $crate::__private::Serialize for $name {
            fn serialize<S: $crate::__private::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> $crate::__private::Deserialize<'de> for $name {
            fn deserialize<D: $crate::__private::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::__private::read_choice(deserializer)
            }
        }
    };
}

/// Implements an enum of numbers.
///
/// With the word `names` at the end, names (in any case) and numbers are read, names are written,
/// and `Other` holds a [`NumberOrText`](crate::NumberOrText). Without it only numbers travel, and
/// `Other` holds an `i64`.
///
/// ```
/// use clientwright_runtime as runtime;
///
/// #[derive(Clone, Debug, PartialEq)]
/// pub enum Status { Ok, MultipleChoices, Other(runtime::NumberOrText) }
/// runtime::number_enum! {
///     Status { Ok = 200 "OK", MultipleChoices = 300 "MultipleChoices" | "Ambiguous" } names
/// }
///
/// let read: Vec<Status> = serde_json::from_str(r#"[200, "ambiguous", 418, "Odd"]"#)?;
/// assert_eq!(read[..2], [Status::Ok, Status::MultipleChoices]);
/// assert_eq!(serde_json::to_string(&read)?, r#"["OK","MultipleChoices",418,"Odd"]"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[macro_export]
macro_rules! number_enum {
    ($name:ident $other:ident {
        $($variant:ident = $code:literal $text:literal $(| $also:literal)*),+ $(,)?
    } names) => {
        impl $name {
            /// The number; `None` for a name that is not known.
            #[must_use]
            pub fn code(&self) -> ::core::option::Option<i64> {
                match self {
                    $(Self::$variant => ::core::option::Option::Some($code),)+
                    Self::$other(unknown) => unknown.as_number(),
                }
            }

            /// The variant of a number.
            #[must_use]
            pub fn from_code(code: i64) -> Self {
                match code {
                    $($code => Self::$variant,)+
                    _ => Self::$other($crate::NumberOrText::Number(code)),
                }
            }
        }

        impl $crate::__private::NamedNumber for $name {
            const NAME: &'static str = ::core::stringify!($name);
            const NAMES: &'static [(i64, &'static [&'static str])] =
                &[$(($code, &[$text $(, $also)*])),+];

            fn from_number(number: i64) -> Self {
                Self::from_code(number)
            }

            fn from_unknown(text: ::std::string::String) -> Self {
                Self::$other($crate::NumberOrText::Text(text))
            }

            fn value(&self) -> $crate::__private::NameOrNumber<'_> {
                match self {
                    $(Self::$variant => $crate::__private::NameOrNumber::Name($text),)+
                    Self::$other($crate::NumberOrText::Number(number)) => {
                        $crate::__private::NameOrNumber::Number(*number)
                    }
                    Self::$other($crate::NumberOrText::Text(text)) => {
                        $crate::__private::NameOrNumber::Name(text)
                    }
                }
            }
        }

        impl ::core::convert::From<&str> for $name {
            /// Reads a name in any case, or a number.
            fn from(text: &str) -> Self {
                $crate::__private::named_number(text)
            }
        }

        $crate::__number! { $name: NamedNumber by read_named_number }
    };
    ($name:ident $other:ident { $($variant:ident = $code:literal $($text:literal)|*),+ $(,)? }) => {
        impl $name {
            /// The number.
            #[must_use]
            pub fn code(&self) -> ::core::option::Option<i64> {
                ::core::option::Option::Some(match self {
                    $(Self::$variant => $code,)+
                    Self::$other(code) => *code,
                })
            }

            /// The variant of a number.
            #[must_use]
            pub fn from_code(code: i64) -> Self {
                match code {
                    $($code => Self::$variant,)+
                    _ => Self::$other(code),
                }
            }
        }

        impl ::core::convert::From<i64> for $name {
            fn from(code: i64) -> Self {
                Self::from_code(code)
            }
        }

        impl ::core::fmt::Display for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Display::fmt(&self.code().unwrap_or_default(), f)
            }
        }

        impl $crate::Param for $name {
            fn write(&self, sink: &mut $crate::Sink<'_>) {
                sink.display(self);
            }
        }

        impl $crate::__private::Serialize for $name {
            fn serialize<S: $crate::__private::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                serializer.serialize_i64(self.code().unwrap_or_default())
            }
        }

        impl<'de> $crate::__private::Deserialize<'de> for $name {
            fn deserialize<D: $crate::__private::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                let name = ::core::stringify!($name);
                $crate::__private::read_number(deserializer, name, &[$($code),+])
                    .map(Self::from_code)
            }
        }
    };
    ($name:ident { $($rows:tt)* } $($names:ident)?) => {
        $crate::number_enum! { $name Other { $($rows)* } $($names)? }
    };
}

/// Implements an enum of numbers that refuses numbers it does not know.
///
/// Where numbers have names, those are written and read, in any case, and numbers are read too.
///
/// ```
/// use clientwright_runtime as runtime;
///
/// #[derive(Clone, Copy, Debug, PartialEq)]
/// pub enum Level { Low, High }
/// runtime::closed_number_enum! { Level { Low = 1, High = 2 } }
///
/// assert_eq!(Level::try_from(2), Ok(Level::High));
/// assert!(Level::try_from(3).is_err());
/// assert_eq!(serde_json::to_string(&Level::Low)?, "1");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[macro_export]
macro_rules! closed_number_enum {
    ($name:ident {
        $($variant:ident = $code:literal $($text:literal)? $(| $also:literal)*),+ $(,)?
    } $(names)?) => {
        impl $name {
            /// The number.
            #[must_use]
            pub fn code(&self) -> i64 {
                match self {
                    $(Self::$variant => $code,)+
                }
            }
        }

        impl $crate::__private::ClosedNumber for $name {
            const KNOWN: &'static [(i64, &'static [&'static str])] =
                &[$(($code, &[$($text,)? $($also,)*])),+];

            fn known(number: i64) -> ::core::option::Option<Self> {
                ::core::option::Option::Some(match number {
                    $($code => Self::$variant,)+
                    _ => return ::core::option::Option::None,
                })
            }

            fn number(&self) -> i64 {
                self.code()
            }
        }

        impl ::core::convert::TryFrom<i64> for $name {
            type Error = $crate::UnknownNumber;

            fn try_from(number: i64) -> ::core::result::Result<Self, $crate::UnknownNumber> {
                $crate::__private::choose_number(number)
            }
        }

        $crate::__number! { $name: ClosedNumber by read_closed_number }
    };
}

/// What an enum of numbers that may have names is on the wire: written as its trait says, read by that function.
#[doc(hidden)]
#[macro_export]
macro_rules! __number {
    ($name:ident: $kind:ident by $read:ident) => {
        impl ::core::fmt::Display for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::__private::$kind::value(self).fmt(f)
            }
        }

        impl $crate::Param for $name {
            fn write(&self, sink: &mut $crate::Sink<'_>) {
                sink.display(self);
            }
        }

        impl $crate::__private::Serialize for $name {
            fn serialize<S: $crate::__private::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::__private::$kind::value(self).serialize(serializer)
            }
        }

        impl<'de> $crate::__private::Deserialize<'de> for $name {
            fn deserialize<D: $crate::__private::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::__private::$read(deserializer)
            }
        }
    };
}
