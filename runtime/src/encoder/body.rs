//! The body of a request.

use super::Encoder;
use crate::codec::By;
use crate::finite::{self, Unwritten};
use crate::kind::Kind;
use crate::method::JSON;
use crate::multipart::{Files, Whole};
use crate::pairs::{self, Style};
use crate::upload::{Streaming, Upload};
use bytes::Bytes;
use http::header::CONTENT_TYPE;
use serde::Serialize;
use std::fmt;
use std::marker::PhantomData;

/// The media type of forms.
pub(super) const FORM: &str = "application/x-www-form-urlencoded";

/// What is said of a body that was sent by another call.
const SPENT: &str = "what is to be sent was read before, and a reader can be read once";

impl Encoder<'_> {
    /// Sets the body to a value as JSON.
    pub fn json(&mut self, body: &(impl Serialize + ?Sized)) {
        let mut json = Vec::with_capacity(128);
        match finite::append(&mut json, body) {
            Ok(()) => self.body(JSON, json),
            Err(error) => {
                let error = error.below("$");
                self.refuse(format_args!("the body cannot be written as JSON: {error}"));
            }
        }
    }

    /// Adds a member to a body that is an object, unless it is left out.
    pub fn member<K: Kind<F>, F>(&mut self, name: &str, value: &F) {
        if !K::left_out(value) {
            self.constant(name, &By::<K::Codec, F>(value, PhantomData));
        }
    }

    /// Adds a member that is always sent to a body that is an object.
    pub fn constant(&mut self, name: &str, value: &(impl Serialize + ?Sized)) {
        self.members.push(if self.members.is_empty() { b'{' } else { b',' });
        let written = finite::append(&mut self.members, name).and_then(|()| {
            self.members.push(b':');
            finite::append(&mut self.members, value)
        });
        if let Err(error) = written {
            let error = error.below(name);
            self.refuse(format_args!("`{name}` cannot be written as JSON: {error}"));
        }
    }

    /// Sends an object even if none of its members has been added.
    pub fn object(&mut self) {
        if self.members.is_empty() {
            self.json(&crate::Undeclared::new());
        }
    }

    /// Sets the body to a form of the members of a value.
    pub fn form(&mut self, body: &(impl Serialize + ?Sized)) {
        self.form_pair("", body);
    }

    /// Adds a member to a form, unless it is left out.
    pub fn form_member<K: Kind<F>, F>(&mut self, name: &str, value: &F) {
        if !K::left_out(value) {
            self.form_pair(name, &By::<K::Codec, F>(value, PhantomData));
        }
    }

    /// Adds a value to a form: a list repeats the name, members of an object stand in brackets.
    /// Without a name they stand under their own.
    pub fn form_pair(&mut self, name: &str, value: &(impl Serialize + ?Sized)) {
        let form = self.form.get_or_insert_default();
        let mut separator = if form.is_empty() { None } else { Some('&') };
        let written = pairs::write(form, &mut separator, Style::DeepObject, name, value);
        if let Err(error) = written {
            self.refuse_member(name, &error);
        }
    }

    /// Sends a form even if none of its members has been added.
    pub fn form_end(&mut self) {
        self.form.get_or_insert_default();
    }

    /// Adds a part to a body that has parts, unless it is left out: texts and numbers as they are,
    /// objects as JSON, and each item of a list on its own.
    pub fn part<K: Kind<F>, F>(&mut self, name: &str, value: &F) {
        if !K::left_out(value) {
            self.part_constant(name, &By::<K::Codec, F>(value, PhantomData));
        }
    }

    /// Adds a part that is always sent.
    pub fn part_constant(&mut self, name: &str, value: &(impl Serialize + ?Sized)) {
        let parts = self.parts.get_or_insert_default();
        let added =
            finite::text(value).and_then(|json| parts.value(name, &json).map_err(Unwritten::Json));
        if let Err(error) = added {
            self.refuse_member(name, &error.below(name));
        }
    }

    /// Adds a part for each file.
    pub fn file(&mut self, name: &str, files: &impl Files) {
        self.file_as(name, "application/octet-stream", files);
    }

    /// Adds a part for each file, of this media type unless the file has one.
    pub fn file_as(&mut self, name: &str, media_type: &str, files: &impl Files) {
        let parts = self.parts.get_or_insert_default();
        let mut refused = false;
        files.each(&mut |file| refused |= parts.file(name, media_type, file).is_err());
        if refused {
            self.refuse_member(name, &"a content type holds characters that no header may have");
        }
    }

    /// Sends a body of parts even if none has been added.
    pub fn parts_end(&mut self) {
        self.parts.get_or_insert_default();
    }

    /// Sets the body to a value as XML, of which the outermost element is called `root`.
    #[cfg(feature = "xml")]
    pub fn xml(&mut self, root: &str, body: &(impl Serialize + ?Sized)) {
        self.xml_body(crate::xml::write(root, None, body));
    }

    /// Sets the body to a value as XML, all elements of which are in a namespace.
    #[cfg(feature = "xml")]
    pub fn xml_in(&mut self, namespace: &str, root: &str, body: &(impl Serialize + ?Sized)) {
        self.xml_body(crate::xml::write(root, Some(namespace), body));
    }

    #[cfg(feature = "xml")]
    fn xml_body(&mut self, written: Result<String, pairs::Unfit>) {
        match written {
            Ok(xml) => self.body(crate::xml::XML, xml),
            Err(error) => self.refuse(format_args!("the body cannot be written as XML: {error}")),
        }
    }

    /// Sets the body to a text of the given media type.
    pub fn text(&mut self, content_type: &'static str, body: &str) {
        self.body(content_type, body.to_owned());
    }

    /// Sets the body to bytes of the given media type.
    pub fn body(&mut self, content_type: &str, body: impl Into<Bytes>) {
        self.known_header(CONTENT_TYPE, content_type);
        self.out.body = body.into();
    }

    /// Sets the body to bytes, which may be read while they are sent, of the given media type unless the app has said
    /// what they are.
    pub fn upload(&mut self, content_type: &'static str, body: &Upload) {
        let content_type = body.media_type().unwrap_or(content_type);
        if body.is_spent() {
            self.refuse(format_args!("{SPENT}"));
        }
        match body.plain() {
            Some(bytes) => self.body(content_type, bytes.clone()),
            None => {
                self.known_header(CONTENT_TYPE, content_type);
                self.out.streaming = Some(Streaming::new(vec![body.clone()]));
            }
        }
    }

    /// Makes a body of what was added piece by piece.
    pub(super) fn end_body(&mut self) {
        if !self.members.is_empty() {
            let mut members = std::mem::take(&mut self.members);
            members.push(b'}');
            self.body(JSON, members);
        }
        if let Some(form) = self.form.take() {
            self.body(FORM, form);
        }
        if let Some(parts) = self.parts.take() {
            if parts.is_spent() {
                self.refuse(format_args!("{SPENT}"));
            }
            let (content_type, body) = parts.finish();
            self.known_header(CONTENT_TYPE, &content_type);
            match body {
                Whole::Bytes(body) => self.out.body = body,
                Whole::Streaming(body) => self.out.streaming = Some(body),
            }
        }
    }

    fn refuse_member(&mut self, name: &str, error: &dyn fmt::Display) {
        if name.is_empty() {
            self.refuse(format_args!("the body cannot be written: {error}"));
        } else {
            self.refuse(format_args!("`{name}` of the body cannot be written: {error}"));
        }
    }
}
