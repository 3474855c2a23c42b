//! Schemes with tokens, and what they refer to: models, servers and each other.

use super::Auths;
use super::endpoints::{Places, Visitor};
use crate::ast::{self, AuthEntry, AuthKind, Text, TokenAuth};
use crate::diag::{Diagnostic, Diagnostics, codes, nearest};
use crate::ir::{
    Claim, ClaimValue, Endpoint, OAuth2, Part, Scalar, SchemeKind, Server, TokenClient,
    TokenDialect, Type,
};
use crate::lower::models::Registry;
use crate::lower::types::POISONED;
use crate::names::Scope;
use crate::parse::shown;

/// The argument names of a signed token; types come later.
pub(super) fn jwt(jwt: &ast::Jwt, scope: &mut Scope, diagnostics: &mut Diagnostics) -> SchemeKind {
    let kid = jwt.kid.as_ref().map(|kid| match kid {
        ast::Part::Argument(name) => Part::Argument(scope.declare(name, None, diagnostics)),
        ast::Part::Fixed(text) => Part::Fixed(text.value.clone()),
    });
    let secret = scope.declare(&jwt.secret, None, diagnostics);
    let claims = jwt.claims.iter().map(|(name, claim)| Claim {
        name: name.value.clone(),
        value: match claim {
            ast::Claim::Argument(_) => {
                ClaimValue::Argument { ident: scope.declare(name, None, diagnostics), ty: POISONED }
            }
            ast::Claim::Fixed(text) => ClaimValue::Fixed(text.value.clone()),
        },
    });
    let claims = claims.collect();
    SchemeKind::Jwt { algorithm: jwt.algorithm, kid, secret, claims, lifetime: jwt.lifetime }
}

/// The argument names of an OAuth 2 scheme; models, servers and other schemes come later.
pub(super) fn oauth2(
    entry: &AuthEntry,
    oauth: &ast::OAuth2,
    scoped: bool,
    scope: &mut Scope,
    diagnostics: &mut Diagnostics,
) -> SchemeKind {
    let client = match &oauth.token_auth {
        TokenAuth::Entry(_) => TokenClient::Scheme(0),
        TokenAuth::Form { id, secret } => {
            if secret.is_none() && oauth.authorize_url.is_none() {
                diagnostics.push(
                    Diagnostic::error(
                        &codes::TOKEN_AUTH,
                        entry.name.span,
                        format!(
                            "nothing proves who asks for the tokens of `{}`",
                            shown(&entry.name.value)
                        ),
                    )
                    .help("`token_auth: none` is for users who agree; say `form` here"),
                );
            }
            TokenClient::Form {
                id: scope.declare(id, None, diagnostics),
                secret: secret.as_ref().map(|name| scope.declare(name, None, diagnostics)),
            }
        }
    };
    SchemeKind::OAuth2(Box::new(OAuth2 {
        authorize_url: oauth.authorize_url.as_ref().map(unsettled),
        token_url: unsettled(&oauth.token_url),
        client,
        token: None,
        scopes: entry.scopes.iter().map(|scope| scope.value.clone()).collect(),
        scoped: scoped || !entry.scopes.is_empty(),
        refresh: oauth.refresh,
        pkce: oauth.pkce,
        renew_on: oauth.renew_on.clone(),
        dialect: dialect(&oauth.dialect),
    }))
}

fn dialect(dialect: &ast::TokenDialect) -> TokenDialect {
    let plain = |pairs: &[(Text, Text)]| {
        pairs.iter().map(|(name, value)| (name.value.clone(), value.value.clone())).collect()
    };
    let at = dialect.at.iter().flat_map(|at| at.value.split('.'));
    TokenDialect {
        json: dialect.json,
        names: plain(&dialect.names),
        fields: plain(&dialect.fields),
        at: at.map(str::to_owned).collect(),
    }
}

/// An endpoint whose server is not known yet.
fn unsettled(url: &Text) -> Endpoint {
    Endpoint { server: None, url: url.value.clone() }
}

