//! `requires!`: what a client needs of the features of this crate, said in one line where it is not there.

/// The items of a client that does not do without some features of this crate: `features: jwt, xml;` and then the
/// items. Where one of them is off, an error in their place says which ones to turn on, and nothing else does.
///
/// ```ignore
/// clientwright_runtime::requires! {
///     features: jwt, xml;
///
///     mod client;
///     pub mod models;
/// }
/// ```
///
/// Which features a crate has is known here and not where the macro is used: generated code must not depend on the
/// features of the crate that it stands in.
#[macro_export]
macro_rules! requires {
    (features: $($feature:ident),+; $($item:item)*) => {
        $crate::requires! { @ [$($feature)+] [$($feature),+] $($item)* }
    };
    (@ [] $all:tt $($item:item)*) => { $($item)* };
    (@ [jwt $($rest:ident)*] $($then:tt)*) => {
        $crate::__with_jwt! { [$($rest)*] $($then)* }
    };
    (@ [oauth2 $($rest:ident)*] $($then:tt)*) => {
        $crate::__with_oauth2! { [$($rest)*] $($then)* }
    };
    (@ [xml $($rest:ident)*] $($then:tt)*) => {
        $crate::__with_xml! { [$($rest)*] $($then)* }
    };
    (@ [testing $($rest:ident)*] $($then:tt)*) => {
        $crate::__with_testing! { [$($rest)*] $($then)* }
    };
}

/// What stands in the place of a client without its features.
#[doc(hidden)]
#[macro_export]
macro_rules! __without {
    ([testing]) => {
        ::std::compile_error!(
            "the tests of this client need a feature of `clientwright-runtime` that is off; turn it on with \
             `cargo add --dev clientwright-runtime --features testing`"
        );
    };
    ([$($all:tt)*]) => {
        ::std::compile_error!(::std::concat!(
            "this client needs features of `clientwright-runtime` that are off; turn them on with \
             `cargo add clientwright-runtime --features \"",
            ::std::stringify!($($all)*),
            "\"`"
        ));
    };
}

#[cfg(feature = "jwt")]
#[doc(hidden)]
#[macro_export]
macro_rules! __with_jwt {
    ($($then:tt)*) => { $crate::requires! { @ $($then)* } };
}

#[cfg(not(feature = "jwt"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __with_jwt {
    ($rest:tt $all:tt $($item:item)*) => {
        $crate::__without! { $all }
    };
}

#[cfg(feature = "oauth2")]
#[doc(hidden)]
#[macro_export]
macro_rules! __with_oauth2 {
    ($($then:tt)*) => { $crate::requires! { @ $($then)* } };
}

#[cfg(not(feature = "oauth2"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __with_oauth2 {
    ($rest:tt $all:tt $($item:item)*) => {
        $crate::__without! { $all }
    };
}

#[cfg(feature = "xml")]
#[doc(hidden)]
#[macro_export]
macro_rules! __with_xml {
    ($($then:tt)*) => { $crate::requires! { @ $($then)* } };
}

#[cfg(not(feature = "xml"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __with_xml {
    ($rest:tt $all:tt $($item:item)*) => {
        $crate::__without! { $all }
    };
}

#[cfg(feature = "testing")]
#[doc(hidden)]
#[macro_export]
macro_rules! __with_testing {
    ($($then:tt)*) => { $crate::requires! { @ $($then)* } };
}

#[cfg(not(feature = "testing"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __with_testing {
    ($rest:tt $all:tt $($item:item)*) => {
        $crate::__without! { $all }
    };
}
