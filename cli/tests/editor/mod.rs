//! An editor, as far as a language server sees one: it speaks the protocol to the program over pipes.

#![allow(dead_code, reason = "each test file uses a part")]

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

use crate::support::{Temp, program};

/// Longer than anything here takes, so that what never comes is a failure and no hanging test.
const PATIENCE: Duration = Duration::from_secs(60);

pub(crate) struct Editor {
    child: Child,
    input: Option<ChildStdin>,
    messages: Receiver<Value>,
    root: String,
    next: i64,
    /// The findings of each file, as they were last published.
    pub(crate) findings: BTreeMap<String, Value>,
    /// What the server asked for.
    pub(crate) asked: Vec<Value>,
}

fn read(stream: &mut impl BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim().split_once(": ") {
            Some(("Content-Length", value)) => length = value.parse().unwrap(),
            Some(_) => {}
            None => break,
        }
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body).ok()?;
    Some(serde_json::from_slice(&body).unwrap())
}

impl Editor {
    /// Starts the server; nothing has been said yet.
    pub(crate) fn start(temp: &Temp) -> Self {
        let mut child = program(temp)
            .args(["lsp", "--stdio"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let (sender, messages) = channel();
        thread::spawn(move || {
            while let Some(message) = read(&mut output) {
                if sender.send(message).is_err() {
                    break;
                }
            }
        });
        Self {
            input: child.stdin.take(),
            child,
            messages,
            root: temp.path().to_str().unwrap().to_owned(),
            next: 0,
            findings: BTreeMap::new(),
            asked: Vec::new(),
        }
    }

    /// Opens the folder of the test.
    pub(crate) fn open_folder(temp: &Temp, capabilities: Value) -> Self {
        let mut editor = Self::start(temp);
        let folder = json!({ "uri": editor.uri(""), "name": "test" });
        let mut params = json!({ "workspaceFolders": [folder] });
        params["capabilities"] = capabilities;
        editor.request("initialize", params).unwrap();
        editor.notify("initialized", json!({}));
        editor
    }

    pub(crate) fn uri(&self, path: &str) -> String {
        format!("file://{}/{path}", self.root).trim_end_matches('/').to_owned()
    }

    /// The path of an address, relative to the folder of the test.
    pub(crate) fn path(&self, uri: &str) -> String {
        let root = format!("file://{}/", self.root);
        uri.strip_prefix(&root).unwrap_or_else(|| panic!("{uri} is elsewhere")).to_owned()
    }

    pub(crate) fn send(&mut self, message: &Value) {
        let body = message.to_string();
        self.send_bytes(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes());
    }

    pub(crate) fn send_bytes(&mut self, bytes: &[u8]) {
        let input = self.input.as_mut().unwrap();
        input.write_all(bytes).unwrap();
        input.flush().unwrap();
    }

    pub(crate) fn notify(&mut self, method: &str, params: Value) {
        let mut message = json!({ "jsonrpc": "2.0", "method": method });
        message["params"] = params;
        self.send(&message);
    }

    /// The result of a request, or its error.
    pub(crate) fn request(&mut self, method: &str, params: Value) -> Result<Value, Value> {
        self.next += 1;
        let id = self.next;
        let mut message = json!({ "jsonrpc": "2.0", "id": id, "method": method });
        message["params"] = params;
        self.send(&message);
        let answer = self.wait(|message| message["id"] == id && message.get("method").is_none());
        match answer.get("error") {
            Some(error) => Err(error.clone()),
            None => Ok(answer["result"].clone()),
        }
    }

    /// The first message that `wanted` says; findings are taken note of.
    pub(crate) fn wait(&mut self, wanted: impl Fn(&Value) -> bool) -> Value {
        loop {
            let message = self.messages.recv_timeout(PATIENCE).expect("no message came");
            if message["method"] == "textDocument/publishDiagnostics" {
                let params = &message["params"];
                let path = self.path(params["uri"].as_str().unwrap());
                self.findings.insert(path, params["diagnostics"].clone());
            } else if message.get("method").is_some() {
                self.asked.push(message.clone());
            }
            if wanted(&message) {
                return message;
            }
        }
    }

    /// Waits for findings of a file; code, line and message of each.
    pub(crate) fn findings_of(&mut self, path: &str) -> Vec<(String, u64, String)> {
        let uri = self.uri(path);
        let message = self.wait(|message| {
            message["method"] == "textDocument/publishDiagnostics"
                && message["params"]["uri"] == *uri
        });
        let list = message["params"]["diagnostics"].as_array().unwrap();
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let one = |it: &Value| {
            (
                text(&it["code"]),
                it["range"]["start"]["line"].as_u64().unwrap(),
                text(&it["message"]),
            )
        };
        list.iter().map(one).collect()
    }

    pub(crate) fn open(&mut self, path: &str, text: &str) {
        let uri = self.uri(path);
        let document = json!({ "uri": uri, "languageId": "yaml", "version": 1, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": document }));
    }

    pub(crate) fn change(&mut self, path: &str, text: &str) {
        let document = json!({ "uri": self.uri(path), "version": 2 });
        let params = json!({ "textDocument": document, "contentChanges": [{ "text": text }] });
        self.notify("textDocument/didChange", params);
    }

    /// A request about the place `behind` characters after the beginning of `what` in `text`.
    pub(crate) fn at(
        &mut self,
        method: &str,
        path: &str,
        (text, what, behind): (&str, &str, usize),
        more: Value,
    ) -> Result<Value, Value> {
        let offset = text.find(what).unwrap_or_else(|| panic!("no `{what}`")) + behind;
        let before = &text[..offset];
        let line = before.matches('\n').count();
        let column = before.rsplit('\n').next().unwrap().encode_utf16().count();
        let mut params = json!({
            "textDocument": { "uri": self.uri(path) },
            "position": { "line": line, "character": column },
        });
        if let Value::Object(more) = more {
            more.into_iter().for_each(|(key, value)| params[key] = value);
        }
        self.request(&format!("textDocument/{method}"), params)
    }

    /// Says goodbye, and how the server ended.
    pub(crate) fn leave(mut self) -> i32 {
        self.request("shutdown", Value::Null).unwrap();
        self.notify("exit", Value::Null);
        self.end().0
    }

    /// Waits for the end: the status, and what was said on the standard error.
    pub(crate) fn end(mut self) -> (i32, String) {
        drop(self.input.take());
        let mut said = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        (self.child.wait().unwrap().code().unwrap(), said)
    }
}

/// A text after edits.
pub(crate) fn edited(text: &str, edits: &Value) -> String {
    let mut edits: Vec<(usize, usize, String)> = edits
        .as_array()
        .unwrap()
        .iter()
        .map(|edit| {
            let offset = |end: &str| {
                let at =
                    |key: &str| usize::try_from(edit["range"][end][key].as_u64().unwrap()).unwrap();
                let start: usize = text.split_inclusive('\n').take(at("line")).map(str::len).sum();
                let mut units = 0;
                let rest = &text[start..];
                let found = rest.char_indices().find(|(_, c)| {
                    let here = units == at("character");
                    units += c.len_utf16();
                    here
                });
                start + found.map_or(rest.len(), |(at, _)| at)
            };
            (offset("start"), offset("end"), edit["newText"].as_str().unwrap().to_owned())
        })
        .collect();
    edits.sort();
    let mut out = text.to_owned();
    for (start, end, new) in edits.into_iter().rev() {
        out.replace_range(start..end, &new);
    }
    out
}
