//! Parameters of the client: what all calls send, set once or for one call.

use crate::build_error::BuildError;
use crate::encoder::{Encoder, is_no_segment};
use crate::method::Method;
use crate::param::{Param, Refusal, Sink};
use http::{HeaderMap, HeaderName};
use std::sync::Arc;

/// A parameter that the methods of a provider share, written by the generator as a constant.
///
/// ```
/// use clientwright_runtime::ClientParameter;
///
/// const PARAMETERS: &[ClientParameter] = &[
///     ClientParameter::path("region").set_by("region").or("eu"),
///     ClientParameter::header("Api-Version").set_by("api_version").required(),
/// ];
/// ```
#[derive(Clone, Copy, Debug)]
pub struct ClientParameter {
    place: Place,
    name: &'static str,
    setter: &'static str,
    required: bool,
    value: Option<&'static str>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Path,
    Query,
    Header,
    Cookie,
}

impl ClientParameter {
    /// A part of the path, in the routes that have a placeholder of this name.
    pub const fn path(name: &'static str) -> Self {
        Self::new(Place::Path, name)
    }

    /// A parameter in the query of every call.
    pub const fn query(name: &'static str) -> Self {
        Self::new(Place::Query, name)
    }

    /// A header of every call.
    pub const fn header(name: &'static str) -> Self {
        Self::new(Place::Header, name)
    }

    /// A cookie of every call.
    pub const fn cookie(name: &'static str) -> Self {
        Self::new(Place::Cookie, name)
    }

    const fn new(place: Place, name: &'static str) -> Self {
        Self { place, name, setter: "", required: false, value: None }
    }

    /// Names the method of the builder that sets it; that of a call begins with `with_`.
    #[must_use]
    pub const fn set_by(mut self, setter: &'static str) -> Self {
        self.setter = setter;
        self
    }

    /// Says that no client is built without it.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// Says what is sent unless the app sets something else.
    #[must_use]
    pub const fn or(mut self, value: &'static str) -> Self {
        self.value = Some(value);
        self
    }

    /// Whether a call of this method sends it.
    fn belongs_to(&self, method: &Method) -> bool {
        match self.place {
            Place::Path => placeholders(method.route).any(|name| name == self.name),
            // Those who hand out tokens are not told what is meant for the service.
            Place::Query | Place::Header | Place::Cookie => !method.bare,
        }
    }

    /// Why a value cannot be sent; what a query or a cookie holds is encoded.
    fn refuses(&self, value: &dyn Param) -> Option<&'static str> {
        if self.place == Place::Header {
            let name = HeaderName::from_bytes(self.name.as_bytes()).ok()?;
            let mut headers = HeaderMap::new();
            let mut sink = Sink::header(&mut headers, name);
            value.write(&mut sink);
            return sink.refused.map(Refusal::text);
        }
        let mut text = String::new();
        let mut sink = Sink::path(&mut text);
        value.write(&mut sink);
        match sink.refused {
            Some(refusal) => Some(refusal.text()),
            None if self.place == Place::Path && is_no_segment(&text) => {
                Some("is empty, `.` or `..`, which would address something else")
            }
            None => None,
        }
    }

    fn write(&self, value: &dyn Param, encoder: &mut Encoder<'_>) {
        match self.place {
            Place::Path => encoder.path(self.name, value),
            Place::Query => encoder.query(self.name, value),
            Place::Header => encoder.header(self.name, value),
            Place::Cookie => encoder.cookie(self.name, value),
        }
    }
}

/// The names in the braces of a route.
pub(crate) fn placeholders(route: &str) -> impl Iterator<Item = &str> {
    let behind = route.split('{').skip(1);
    behind.filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
}

/// A value that a parameter was set to.
type Value = Arc<dyn Param + Send + Sync>;

/// Values by the index of their parameter in
/// [`Provider::PARAMETERS`](crate::Provider::PARAMETERS).
#[derive(Clone, Default)]
pub(crate) struct Values(Vec<(usize, Value)>);

impl Values {
    pub(crate) const fn new() -> Self {
        Self(Vec::new())
    }

    /// Sets a value; the last one counts.
    pub(crate) fn set(&mut self, parameter: usize, value: impl Param + Send + Sync + 'static) {
        self.0.retain(|(known, _)| *known != parameter);
        self.0.push((parameter, Arc::new(value)));
    }

    fn get(&self, parameter: usize) -> Option<&dyn Param> {
        let found = self.0.iter().find(|(known, _)| *known == parameter);
        found.map(|(_, value)| &**value as &dyn Param)
    }
}

/// The parameters of a client, with what its builder was given.
#[derive(Clone)]
pub(crate) struct Parameters {
    all: &'static [ClientParameter],
    values: Values,
}

impl Parameters {
    pub(crate) fn new(
        all: &'static [ClientParameter],
        values: &Values,
    ) -> Result<Self, BuildError> {
        for (index, parameter) in all.iter().enumerate() {
            let setter = parameter.setter;
            match values.get(index) {
                Some(value) => {
                    if let Some(why) = parameter.refuses(value) {
                        let text = format!("the value given to `{setter}` {why}");
                        return Err(BuildError::new(text));
                    }
                }
                None if parameter.required => {
                    let text = format!("the client needs `{setter}`, a method of its builder");
                    return Err(BuildError::new(text));
                }
                None => {}
            }
        }
        Ok(Self { all, values: values.clone() })
    }

    /// Writes those that stand in the path, before the request writes its own.
    pub(crate) fn write_path(&self, call: &Values, method: &Method, encoder: &mut Encoder<'_>) {
        self.write(call, method, encoder, |place| place == Place::Path);
    }

    /// Writes the others.
    pub(crate) fn write_rest(&self, call: &Values, method: &Method, encoder: &mut Encoder<'_>) {
        self.write(call, method, encoder, |place| place != Place::Path);
    }

    fn write(
        &self,
        call: &Values,
        method: &Method,
        encoder: &mut Encoder<'_>,
        now: impl Fn(Place) -> bool,
    ) {
        for (index, parameter) in self.all.iter().enumerate() {
            if !now(parameter.place) {
                continue;
            }
            // What a call sets for itself is written even where no route has it: a mistake of the app.
            if let Some(value) = call.get(index) {
                parameter.write(value, encoder);
            } else if parameter.belongs_to(method) {
                match (self.values.get(index), parameter.value) {
                    (Some(value), _) => parameter.write(value, encoder),
                    (None, Some(value)) => parameter.write(&value, encoder),
                    (None, None) if parameter.place == Place::Path => {
                        encoder.lacks(parameter.name, parameter.setter);
                    }
                    (None, None) => {}
                }
            }
        }
    }
}
