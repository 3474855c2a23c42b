//! A code for a token: the last step of asking a user for access.

use super::Token;
use super::dialect::Dialect;
use super::form::{Form, TokenAnswer, in_place_of_token};
use crate::answer::Answer;
use crate::decode::DecodeError;
use crate::encoder::Encoder;
use crate::method::Method;
use crate::provider::{Provider, SchemeKind};
use crate::request::Request;
use crate::sensitive::Sensitive;
use serde::de::DeserializeOwned;
use std::convert::Infallible;
use std::marker::PhantomData;

/// The code that a user's browser has brought, with what belongs to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code {
    code: Sensitive<String>,
    verifier: Option<Sensitive<String>>,
    redirect_uri: Option<String>,
}

impl Code {
    /// A code. Its `state` has to be compared before: `Authorization::code`, with the feature `oauth2`,
    /// does that.
    pub fn new(code: impl Into<Sensitive<String>>) -> Self {
        Self { code: code.into(), verifier: None, redirect_uri: None }
    }

    /// The verifier of the code challenge, if one was sent.
    #[must_use]
    pub fn verifier(mut self, verifier: impl Into<Sensitive<String>>) -> Self {
        self.verifier = Some(verifier.into());
        self
    }

    /// Where the browser was sent back to, if that was said.
    #[must_use]
    pub fn redirect_uri(mut self, redirect_uri: impl Into<String>) -> Self {
        self.redirect_uri = Some(redirect_uri.into());
        self
    }
}

/// What a code was good for: the token, and all of the answer.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Grant<T> {
    /// The token, for the builder or for another client.
    pub token: Token,
    /// The answer as the service describes it.
    pub answer: T,
}

/// The request that changes a [`Code`] into a token. `SCHEME` is an index into [`Provider::AUTH`].
pub struct CodeGrant<P, T, const SCHEME: usize> {
    code: Code,
    provider: PhantomData<fn() -> (P, T)>,
}

impl<P, T, const SCHEME: usize> CodeGrant<P, T, SCHEME> {
    /// A request with this code.
    pub fn new(code: Code) -> Self {
        Self { code, provider: PhantomData }
    }
}

impl<P: Provider, T, const SCHEME: usize> CodeGrant<P, T, SCHEME> {
    const DIALECT: Dialect = match P::AUTH[SCHEME].kind {
        SchemeKind::OAuth2(facts) => facts.dialect,
        _ => Dialect::STANDARD,
    };
}

impl<P, T, const SCHEME: usize> Clone for CodeGrant<P, T, SCHEME> {
    fn clone(&self) -> Self {
        Self::new(self.code.clone())
    }
}

impl<P, T, const SCHEME: usize> std::fmt::Debug for CodeGrant<P, T, SCHEME> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("CodeGrant").field(&self.code).finish()
    }
}

impl<P, T, const SCHEME: usize> Request for CodeGrant<P, T, SCHEME>
where
    P: Provider,
    T: DeserializeOwned + Send + 'static,
{
    type Provider = P;
    type Output = Grant<T>;
    type Error = Infallible;

    const METHOD: Method = match P::AUTH[SCHEME].kind {
        SchemeKind::OAuth2(facts) => facts.token,
        _ => Method::post("token", ""),
    };

    fn encode(&self, request: &mut Encoder<'_>) {
        let form = Form::grant(Self::DIALECT, "authorization_code")
            .pair("code", self.code.code.expose())
            .optional("redirect_uri", self.code.redirect_uri.as_deref())
            .optional("code_verifier", self.code.verifier.as_ref().map(|v| v.expose().as_str()));
        super::encode(form, request);
    }

    fn decode(answer: &Answer<'_>) -> Result<Grant<T>, DecodeError> {
        let raw =
            TokenAnswer::read(answer, Self::DIALECT).map_err(|error| {
                match in_place_of_token(&answer.bytes()) {
                    Some(found) => DecodeError::new(format!("expected a token, found {found}")),
                    None => error,
                }
            })?;
        let answer_of = answer.json_at(Self::DIALECT.at)?;
        Ok(Grant { token: raw.into_token(answer.unix()), answer: answer_of })
    }
}
