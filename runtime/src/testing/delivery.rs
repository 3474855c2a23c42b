//! A delivery that has to be taken.

use super::seen::Seen;
use crate::webhook::{DeliveryError, Signer};
use http::HeaderMap;

/// An example of a delivery: what the provider sends, and the events that have to come of it.
#[derive(Debug)]
pub struct Delivery {
    body: String,
    event: Option<String>,
    id: Option<String>,
    proven: bool,
    gives: Vec<(String, Seen)>,
}

impl Delivery {
    /// A delivery with this body, which nothing proves.
    #[must_use]
    pub fn new(body: &str) -> Self {
        Self { body: body.to_owned(), event: None, id: None, proven: false, gives: Vec::new() }
    }

    /// What the header calls the event.
    #[must_use]
    pub fn event(self, event: &str) -> Self {
        Self { event: Some(event.to_owned()), ..self }
    }

    /// The id of the delivery.
    #[must_use]
    pub fn id(self, id: &str) -> Self {
        Self { id: Some(id.to_owned()), ..self }
    }

    /// It is turned away unless it is proven to be the provider's.
    #[must_use]
    pub fn proven(self) -> Self {
        Self { proven: true, ..self }
    }

    /// The next event, which is written as this JSON.
    #[must_use]
    pub fn gives(mut self, event: &str, json: &str) -> Self {
        self.gives.push((event.to_owned(), Seen::Json(json.to_owned())));
        self
    }

    /// The next event, which is written as the whole body.
    #[must_use]
    pub fn gives_body(self, event: &str) -> Self {
        let body = self.body.clone();
        self.gives(event, &body)
    }

    /// The next event, which holds nothing.
    #[must_use]
    pub fn gives_nothing(mut self, event: &str) -> Self {
        self.gives.push((event.to_owned(), Seen::Nothing));
        self
    }

    /// The body, to be signed.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        self.body.as_bytes()
    }

    /// Hands the delivery to its receiver as the provider signs it, and again without its headers.
    ///
    /// # Panics
    /// Other events come of it than are shown, or it passes without a proof.
    #[track_caller]
    pub fn check(
        &self,
        signer: Signer<'_>,
        receive: impl Fn(&HeaderMap, &[u8]) -> Result<Vec<(String, Seen)>, DeliveryError>,
    ) {
        let signer = self.event.iter().fold(signer, |signer, event| signer.event(event));
        let signer = self.id.iter().fold(signer, |signer, id| signer.id(id));
        let headers = signer.headers().unwrap_or_else(|error| panic!("it is not signed: {error}"));
        let events = receive(&headers, self.body());
        let events = events.unwrap_or_else(|error| panic!("it is turned away: {error}"));
        assert_eq!(events.len(), self.gives.len(), "events: {events:?}");
        for ((name, seen), (known, expected)) in events.iter().zip(&self.gives) {
            assert_eq!(name, known, "what the event is called");
            assert!(seen.is(expected), "`{name}` is\n{seen:?}\nin place of\n{expected:?}");
        }
        if self.proven {
            assert!(receive(&HeaderMap::new(), self.body()).is_err(), "nothing proves it");
            let altered = [self.body(), b" "].concat();
            assert!(
                receive(&headers, &altered).is_err() || !signer.covers_body(),
                "it was altered on its way"
            );
        }
    }
}
