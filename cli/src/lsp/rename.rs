//! Gives something another name, in every specification that knows it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clientwright_codegen::symbols::{Kind, Refusal, Symbol};
use serde_json::{Value, json};

use super::workspace::{Locator, Place, Workspace, file_of};
use super::{Answer, Failure};

/// A symbol, in the words of every specification that has its file.
struct Target {
    path: PathBuf,
    start: u32,
    kind: Kind,
}

impl Workspace {
    /// What would be renamed: the name at the place.
    pub(super) fn prepare_rename(&mut self, params: &Value) -> Answer {
        let Some(place) = self.places(params).into_iter().next() else { return Ok(Value::Null) };
        let Some(looked) = self.looked(place.specification) else { return Ok(Value::Null) };
        let symbols = &looked.inspection.symbols;
        let Some(it) = symbols.at(place.file, place.offset) else { return Ok(Value::Null) };
        self.check_known(&place, &symbols.list()[it.symbol])?;
        let sources = &looked.inspection.report.sources;
        let text = sources.text(it.span.file);
        let name = text.get(it.span.start as usize..it.span.end as usize).unwrap_or_default();
        let range = Locator::new(self, &looked.inspection.report).range(it.span);
        Ok(json!({ "range": range, "placeholder": name }))
    }

    /// The changes of all files.
    pub(super) fn rename(&mut self, params: &Value) -> Answer {
        let name = params.get("newName").and_then(Value::as_str);
        let name = name.ok_or_else(|| Failure::params("newName"))?;
        let nothing = || refused("there is no name here that could be changed");
        let place = self.places(params).into_iter().next().ok_or_else(nothing)?;
        let target = {
            let looked = self.looked(place.specification).ok_or_else(nothing)?;
            let symbols = &looked.inspection.symbols;
            let it = symbols.at(place.file, place.offset).ok_or_else(nothing)?;
            let symbol = &symbols.list()[it.symbol];
            self.check_known(&place, symbol)?;
            let path = PathBuf::from(looked.inspection.report.sources.name(symbol.span.file));
            Target { path, start: symbol.span.start, kind: symbol.kind }
        };
        let mut changes: BTreeMap<String, Vec<Value>> = BTreeMap::new();
        for at in self.with(|path| path == target.path) {
            self.look(at);
            self.rename_in(at, &target, name, &mut changes)?;
        }
        Ok(json!({ "changes": changes }))
    }

    fn rename_in(
        &self,
        at: usize,
        target: &Target,
        name: &str,
        changes: &mut BTreeMap<String, Vec<Value>>,
    ) -> Result<(), Failure> {
        let Some(looked) = self.looked(at) else { return Ok(()) };
        let inspection = &looked.inspection;
        let Some(file) = file_of(inspection, &target.path) else { return Ok(()) };
        let same = |it: &Symbol| {
            it.kind == target.kind && it.span.file == file && it.span.start == target.start
        };
        let Some(symbol) = inspection.symbols.list().iter().position(same) else { return Ok(()) };
        let patches = inspection.rename(symbol, name).map_err(|Refusal(why)| refused(&why))?;
        let mut locator = Locator::new(self, &inspection.report);
        // A file that several specifications use is changed once, and the same for all of them.
        let changed: Vec<String> = changes.keys().cloned().collect();
        for patch in patches {
            let (uri, range) = locator.place(patch.span);
            if !changed.iter().any(|known| known == uri) {
                let edit = json!({ "range": range, "newText": patch.text });
                changes.entry(uri.to_owned()).or_default().push(edit);
            }
        }
        Ok(())
    }

    /// Refuses what others may know of whom nothing is known here.
    fn check_known(&self, place: &Place, symbol: &Symbol) -> Result<(), Failure> {
        let Some(looked) = self.looked(place.specification) else { return Ok(()) };
        let path = Path::new(looked.inspection.report.sources.name(symbol.span.file));
        let file = path.file_name().unwrap_or_default().to_string_lossy();
        if symbol.kind == Kind::File {
            return Err(refused("a file is renamed where it lies"));
        }
        if self.get(place.specification).is_some_and(|one| one.stray) {
            return Err(refused(&format!(
                "`{file}` belongs to no specification that is known here: open the folder with the \
                 specifications that use it"
            )));
        }
        let lent = looked.inspection.symbols.is_lent(symbol.span.file);
        if lent && !self.folders.iter().any(|folder| path.starts_with(folder)) {
            return Err(refused(&format!(
                "`{}` is defined in `{file}`, which other specifications may use: open a folder that \
                 holds all of them",
                symbol.name
            )));
        }
        Ok(())
    }
}

fn refused(why: &str) -> Failure {
    Failure::new(Failure::REQUEST_FAILED, why)
}
