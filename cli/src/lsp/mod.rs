//! A language server: what an editor asks and is told, over standard input and output.
//!
//! One thread reads messages, another one answers them, one after the other. Findings are published when no message
//! waits, so that a burst of keystrokes is checked once. What can be known of a specification comes from the library;
//! here is what editors need besides: buffers that are not saved, places as editors count them, several specifications.

mod answers;
mod publish;
mod rename;
mod text;
mod uri;
mod wire;
mod workspace;

use std::io::{self, BufReader, Write};
use std::sync::mpsc::{self, Receiver, TryRecvError};
use std::thread;

use serde_json::{Value, json};

use crate::Exit;
use publish::Published;
use text::Encoding;
use wire::Incoming;
use workspace::Workspace;

/// Why a request has no result: a code of JSON-RPC and a sentence.
#[derive(Debug)]
struct Failure {
    code: i64,
    message: String,
}

impl Failure {
    const PARSE_ERROR: i64 = -32700;
    const INVALID_REQUEST: i64 = -32600;
    const METHOD_NOT_FOUND: i64 = -32601;
    const INVALID_PARAMS: i64 = -32602;
    const NOT_INITIALIZED: i64 = -32002;
    const REQUEST_FAILED: i64 = -32803;

    fn new(code: i64, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }

    fn params(what: &str) -> Self {
        Self::new(Self::INVALID_PARAMS, format!("`{what}` is missing or of another kind"))
    }
}

type Answer = Result<Value, Failure>;

/// Talks to an editor until it says goodbye, or goes away.
pub(crate) fn serve() -> Exit {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let mut input = BufReader::new(io::stdin());
        while let Ok(incoming) = wire::read(&mut input) {
            let ended = incoming == Incoming::End;
            if sender.send(incoming).is_err() || ended {
                break;
            }
        }
    });
    let mut server = Server::new(io::stdout().lock());
    // An editor that reads no longer is gone.
    server.run(&receiver).unwrap_or(Exit::Faulty)
}

/// Where a conversation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    New,
    Running,
    ShutDown,
}

struct Server<W> {
    out: W,
    phase: Phase,
    workspace: Workspace,
    published: Published,
    /// Whether the editor knows symbols inside symbols.
    nested: bool,
    /// Whether the editor can be asked to watch files.
    watches: bool,
}

impl<W: Write> Server<W> {
    fn new(out: W) -> Self {
        Self {
            out,
            phase: Phase::New,
            workspace: Workspace::default(),
            published: Published::default(),
            nested: false,
            watches: false,
        }
    }

    fn run(&mut self, receiver: &Receiver<Incoming>) -> io::Result<Exit> {
        loop {
            let incoming = match receiver.try_recv() {
                Ok(incoming) => incoming,
                Err(TryRecvError::Disconnected) => return Ok(Exit::Faulty),
                Err(TryRecvError::Empty) => {
                    self.publish()?;
                    let Ok(incoming) = receiver.recv() else { return Ok(Exit::Faulty) };
                    incoming
                }
            };
            match incoming {
                Incoming::End => return Ok(Exit::Faulty),
                Incoming::Malformed(why) => {
                    self.fail(&Value::Null, &Failure::new(Failure::PARSE_ERROR, why))?;
                }
                Incoming::Message(message) => {
                    if let Some(exit) = self.message(&message)? {
                        return Ok(exit);
                    }
                }
            }
        }
    }

    fn message(&mut self, message: &Value) -> io::Result<Option<Exit>> {
        let id = message.get("id").filter(|id| id.is_string() || id.is_number());
        let params = message.get("params").unwrap_or(&Value::Null);
        match (message.get("method").and_then(Value::as_str), id) {
            (Some("exit"), None) => {
                let fine = self.phase == Phase::ShutDown;
                return Ok(Some(if fine { Exit::Fine } else { Exit::Faulty }));
            }
            (Some(method), Some(id)) => match self.request(method, params) {
                Ok(result) => {
                    self.send(&json!({ "jsonrpc": "2.0", "id": id, "result": result }))?;
                }
                Err(failure) => self.fail(id, &failure)?,
            },
            (Some(method), None) => self.notification(method, params)?,
            // The answer to something that was asked here.
            (None, Some(_)) if message.get("result").or(message.get("error")).is_some() => {}
            (None, _) => {
                let failure = Failure::new(Failure::INVALID_REQUEST, "this is no message");
                self.fail(id.unwrap_or(&Value::Null), &failure)?;
            }
        }
        Ok(None)
    }

    fn request(&mut self, method: &str, params: &Value) -> Answer {
        match (self.phase, method) {
            (Phase::New, "initialize") => Ok(self.initialize(params)),
            (Phase::New, _) => {
                Err(Failure::new(Failure::NOT_INITIALIZED, "`initialize` comes first"))
            }
            (Phase::ShutDown, _) => {
                Err(Failure::new(Failure::INVALID_REQUEST, "nothing comes after `shutdown`"))
            }
            (Phase::Running, "initialize") => {
                Err(Failure::new(Failure::INVALID_REQUEST, "`initialize` comes once"))
            }
            (Phase::Running, "shutdown") => {
                self.phase = Phase::ShutDown;
                Ok(Value::Null)
            }
            (Phase::Running, "textDocument/documentSymbol") => {
                self.workspace.document_symbols(params, self.nested)
            }
            (Phase::Running, _) => self.workspace.answer(method, params),
        }
    }

