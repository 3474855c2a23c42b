//! Arguments of methods and of the builder, read from a case.

use clientwright_runtime::{
    BoxError, BoxFuture, Bytes, Code, File, Patch, Retry, Token, TokenSource, TokenStore, Upload,
};
use futures_core::Stream;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use std::collections::VecDeque;
use std::io;
use std::path::Path;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use crate::case::Span;

/// The arguments of a call, by the names that Rust has for them.
#[derive(Debug)]
pub(crate) struct Args(Map<String, Value>);

/// How an argument is read.
type Read<T> = fn(&Value) -> Result<T, String>;

impl Args {
    pub(crate) fn new(args: &Map<String, Value>) -> Self {
        Self(args.clone())
    }

    pub(crate) fn required<T>(&mut self, name: &str, read: Read<T>) -> Result<T, String> {
        let Some(value) = self.0.remove(name) else {
            let others: Vec<&str> = self.0.keys().map(String::as_str).collect();
            let beside = if others.is_empty() { "" } else { ", beside " };
            return Err(format!("the argument `{name}` is missing{beside}{}", others.join(", ")));
        };
        read(&value).map_err(|why| format!("the argument `{name}`: {why}"))
    }

    pub(crate) fn optional<T>(&mut self, name: &str, read: Read<T>) -> Result<Option<T>, String> {
        self.0.contains_key(name).then(|| self.required(name, read)).transpose()
    }

    pub(crate) fn patch<T>(&mut self, name: &str, read: Read<T>) -> Result<Patch<T>, String> {
        if self.0.get(name) == Some(&Value::Null) {
            self.0.remove(name);
            return Ok(Patch::Null);
        }
        Ok(self.optional(name, read)?.map_or(Patch::Absent, Patch::Value))
    }

    /// An argument that the method does not have is a mistake in the case.
    pub(crate) fn finish(&mut self) -> Result<(), String> {
        match self.0.keys().next() {
            Some(name) => Err(format!("the method has no argument `{name}`")),
            None => Ok(()),
        }
    }

    /// What a user's browser has brought.
    pub(crate) fn code(&mut self) -> Result<Code, String> {
        let mut code = Code::new(self.required::<String>("code", value)?);
        if let Some(verifier) = self.optional::<String>("verifier", value)? {
            code = code.verifier(verifier);
        }
        if let Some(uri) = self.optional::<String>("redirect_uri", value)? {
            code = code.redirect_uri(uri);
        }
        self.finish()?;
        Ok(code)
    }
}

pub(crate) fn value<T: DeserializeOwned>(value: &Value) -> Result<T, String> {
    serde_json::from_value(value.clone()).map_err(|error| error.to_string())
}

/// A text, or `base64: …`.
pub(crate) fn bytes(value: &Value) -> Result<Bytes, String> {
    match (value.as_str(), value.get("base64").and_then(Value::as_str)) {
        (Some(text), _) => Ok(Bytes::from(text.to_owned())),
        (None, Some(text)) => {
            let bytes = clientwright_wire::base64::decode(text);
            bytes.map(Bytes::from).map_err(|_| format!("`{text}` is no base64"))
        }
        (None, None) => Err("bytes are a text or `{ base64: … }`".to_owned()),
    }
}

/// Bytes, or what is read while it is sent: `{ reader: text }`, `{ stream: [texts] }` or `{ path: file }`, the
/// first two perhaps with a `length`, and with the text of an error with which it `fails`; a reader with a `pause`.
pub(crate) fn upload(value: &Value) -> Result<Upload, String> {
    let text = |name| value.get(name).and_then(Value::as_str).map(str::to_owned);
    let fails = text("fails");
    let pause = text("pause").map(|text| Span::parse(&text).map(|span| span.0)).transpose()?;
    let upload = if let Some(path) = text("path") {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
        return Upload::from_path(&path).map_err(|error| format!("{}: {error}", path.display()));
    } else if let Some(content) = text("reader") {
        Upload::from_reader(Trickle {
            content: content.into_bytes().into(),
            fails,
            pause: pause.unwrap_or_default(),
        })
    } else if let Some(pieces) = value.get("stream").and_then(Value::as_array) {
        let pieces = pieces.iter().map(|piece| Ok(piece.as_str().unwrap_or_default().to_owned()));
        Upload::from_stream(Pieces { pieces: pieces.chain(fails.map(Err)).collect(), ready: true })
    } else {
        return bytes(value).map(Upload::from);
    };
    Ok(match value.get("length").and_then(Value::as_u64) {
        Some(length) => upload.with_length(length),
        None => upload,
    })
}

