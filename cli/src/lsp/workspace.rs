//! What is open, and the specifications that it belongs to.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use clientwright_codegen::diag::Report;
use clientwright_codegen::inspect;
use clientwright_codegen::load::{self, Signature, Unsaved};
use clientwright_codegen::source::{FileId, SourceMap, Span};
use clientwright_codegen::symbols::Inspection;
use serde_json::{Value, json};

use super::text::{Encoding, Lines};
use super::uri;

/// What an editor says of a file that is open; its text is among those that are not saved.
struct Document {
    /// As the editor writes it.
    uri: String,
    version: Value,
    signature: Signature,
}

/// A specification, as far as anybody has asked for it.
pub(super) struct Specification {
    path: PathBuf,
    /// Its files and those that it uses.
    files: BTreeSet<PathBuf>,
    /// A part that belongs to no specification that is known.
    pub(super) stray: bool,
    looked: Option<Looked>,
}

/// What was found when a specification was looked at.
pub(super) struct Looked {
    pub(super) inspection: Inspection,
    /// Files that could not be read.
    pub(super) faults: Report,
}

#[derive(Default)]
pub(super) struct Workspace {
    pub(super) encoding: Encoding,
    pub(super) folders: Vec<PathBuf>,
    documents: BTreeMap<PathBuf, Document>,
    unsaved: Unsaved,
    specifications: Vec<Specification>,
    /// Whether files may have come or gone.
    stale: bool,
}

/// A place in a file of a specification.
pub(super) struct Place {
    pub(super) specification: usize,
    pub(super) file: FileId,
    pub(super) offset: u32,
}

impl Workspace {
    pub(super) fn open(&mut self, path: PathBuf, uri: &str, version: Value, text: &str) {
        let signature = Signature::of(text);
        let document = Document { uri: uri.to_owned(), version, signature };
        self.documents.insert(path.clone(), document);
        self.unsaved.insert(path, text.to_owned());
        self.stale = true;
    }

    pub(super) fn change(&mut self, path: &Path, version: Value, text: &str) {
        let Some(document) = self.documents.get_mut(path) else { return };
        document.version = version;
        let signature = Signature::of(text);
        // Only what a file says of itself decides which files belong together.
        self.stale |= document.signature != signature;
        document.signature = signature;
        self.unsaved.insert(path.to_owned(), text.to_owned());
        for one in self.specifications.iter_mut().filter(|one| one.files.contains(path)) {
            one.looked = None;
        }
    }

    pub(super) fn close(&mut self, path: &Path) {
        self.documents.remove(path);
        self.unsaved.remove(path);
        self.stale = true;
    }

    pub(super) fn rescan(&mut self) {
        self.stale = true;
    }

    pub(super) fn change_folders(&mut self, removed: &[PathBuf], added: Vec<PathBuf>) {
        self.folders.retain(|folder| !removed.contains(folder));
        self.folders.extend(added);
        self.stale = true;
    }

    /// Looks for specifications anew if files may have come or gone.
    fn refresh(&mut self) {
        if !std::mem::take(&mut self.stale) {
            return;
        }
        let mut paths: BTreeSet<PathBuf> = BTreeSet::new();
        for folder in &self.folders {
            paths.extend(load::specifications(folder, true, &self.unsaved));
        }
        let outside = |path: &&PathBuf| !self.folders.iter().any(|folder| path.starts_with(folder));
        let parents: BTreeSet<&Path> =
            self.documents.keys().filter(outside).filter_map(|path| path.parent()).collect();
        for folder in parents {
            paths.extend(load::specifications(folder, false, &self.unsaved));
        }
        self.specifications =
            paths.into_iter().map(|path| self.specification(path, false)).collect();
        let known = |path: &PathBuf| self.specifications.iter().any(|one| one.files.contains(path));
        let strays: Vec<PathBuf> = self
            .documents
            .iter()
            .filter(|(path, it)| it.signature.is_specification() && !known(path))
            .map(|(path, _)| path.clone())
            .collect();
        for path in strays {
            let stray = self.specification(path, true);
            self.specifications.push(stray);
        }
    }

    fn specification(&self, path: PathBuf, stray: bool) -> Specification {
        let (sources, _) = load::load_over(&path, &self.unsaved);
        let files = sources.into_iter().map(|source| PathBuf::from(source.name)).collect();
        Specification { path, files, stray, looked: None }
    }

    /// The specifications with a file in them that `wanted` says.
    pub(super) fn with(&mut self, wanted: impl Fn(&Path) -> bool) -> Vec<usize> {
        self.refresh();
        let all = self.specifications.iter().enumerate();
        let has = |one: &Specification| one.files.iter().any(|path| wanted(path));
        all.filter(|(_, one)| has(one)).map(|(at, _)| at).collect()
    }