    fn initialize(&mut self, params: &Value) -> Value {
        let of = |path: &str| params.pointer(&format!("/capabilities/{path}"));
        let is = |path: &str| of(path) == Some(&Value::Bool(true));
        let encodings = of("general/positionEncodings").and_then(Value::as_array);
        if encodings.is_some_and(|all| all.iter().any(|one| one == "utf-8")) {
            self.workspace.encoding = Encoding::Utf8;
        }
        self.nested = is("textDocument/documentSymbol/hierarchicalDocumentSymbolSupport");
        self.watches = is("workspace/didChangeWatchedFiles/dynamicRegistration");
        let folders = params.get("workspaceFolders").and_then(Value::as_array);
        let folders = folders.into_iter().flatten().filter_map(|it| it.get("uri")?.as_str());
        let root = params.get("rootUri").and_then(Value::as_str);
        let mut folders: Vec<&str> = folders.collect();
        if folders.is_empty() {
            folders.extend(root);
        }
        let folders = folders.into_iter().filter_map(uri::to_path).collect();
        self.workspace.change_folders(&[], folders);
        self.phase = Phase::Running;
        let prepares = is("textDocument/rename/prepareSupport");
        json!({
            "capabilities": {
                "positionEncoding": self.workspace.encoding.name(),
                "textDocumentSync": { "openClose": true, "change": 1, "save": true },
                "definitionProvider": true,
                "referencesProvider": true,
                "documentHighlightProvider": true,
                "hoverProvider": true,
                "completionProvider": { "triggerCharacters": [" ", "<", "|", "{", "[", "."] },
                "documentSymbolProvider": true,
                "workspaceSymbolProvider": true,
                "documentFormattingProvider": true,
                "codeActionProvider": { "codeActionKinds": ["quickfix"] },
                "renameProvider": if prepares { json!({ "prepareProvider": true }) } else { json!(true) },
                "workspace": { "workspaceFolders": { "supported": true, "changeNotifications": true } },
            },
            "serverInfo": { "name": "clientwright", "version": env!("CARGO_PKG_VERSION") },
        })
    }

    /// What is not known or cannot be read changes nothing: nobody waits for an answer.
    fn notification(&mut self, method: &str, params: &Value) -> io::Result<()> {
        if self.phase != Phase::Running {
            return Ok(());
        }
        let uri = params.pointer("/textDocument/uri").and_then(Value::as_str);
        let path = uri.and_then(uri::to_path);
        match (method, path, uri) {
            ("initialized", ..) if self.watches => self.watch()?,
            ("textDocument/didOpen", Some(path), Some(uri)) => {
                let text = params.pointer("/textDocument/text").and_then(Value::as_str);
                let version = params.pointer("/textDocument/version").cloned().unwrap_or_default();
                if let Some(text) = text {
                    self.workspace.open(path, uri, version, text);
                }
            }
            ("textDocument/didChange", Some(path), _) => {
                let changes = params.get("contentChanges").and_then(Value::as_array);
                // Each holds the whole text, so that the last one counts.
                let last =
                    changes.and_then(|all| all.last()).and_then(|it| it.get("text")?.as_str());
                let version = params.pointer("/textDocument/version").cloned().unwrap_or_default();
                if let Some(text) = last {
                    self.workspace.change(&path, version, text);
                }
            }
            ("textDocument/didClose", Some(path), _) => self.workspace.close(&path),
            ("textDocument/didSave" | "workspace/didChangeWatchedFiles", ..) => {
                self.workspace.rescan();
            }
            ("workspace/didChangeWorkspaceFolders", ..) => {
                let list = |key: &str| {
                    let list = params.pointer(&format!("/event/{key}")).and_then(Value::as_array);
                    let uris = list.into_iter().flatten().filter_map(|it| it.get("uri")?.as_str());
                    uris.filter_map(uri::to_path).collect::<Vec<_>>()
                };
                self.workspace.change_folders(&list("removed"), list("added"));
            }
            _ => {}
        }
        Ok(())
    }

    /// Asks to be told of files that change without being open.
    fn watch(&mut self) -> io::Result<()> {
        let watchers = json!([{ "globPattern": "**/*.{yaml,yml,http}" }]);
        self.send(&json!({
            "jsonrpc": "2.0",
            "id": "watch",
            "method": "client/registerCapability",
            "params": { "registrations": [{
                "id": "watch",
                "method": "workspace/didChangeWatchedFiles",
                "registerOptions": { "watchers": watchers },
            }] },
        }))
    }

    fn publish(&mut self) -> io::Result<()> {
        if self.phase != Phase::Running {
            return Ok(());
        }
        for params in self.published.news(&mut self.workspace) {
            let method = "textDocument/publishDiagnostics";
            self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }))?;
        }
        Ok(())
    }

    fn fail(&mut self, id: &Value, failure: &Failure) -> io::Result<()> {
        let error = json!({ "code": failure.code, "message": failure.message });
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "error": error }))
    }

    fn send(&mut self, message: &Value) -> io::Result<()> {
        wire::write(&mut self.out, message)
    }
}
