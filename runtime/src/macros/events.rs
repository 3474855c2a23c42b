//! `events!` and `each_event!`, and `with_webhooks!` around what needs the feature `webhooks`.

/// Items that are there if this crate has its feature `webhooks`: generated code must not depend on the
/// features of the crate that it stands in.
#[cfg(feature = "webhooks")]
#[macro_export]
macro_rules! with_webhooks {
    ($($item:item)*) => { $($item)* };
}

/// Items that would be there if this crate had its feature `webhooks`. They are left out and not dropped, so that the
/// compiler shows whoever names one where it stands.
#[cfg(not(feature = "webhooks"))]
#[macro_export]
macro_rules! with_webhooks {
    ($($item:item)*) => {$(
        #[cfg(false)] // The feature `webhooks` is off, of this crate or of the one that has the client.
        $item
    )*};
}

/// Implements the events of a provider: which name stands for which variant.
///
/// A variant in parentheses holds what its event is about, which travels by the [codec](crate::Codec) between
/// angles where there is one; a variant without holds nothing. What is not listed is kept in `Other`, or in the
/// variant named after the enum.
///
/// ```
/// use clientwright_runtime as runtime;
/// use runtime::webhook::{Delivery, Parts, Receiver, Secrets, UnknownEvent, receive};
///
/// #[derive(Debug, PartialEq)]
/// pub enum Event { Ping, Paid(runtime::Value), Other(UnknownEvent) }
/// const RECEIVER: Receiver = Receiver::new().event_fields(&[&["type"]], "").payload(&["data"]);
/// runtime::events! { Event RECEIVER { Ping = "ping", Paid(_) = "paid" | "was_paid" } }
///
/// let body = br#"{"type":"was_paid","data":5}"#;
/// let headers = runtime::HeaderMap::new();
/// let delivery: Delivery<Event> = receive(&Secrets::none(), Parts::new(&headers, body))?;
/// assert_eq!(delivery.event, Event::Paid(5.into()));
/// # Ok::<(), runtime::webhook::DeliveryError>(())
/// ```
#[cfg(feature = "webhooks")]
#[macro_export]
macro_rules! events {
    ($name:ident $receiver:ident { $($rows:tt)* }) => {
        $crate::__events! { $name $receiver Other { $($rows)* } }
    };
    ($name:ident $receiver:ident $other:ident { $($rows:tt)* }) => {
        $crate::__events! { $name $receiver $other { $($rows)* } }
    };
}

#[cfg(feature = "webhooks")]
#[doc(hidden)]
#[macro_export]
macro_rules! __events {
    ($name:ident $receiver:ident $other:ident {
        $($variant:ident $(<$codec:ty>)? $(($holds:tt))? = $text:literal $(| $also:literal)*),* $(,)?
    }) => {
        impl $crate::webhook::Event for $name {
            const RECEIVER: $crate::webhook::Receiver = $receiver;

            fn read(
                payload: &$crate::webhook::Payload<'_>,
            ) -> ::core::result::Result<Self, $crate::DecodeError> {
                match payload.name() {
                    $($text $(| $also)* => {
                        $crate::__read_event!(payload $variant $($holds)? $(<$codec>)?)
                    })*
                    _ => $crate::webhook::UnknownEvent::keep(payload).map(Self::$other),
                }
            }

            fn name(&self) -> &str {
                match self {
                    $(Self::$variant { .. } => $text,)*
                    Self::$other(unknown) => &unknown.name,
                }
            }
        }
    };
}

#[cfg(feature = "webhooks")]
#[doc(hidden)]
#[macro_export]
macro_rules! __read_event {
    ($payload:ident $variant:ident) => {
        ::core::result::Result::Ok(Self::$variant)
    };
    ($payload:ident $variant:ident $holds:tt $(<$codec:ty>)?) => {
        $payload.json_as::<$crate::__codec!($($codec)?), _>().map(Self::$variant)
    };
}

/// Implements the events of a provider that are all of one type: a name and what the event is about.
#[cfg(feature = "webhooks")]
#[macro_export]
macro_rules! each_event {
    ($name:ident $(<$codec:ty>)? $receiver:ident) => {
        impl $crate::webhook::Event for $name {
            const RECEIVER: $crate::webhook::Receiver = $receiver;

            fn read(
                payload: &$crate::webhook::Payload<'_>,
            ) -> ::core::result::Result<Self, $crate::DecodeError> {
                let body = payload.json_as::<$crate::__codec!($($codec)?), _>()?;
                ::core::result::Result::Ok(Self { name: payload.name().into(), body })
            }

            fn name(&self) -> &str {
                &self.name
            }
        }
    };
}