    /// Looks at a specification unless that was done since its files changed.
    pub(super) fn look(&mut self, at: usize) -> Option<&Looked> {
        let one = self.specifications.get_mut(at)?;
        if one.looked.is_none() {
            let (sources, faults) = load::load_over(&one.path, &self.unsaved);
            one.files = sources.iter().map(|source| PathBuf::from(&source.name)).collect();
            one.looked = Some(Looked { inspection: inspect(sources), faults });
        }
        one.looked.as_ref()
    }

    /// What was found by [`look`](Self::look).
    pub(super) fn looked(&self, at: usize) -> Option<&Looked> {
        self.specifications.get(at)?.looked.as_ref()
    }

    pub(super) fn get(&self, at: usize) -> Option<&Specification> {
        self.specifications.get(at)
    }

    /// The places that the parameters of a request name, one for each specification with that file.
    pub(super) fn places(&mut self, params: &Value) -> Vec<Place> {
        let Some((path, line, column)) = position(params) else { return Vec::new() };
        let found = self.with(|file| file == path);
        for at in &found {
            self.look(*at);
        }
        let place = |at: usize| {
            let inspection = &self.looked(at)?.inspection;
            let file = file_of(inspection, &path)?;
            let text = inspection.report.sources.text(file);
            let offset = self.lines(&path, text).offset(line, column);
            Some(Place { specification: at, file, offset: u32::try_from(offset).ok()? })
        };
        found.into_iter().filter_map(place).collect()
    }

    /// The files that are open.
    pub(super) fn opened(&self) -> Vec<PathBuf> {
        self.documents.keys().cloned().collect()
    }

    /// Whether a file belongs to a specification: an editor may ask about any YAML.
    pub(super) fn is_part(&self, path: &Path) -> bool {
        let Some(document) = self.documents.get(path) else { return true };
        // One without any key may become one.
        let empty = self.unsaved.get(path).is_some_and(|text| !text.contains(':'));
        let known = self.specifications.iter().any(|one| one.files.contains(path));
        document.signature.is_specification() || empty || known
    }

    pub(super) fn is_open(&self, path: &Path) -> bool {
        self.documents.contains_key(path)
    }

    /// The text of a file as the editor sees it.
    pub(super) fn text(&self, path: &Path) -> Option<String> {
        self.unsaved.get(path).cloned().or_else(|| std::fs::read_to_string(path).ok())
    }

    pub(super) fn version(&self, path: &Path) -> Option<&Value> {
        self.documents.get(path).map(|it| &it.version).filter(|version| version.is_number())
    }

    /// The address of a file, as the editor writes it if it has it open.
    pub(super) fn uri(&self, path: &Path) -> String {
        self.documents.get(path).map_or_else(|| uri::of_path(path), |it| it.uri.clone())
    }

    pub(super) fn lines<'t>(&self, path: &Path, text: &'t str) -> Lines<'t> {
        Lines::new(text, self.encoding, !self.is_open(path))
    }
}

/// Spans of one report as editors name them. The lines of a file are counted once.
pub(super) struct Locator<'a> {
    workspace: &'a Workspace,
    sources: &'a SourceMap,
    files: BTreeMap<FileId, (String, Lines<'a>)>,
}

impl<'a> Locator<'a> {
    pub(super) fn new(workspace: &'a Workspace, report: &'a Report) -> Self {
        Self { workspace, sources: &report.sources, files: BTreeMap::new() }
    }

    /// The address of the file and the range there.
    pub(super) fn place(&mut self, span: Span) -> (&str, Value) {
        let (workspace, sources) = (self.workspace, self.sources);
        let (uri, lines) = self.files.entry(span.file).or_insert_with(|| {
            let path = Path::new(sources.name(span.file));
            (workspace.uri(path), workspace.lines(path, sources.text(span.file)))
        });
        (uri, lines.span(span))
    }

    pub(super) fn range(&mut self, span: Span) -> Value {
        self.place(span).1
    }

    pub(super) fn location(&mut self, span: Span) -> Value {
        let (uri, range) = self.place(span);
        json!({ "uri": uri, "range": range })
    }
}

/// The file of a path.
pub(super) fn file_of(inspection: &Inspection, path: &Path) -> Option<FileId> {
    let sources = &inspection.report.sources;
    sources.files().find(|file| Path::new(sources.name(*file)) == path)
}

/// The file that parameters name.
pub(super) fn path(params: &Value) -> Option<PathBuf> {
    uri::to_path(params.pointer("/textDocument/uri")?.as_str()?)
}

/// The file, line and column that parameters name.
pub(super) fn position(params: &Value) -> Option<(PathBuf, u64, u64)> {
    let number = |key: &str| params.pointer(&format!("/position/{key}"))?.as_u64();
    Some((path(params)?, number("line")?, number("character")?))
}
