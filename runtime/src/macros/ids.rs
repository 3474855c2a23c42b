//! `text_type!` and `number_type!`

/// Implements what a newtype over `String` needs to be an identifier or the like.
///
/// ```
/// use clientwright_runtime as runtime;
///
/// #[derive(Clone, Debug, PartialEq)]
/// pub struct HookId(String);
/// runtime::text_type!(HookId);
///
/// let id = HookId::from("clf29");
/// assert_eq!(id.as_str(), "clf29");
/// assert_eq!(id.to_string(), "clf29");
/// assert_eq!("clf29".parse(), Ok(id));
/// ```
#[macro_export]
macro_rules! text_type {
    ($name:ident) => {
        impl $name {
            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// The text.
            #[must_use]
            pub fn into_string(self) -> ::std::string::String {
                self.0
            }
        }

        impl ::core::convert::From<::std::string::String> for $name {
            fn from(text: ::std::string::String) -> Self {
                Self(text)
            }
        }

        impl ::core::convert::From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(::std::borrow::ToOwned::to_owned(text))
            }
        }

        impl $crate::__private::Textual for $name {}

        impl ::core::convert::From<&$name> for $name {
            fn from(other: &$name) -> Self {
                Self(::core::clone::Clone::clone(&other.0))
            }
        }

        impl ::core::str::FromStr for $name {
            type Err = ::core::convert::Infallible;

            fn from_str(text: &str) -> ::core::result::Result<Self, Self::Err> {
                ::core::result::Result::Ok(Self::from(text))
            }
        }

        impl ::core::convert::AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl ::core::fmt::Display for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(&self.0)
            }
        }

        impl $crate::Param for $name {
            fn write(&self, sink: &mut $crate::Sink<'_>) {
                sink.text(&self.0);
            }
        }

        $crate::__transparent!($name: ::std::string::String);
    };
}

/// Implements what a newtype over a number needs to be an identifier or the like.
///
/// ```
/// use clientwright_runtime as runtime;
///
/// #[derive(Clone, Copy, Debug, PartialEq)]
/// pub struct UserId(i64);
/// runtime::number_type!(UserId: i64);
///
/// assert_eq!(UserId::from(7).get(), 7);
/// assert_eq!("7".parse(), Ok(UserId::from(7)));
/// ```
#[macro_export]
macro_rules! number_type {
    ($name:ident: $number:ty) => {
        impl $name {
            /// The number.
            #[must_use]
            pub fn get(&self) -> $number {
                self.0
            }
        }

        impl ::core::convert::From<$number> for $name {
            fn from(number: $number) -> Self {
                Self(number)
            }
        }

        impl ::core::convert::From<&$name> for $name {
            fn from(other: &$name) -> Self {
                Self(other.0)
            }
        }

        impl ::core::str::FromStr for $name {
            type Err = <$number as ::core::str::FromStr>::Err;

            fn from_str(text: &str) -> ::core::result::Result<Self, Self::Err> {
                ::core::str::FromStr::from_str(text).map(Self)
            }
        }

        impl ::core::fmt::Display for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Display::fmt(&self.0, f)
            }
        }

        impl $crate::Param for $name {
            fn write(&self, sink: &mut $crate::Sink<'_>) {
                sink.display(self.0);
            }
        }

        $crate::__transparent!($name: $number);
    };
}

/// Serde impls of a newtype that is on the wire what it holds.
#[doc(hidden)]
#[macro_export]
macro_rules! __transparent {
    ($name:ident: $inner:ty) => {
        impl $crate::__private::Serialize for $name {
            fn serialize<S: $crate::__private::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::__private::Serialize::serialize(&self.0, serializer)
            }
        }

        impl<'de> $crate::__private::Deserialize<'de> for $name {
            fn deserialize<D: $crate::__private::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                <$inner as $crate::__private::Deserialize>::deserialize(deserializer).map(Self)
            }
        }
    };
}