impl Auths<'_> {
    /// Finds the schemes that prove the app at token endpoints.
    pub(super) fn token_clients(&mut self, diagnostics: &mut Diagnostics) {
        for at in 0..self.schemes.len() {
            let Some(AuthEntry { kind: AuthKind::OAuth2(oauth), .. }) =
                self.entries.get(self.schemes[at].name.as_str())
            else {
                continue;
            };
            let TokenAuth::Entry(name) = &oauth.token_auth else { continue };
            let found = self.schemes.iter().position(|scheme| scheme.name == name.value);
            let basic =
                found.filter(|&found| matches!(self.schemes[found].kind, SchemeKind::Basic { .. }));
            match (&mut self.schemes[at].kind, basic) {
                (SchemeKind::OAuth2(oauth), Some(basic)) => {
                    oauth.client = TokenClient::Scheme(basic);
                }
                _ => self.no_token_client(name, diagnostics),
            }
        }
    }

    fn no_token_client(&self, name: &Text, diagnostics: &mut Diagnostics) {
        let diagnostic = |text: String| Diagnostic::error(&codes::TOKEN_AUTH, name.span, text);
        diagnostics.push(match self.entries.get(name.value.as_str()) {
            Some(entry) => {
                if matches!(entry.kind, AuthKind::Poisoned) {
                    return;
                }
                diagnostic(format!("`{}` proves nothing to a token endpoint", shown(&name.value)))
                    .related(entry.name.span, "not an entry with `scheme: basic`")
                    .help("name one with `scheme: basic`, or say `form` or `none`")
            }
            None => {
                let words = self.entries.keys().copied().chain(["form", "none"]);
                let diagnostic =
                    diagnostic(format!("there is no auth entry `{}`", shown(&name.value)));
                let plain = name.value.to_ascii_lowercase().replace(['-', '_'], "");
                match nearest(&name.value, words) {
                    _ if matches!(plain.as_str(), "body" | "post" | "clientsecretpost") => {
                        diagnostic.help("did you mean `form`?").patch(name.span, "form")
                    }
                    _ if matches!(plain.as_str(), "basic" | "header" | "clientsecretbasic") => {
                        diagnostic.help(
                            "name the entry with the credentials of the app: \
                         `client: { scheme: basic, username: client_id, password: client_secret }`",
                        )
                    }
                    Some(near) => {
                        diagnostic.help(format!("did you mean `{near}`?")).patch(name.span, near)
                    }
                    None => {
                        diagnostic.help("name one with `scheme: basic`, or say `form` or `none`")
                    }
                }
            }
        });
    }

    /// Resolves models and endpoints.
    pub(crate) fn settle(
        &mut self,
        registry: &mut Registry<'_>,
        servers: &mut Vec<Server>,
        diagnostics: &mut Diagnostics,
    ) {
        let mut places = Places::new(servers, diagnostics.has_errors());
        for scheme in &mut self.schemes {
            let Some(entry) = self.entries.get(scheme.name.as_str()) else { continue };
            match (&entry.kind, &mut scheme.kind) {
                (AuthKind::Jwt(source), SchemeKind::Jwt { claims, .. }) => {
                    for ((_, source), claim) in source.claims.iter().zip(claims) {
                        if let (ast::Claim::Argument(expr), ClaimValue::Argument { ty, .. }) =
                            (source, &mut claim.value)
                        {
                            *ty = self::claim(expr, registry, diagnostics);
                        }
                    }
                }
                (AuthKind::OAuth2(source), SchemeKind::OAuth2(oauth)) => {
                    let token = source.token.as_ref();
                    oauth.token = token.and_then(|token| answer(token, registry, diagnostics));
                    let mut settle =
                        |visitor, url| places.endpoint(visitor, &scheme.name, url, diagnostics);
                    let agree = source.authorize_url.as_ref();
                    oauth.authorize_url = agree.map(|url| settle(Visitor::Browser, url));
                    oauth.token_url = settle(Visitor::Client, &source.token_url);
                }
                _ => {}
            }
        }
    }
}

/// The type of a claim, which is a text, a number or an enum of them.
fn claim(expr: &ast::TypeExpr, registry: &mut Registry<'_>, diagnostics: &mut Diagnostics) -> Type {
    let forms = registry.forms;
    if let Some(found) = registry.value_of_claim(expr, diagnostics) {
        diagnostics.push(found);
        return POISONED;
    }
    let ty = registry.resolve(expr, forms, diagnostics);
    let plain = match &ty {
        Type::Scalar(scalar) => matches!(
            scalar,
            Scalar::String
                | Scalar::Boolean
                | Scalar::Int32
                | Scalar::Int64
                | Scalar::Json
                | Scalar::Poisoned
        ),
        Type::Model(_) => true,
        _ => false,
    };
    if !plain {
        diagnostics.push(
            Diagnostic::error(&codes::CLAIM, expr.span, "a claim cannot be of this type")
                .label("expected a text, a number, a boolean or a model"),
        );
    }
    ty
}

/// The model of a token answer.
fn answer(
    expr: &ast::TypeExpr,
    registry: &mut Registry<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<crate::ir::ModelId> {
    let forms = registry.forms;
    match registry.resolve(expr, forms, diagnostics) {
        Type::Model(id) => Some(id),
        other => {
            if other != POISONED {
                diagnostics.push(
                    Diagnostic::error(
                        &codes::TOKEN_ANSWER,
                        expr.span,
                        "the answer of a token endpoint is a model",
                    )
                    .help("`token` names it; the builder's argument is called like the entry"),
                );
            }
            None
        }
    }
}
