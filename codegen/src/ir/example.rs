//! Examples that become tests: what is sent and answered, as values of the declared types.

use super::{Alternative, Body, Json, Method};

/// All that shows how a provider behaves.
#[derive(Debug, Default)]
pub(crate) struct Evidence {
    /// For each group of the provider its examples, in their order.
    pub(crate) groups: Vec<Vec<Example>>,
    pub(crate) deliveries: Vec<SampleDelivery>,
}

/// An exchange with the service.
#[derive(Debug)]
pub(crate) struct Example {
    /// The method, by its place in the group.
    pub(crate) method: usize,
    /// Its name in the specification.
    pub(crate) name: String,
    /// The test.
    pub(crate) ident: String,
    /// Values of parameters, by their place in the method.
    pub(crate) parameters: Vec<(usize, Sample)>,
    /// Values of parameters of the client, by their place in the provider.
    pub(crate) shared: Vec<(usize, Sample)>,
    /// What is sent; of a body of members an object with those that are set.
    pub(crate) body: Option<Sample>,
    /// Which of several bodies that is, by its place.
    pub(crate) alternative: Option<usize>,
    pub(crate) answer: Answer,
}

impl Example {
    /// The body that it shows, and the alternative if it is one of several.
    pub(crate) fn sends<'m>(
        &self,
        method: &'m Method,
    ) -> Option<(&'m Body, Option<&'m Alternative>)> {
        match method.body.as_ref()? {
            Body::Any { alternatives, .. } => {
                let one = alternatives.get(self.alternative?)?;
                Some((&one.body, Some(one)))
            }
            body => Some((body, None)),
        }
    }

    /// What a parameter is set to.
    pub(crate) fn parameter(&self, index: usize) -> Option<&Sample> {
        self.parameters.iter().find(|(known, _)| *known == index).map(|(_, sample)| sample)
    }

    /// What a parameter of the client is set to.
    pub(crate) fn shared(&self, index: usize) -> Option<&Sample> {
        self.shared.iter().find(|(known, _)| *known == index).map(|(_, sample)| sample)
    }
}

/// A value, as the example shows it and as the client writes it.
#[derive(Clone, Debug)]
pub(crate) struct Sample {
    pub(crate) shown: Json,
    pub(crate) kept: Json,
    /// Of a union that nothing but its members tells apart: the variant that is meant. What is sent may
    /// fit another one as well.
    pub(crate) variant: Option<usize>,
}

/// What the service answers, and what the client makes of it.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) payload: Payload,
    pub(crate) gives: Gives,
}

/// What is sent as the body of an answer.
#[derive(Debug)]
pub(crate) enum Payload {
    Nothing,
    Json(Json),
    /// A text or bytes, perhaps of a known media type, perhaps compressed.
    Text {
        text: String,
        media: Option<String>,
        gzip: bool,
    },
}

/// What a call gives.
#[derive(Debug)]
pub(crate) enum Gives {
    /// The example shows a request alone.
    Unstated,
    /// A success without a value, in the variant of this name where there are several.
    Nothing(Option<String>),
    /// A success of which this is handed out.
    Value(Kept, Option<String>),
    /// An error, and what it holds.
    Error(Option<Kept>, Option<String>),
}

/// What is handed out, to be compared with what was sent.
#[derive(Debug)]
pub(crate) enum Kept {
    Json(Json),
    /// The text or the bytes as they came.
    Body,
}

/// A delivery of the provider.
#[derive(Debug)]
pub(crate) struct SampleDelivery {
    /// Its name in the specification.
    pub(crate) name: String,
    /// The test.
    pub(crate) ident: String,
    pub(crate) body: Json,
    /// What a header calls the event.
    pub(crate) event: Option<String>,
    pub(crate) id: Option<String>,
    /// It passes without a signature.
    pub(crate) unsigned: bool,
    /// The name of each event, and what it is about.
    pub(crate) events: Vec<(String, Option<Json>)>,
}