/// Gives a few bytes at a time, after a pause, and perhaps an error in the end.
struct Trickle {
    content: VecDeque<u8>,
    fails: Option<String>,
    pause: Duration,
}

impl io::Read for Trickle {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.content.is_empty()
            && let Some(error) = &self.fails
        {
            return Err(io::Error::other(error.clone()));
        }
        if !self.content.is_empty() {
            std::thread::sleep(self.pause);
        }
        let length = buffer.len().min(3);
        io::Read::read(&mut self.content, &mut buffer[..length])
    }
}

/// Is never ready at once.
struct Pieces {
    pieces: VecDeque<Result<String, String>>,
    ready: bool,
}

impl Stream for Pieces {
    type Item = Result<String, String>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.ready = !self.ready;
        if !self.ready {
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        Poll::Ready(self.pieces.pop_front())
    }
}

/// `{ name: …, content: …, type: … }`
pub(crate) fn file(value: &Value) -> Result<File, String> {
    let text = |name| value.get(name).and_then(Value::as_str);
    let content = value.get("content").ok_or("a file has a `content`")?;
    let file = File::new(text("name").ok_or("a file has a `name`")?, upload(content)?);
    Ok(match text("type") {
        Some(kind) => file.content_type(kind),
        None => file,
    })
}

pub(crate) fn files(value: &Value) -> Result<Vec<File>, String> {
    value.as_array().ok_or("files are a list")?.iter().map(file).collect()
}

/// The argument of a setting.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    name: String,
    value: Value,
    saved: Saved,
}

/// The tokens that stores were given.
pub(crate) type Saved = Arc<Mutex<Vec<Value>>>;

impl Part {
    pub(crate) fn new(name: &str, value: &Value, saved: &Saved) -> Self {
        Self { name: name.to_owned(), value: value.clone(), saved: Arc::clone(saved) }
    }

    pub(crate) fn unknown(&self, name: &str, known: &[&str]) -> String {
        format!("the builder has no method `{name}`, but {}", known.join(", "))
    }

    fn wrong(&self, expected: &str) -> String {
        format!("the setting `{}` is {expected}", self.name)
    }

    pub(crate) fn member(&self, name: &str) -> Result<Self, String> {
        let value = self.value.get(name);
        let value = value.ok_or_else(|| self.wrong(&format!("a mapping with `{name}`")))?;
        Ok(Self::new(&format!("{}.{name}", self.name), value, &self.saved))
    }

    /// A mapping has no other members than these; without any there is nothing to say but `true`.
    pub(crate) fn only(&self, names: &[&str]) -> Result<(), String> {
        let fits = match &self.value {
            Value::Object(members) => members.keys().all(|name| names.contains(&name.as_str())),
            value => names.is_empty() && value == &Value::Bool(true),
        };
        let expected = if names.is_empty() { "`true`".to_owned() } else { names.join(", ") };
        if fits { Ok(()) } else { Err(self.wrong(&expected)) }
    }

    pub(crate) fn text(&self) -> Result<String, String> {
        self.value.as_str().map(str::to_owned).ok_or_else(|| self.wrong("a text"))
    }

    pub(crate) fn number(&self) -> Result<usize, String> {
        let number = self.value.as_u64().and_then(|number| usize::try_from(number).ok());
        number.ok_or_else(|| self.wrong("a number"))
    }

    pub(crate) fn duration(&self) -> Result<Duration, String> {
        Ok(Span::parse(&self.text()?)?.0)
    }

    pub(crate) fn value<T: DeserializeOwned>(&self) -> Result<T, String> {
        value(&self.value).map_err(|why| format!("the setting `{}`: {why}", self.name))
    }

    pub(crate) fn retry(&self) -> Result<Retry, String> {
        retry(&self.value)
    }

    /// A text, or `{ access: …, refresh: …, expires_at: … }`.
    pub(crate) fn token(&self) -> Result<Token, String> {
        token(&self.value)
    }

