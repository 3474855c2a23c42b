//! `setters!` and `call_setters!`

/// Writes the setters of a model: `field: Type` for a field of type `Option<Type>`, and
/// `patch field: Type` for one of type [`Patch<Type>`](crate::Patch).
///
/// ```
/// use clientwright_runtime as runtime;
///
/// #[derive(Debug, Default)]
/// struct HookPatch { url: Option<runtime::Url>, note: runtime::Patch<String> }
///
/// runtime::setters! {
///     HookPatch {
///         /// Where to send.
///         url: runtime::Url,
///         /// A note.
///         patch note: String,
///     }
/// }
///
/// let patch = HookPatch::default().url("https://example.com").note(None);
/// assert_eq!(patch.note, runtime::Patch::Null);
/// let patch = patch.note("a text");
/// assert_eq!(patch.note.value().map(String::as_str), Some("a text"));
/// ```
#[macro_export]
macro_rules! setters {
    ($name:ident $(<$($generic:ident),+>)? {
        $($(#[$meta:meta])* $first:ident $($second:ident)?: $type:ty),* $(,)?
    }) => {
        impl $(<$($generic),+>)? $name $(<$($generic),+>)? {
            $($crate::__setter! { $(#[$meta])* $first $($second)?: $type })*
        }
    };
}

/// Writes the setters of a request, on itself and on its call. The type `Call<R, M>` of the
/// provider must be in scope under this name, with its method `map`.
#[macro_export]
macro_rules! call_setters {
    ($name:ident {
        $($(#[$meta:meta])* $first:ident $($second:ident)?: $type:ty),* $(,)?
    }) => {
        impl $name {
            $($crate::__setter! { $(#[$meta])* $first $($second)?: $type })*
        }

        // There are many of these on the page of `Call`, with names that many methods have.
        #[doc = ::core::concat!("Of [`", ::core::stringify!($name), "`] in `", ::core::module_path!(), "`.")]
        impl<M: $crate::Mode> Call<$name, M> {
            $($crate::__call_setter! { $(#[$meta])* $first $($second)?: $type })*
        }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __setter {
    ($(#[$meta:meta])* patch $field:ident: $type:ty) => {
        $(#[$meta])*
        #[must_use]
        pub fn $field(mut self, $field: impl ::core::convert::Into<$crate::Patch<$type>>) -> Self {
            self.$field = $field.into();
            self
        }
    };
    ($(#[$meta:meta])* $field:ident: $type:ty) => {
        $(#[$meta])*
        #[must_use]
        pub fn $field(mut self, $field: impl ::core::convert::Into<$type>) -> Self {
            self.$field = ::core::option::Option::Some($field.into());
            self
        }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __call_setter {
    ($(#[$meta:meta])* patch $field:ident: $type:ty) => {
        $(#[$meta])*
        pub fn $field(self, $field: impl ::core::convert::Into<$crate::Patch<$type>>) -> Self {
            self.map(|request| request.$field($field))
        }
    };
    ($(#[$meta:meta])* $field:ident: $type:ty) => {
        $(#[$meta])*
        pub fn $field(self, $field: impl ::core::convert::Into<$type>) -> Self {
            self.map(|request| request.$field($field))
        }
    };
}
