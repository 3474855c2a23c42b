//! The choice of a library for TLS.

/// The library with which the built-in transports speak TLS. A transport that the app brings has one of its own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Tls {
    /// rustls, which is always there.
    #[default]
    Rustls,
    /// The library of the system, OpenSSL on Linux, with the certificates that it trusts. It is there with the feature
    /// `native-tls`, which changes nothing for clients that do not choose it.
    #[cfg(feature = "native-tls")]
    Native,
}