    /// `{ holds: token, gives: [token], fails: text }`
    pub(crate) fn vault(&self) -> Result<Vault, String> {
        self.only(&["holds", "gives", "fails"])?;
        let gives = self.value.get("gives").and_then(Value::as_array);
        Ok(Vault {
            holds: Mutex::new(self.value.get("holds").map(token).transpose()?),
            gives: Mutex::new(
                gives.into_iter().flatten().rev().map(token).collect::<Result<_, _>>()?,
            ),
            fails: self.value.get("fails").and_then(Value::as_str).map(str::to_owned),
            saved: Arc::clone(&self.saved),
        })
    }
}

/// `none`, or `{ attempts: 3, first: 1s, longest: 20s, total: 1m, budget: 20 }`
pub(crate) fn retry(value: &Value) -> Result<Retry, String> {
    if value == "none" {
        return Ok(Retry::none());
    }
    let members = value.as_object().ok_or("`retry` is `none` or a mapping")?;
    let known = ["attempts", "first", "longest", "total", "budget"];
    if let Some(name) = members.keys().find(|name| !known.contains(&name.as_str())) {
        return Err(format!("`retry` has no `{name}`, but {}", known.join(", ")));
    }
    let number = |name: &str| {
        members.get(name).map(|value| value.as_u64().and_then(|number| u32::try_from(number).ok()))
    };
    let span = |name: &str, otherwise: Duration| match members.get(name) {
        Some(value) => Span::parse(value.as_str().unwrap_or_default()).map(|span| span.0),
        None => Ok(otherwise),
    };
    let (first, longest) = (Duration::from_millis(500), Duration::from_secs(20));
    let mut retry = Retry::default().delay(span("first", first)?, span("longest", longest)?);
    if let Some(attempts) = number("attempts") {
        retry = retry.attempts(attempts.ok_or("`attempts` is a number")?);
    }
    if let Some(budget) = number("budget") {
        retry = retry.budget(budget.ok_or("`budget` is a number")?);
    }
    Ok(retry.total(span("total", Duration::from_secs(60))?))
}

pub(crate) fn token(value: &Value) -> Result<Token, String> {
    if let Some(text) = value.as_str() {
        return Ok(Token::new(text));
    }
    let access = value.get("access").and_then(Value::as_str).ok_or("a token has an `access`")?;
    let mut token = Token::new(access);
    if let Some(refresh) = value.get("refresh").and_then(Value::as_str) {
        token = token.with_refresh_token(refresh);
    }
    if let Some(end) = value.get("expires_at").and_then(Value::as_u64) {
        token = token.with_expiry(end);
    }
    Ok(token)
}

/// A token as a case writes it.
pub(crate) fn shown(token: &Token) -> Value {
    let mut shown = Map::new();
    shown.insert("access".to_owned(), token.access_token().into());
    shown.extend(token.refresh_token().map(|refresh| ("refresh".to_owned(), refresh.into())));
    shown.extend(token.expires_at().map(|end| ("expires_at".to_owned(), end.into())));
    Value::Object(shown)
}

/// A store or a source of tokens.
#[derive(Debug)]
pub(crate) struct Vault {
    holds: Mutex<Option<Token>>,
    /// The next one is the last of the list.
    gives: Mutex<Vec<Token>>,
    fails: Option<String>,
    saved: Saved,
}

impl Vault {
    fn checked<T>(&self, value: impl FnOnce() -> Option<T>) -> Result<T, BoxError> {
        match &self.fails {
            Some(why) => Err(why.clone().into()),
            None => value().ok_or_else(|| "there are no more tokens".into()),
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl TokenStore for Vault {
    fn load(&self) -> BoxFuture<'_, Result<Option<Token>, BoxError>> {
        Box::pin(async { self.checked(|| Some(lock(&self.holds).clone())) })
    }

    fn save<'a>(&'a self, token: &'a Token) -> BoxFuture<'a, Result<(), BoxError>> {
        Box::pin(async {
            lock(&self.saved).push(shown(token));
            *lock(&self.holds) = Some(token.clone());
            Ok(())
        })
    }
}

impl TokenSource for Vault {
    fn token<'a>(&'a self, _: Option<&'a Token>) -> BoxFuture<'a, Result<Token, BoxError>> {
        Box::pin(async { self.checked(|| lock(&self.gives).pop()) })
    }
}
