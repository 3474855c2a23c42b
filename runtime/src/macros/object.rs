//! `object!`

/// Implements [`Serialize`](serde::Serialize) and [`Deserialize`](serde::Deserialize) for a struct
/// that is an object on the wire.
///
/// ```
/// use clientwright_runtime as runtime;
/// use runtime::DateTime;
///
/// #[derive(Debug, PartialEq)]
/// struct Hook { id: String, created: Option<DateTime>, note: Option<String> }
///
/// runtime::object! {
///     Hook {
///         id: Required = "id",
///         created: Optional<Dotnet> = "createdDateUtc",
///         note: Optional = "note" | "Note",
///     }
/// }
///
/// let json = r#"{"id":"1","createdDateUtc":"/Date(0-0000)/"}"#;
/// let hook: Hook = serde_json::from_str(json)?;
/// assert_eq!(serde_json::to_string(&hook)?, json);
/// # Ok::<(), serde_json::Error>(())
/// ```
///
/// Every field is followed by its [kind](crate::__private::Kind) with its
/// [codec](crate::Codec), and by its name on the wire; further names are read but not written.
/// `<"@a", "#b", "c/d", "e*">` after the fields says how members stand in XML, unless each is an element:
/// `a` is an attribute, `b` the text of the element, `c` a list with its items in elements `d`, and `e` a
/// list that is empty where there is no such element.
/// `["a", "b"]: ExactlyOne` after that names members of which [so many](crate::Count) can be
/// written together. `"name" = value` after that is a member that is always written and has no field.
/// `..field` at the end is a field of type [`Undeclared`](crate::Undeclared).
#[macro_export]
macro_rules! object {
    ($name:ident $(<$($generic:ident),+>)? {
        $($field:ident: $kind:ident $(<$codec:ty>)? = $($wire:literal)|+),* $(,)?
        $(<$($xml:literal),+>,)?
        $([$($among:literal),+]: $count:ident,)*
        $($constant:literal = $value:literal,)*
        $(..$undeclared:ident $(,)?)?
    }) => {
        impl $(<$($generic: $crate::__private::Whole),+>)? $crate::__private::Object
            for $name $(<$($generic),+>)?
        {
            const NAME: &'static str = ::core::stringify!($name);
            const MEMBERS: &'static [&'static [&'static str]] = &[$(&[$($wire),+]),*];
            const AMONG: &'static [$crate::Among] = &[$(
                $crate::Among { count: $crate::Count::$count, members: &[$($among),+] }
            ),*];

            const XML: &'static [&'static str] = &[$($($xml),+)?];

            fn read<'de, __A: $crate::__private::MapAccess<'de>>(
                members: &mut $crate::__private::Members<'de, __A>,
            ) -> ::core::option::Option<Self> {
                #[allow(unused_imports)]
                use $crate::__private::codecs::*;
                $(let mut $field =
                    $crate::__private::Slot::<$crate::__private::$kind $(<$codec>)?, _>::new();)*
                $crate::__object_fill!(members [$(&mut $field),*] $($undeclared)?);
                ::core::option::Option::Some(Self {
                    $($field: $field.take()?,)*
                    $($undeclared,)?
                })
            }

            fn write<__S: $crate::__private::SerializeMap>(
                &self,
                out: &mut $crate::__private::Writer<'_, __S>,
            ) -> ::core::result::Result<(), __S::Error> {
                #[allow(unused_imports)]
                use $crate::__private::codecs::*;
                out.put(&[$(
                    &$crate::__private::Member::<$crate::__private::$kind $(<$codec>)?, _>::new(
                        &self.$field,
                    )
                ),*])
                $(?; out.put_constant($constant, &$value))*
                $(?; out.put_undeclared(&self.$undeclared))?
            }
        }

        impl $(<$($generic: $crate::__private::Whole),+>)? $crate::__private::Serialize
            for $name $(<$($generic),+>)?
        {
            fn serialize<__S: $crate::__private::Serializer>(
                &self,
                serializer: __S,
            ) -> ::core::result::Result<__S::Ok, __S::Error> {
                $crate::__private::write(self, serializer)
            }
        }

        impl<'de $(, $($generic: $crate::__private::Whole),+)?> $crate::__private::Deserialize<'de>
            for $name $(<$($generic),+>)?
        {
            fn deserialize<__D: $crate::__private::Deserializer<'de>>(
                deserializer: __D,
            ) -> ::core::result::Result<Self, __D::Error> {
                $crate::__private::read(deserializer)
            }
        }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __object_fill {
    ($members:ident [$($slot:expr),*]) => {
        $members.fill(&mut [$($slot),*])?
    };
    ($members:ident [$($slot:expr),*] $undeclared:ident) => {
        let mut $undeclared = $crate::Undeclared::new();
        $members.fill_and_keep(&mut [$($slot),*], &mut $undeclared)?
    };
}
