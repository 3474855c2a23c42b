//! Blocks of code in a document, and the specifications that they are. The build script reads it as well.

use std::collections::BTreeMap;

use clientwright_codegen::source::Source;

/// A block between fences.
pub(crate) struct Block {
    /// The line of the document on which its text begins.
    pub(crate) line: usize,
    /// What stands behind the fence.
    pub(crate) info: Vec<String>,
    pub(crate) text: String,
}

impl Block {
    /// Whether the block is written in a language, as `yaml`.
    pub(crate) fn is(&self, language: &str) -> bool {
        self.info.first().is_some_and(|first| first == language)
    }

    /// Whether a word stands behind the language.
    pub(crate) fn says(&self, word: &str) -> bool {
        self.info.iter().skip(1).any(|other| other == word)
    }

    /// The file of a guide that the block is.
    pub(crate) fn file(&self) -> Option<&str> {
        self.info
            .iter()
            .map(String::as_str)
            .find(|word| word.ends_with(".yaml") || word.ends_with(".http"))
    }
}

/// The blocks of a document.
pub(crate) fn blocks(document: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut inside = false;
    for (index, line) in document.lines().enumerate() {
        match line.strip_prefix("```") {
            Some(_) if inside => inside = false,
            Some(info) => {
                inside = true;
                let info = info.split_whitespace().map(str::to_owned).collect();
                blocks.push(Block { line: index + 2, info, text: String::new() });
            }
            None if inside => {
                if let Some(block) = blocks.last_mut() {
                    block.text.push_str(line);
                    block.text.push('\n');
                }
            }
            None => {}
        }
    }
    blocks
}

/// The files of a guide: what the later blocks say replaces what earlier ones said.
#[derive(Clone, Default)]
pub(crate) struct Files(Vec<Source>);

impl Files {
    /// Writes a file.
    pub(crate) fn write(&mut self, name: &str, text: &str) {
        match self.0.iter_mut().find(|file| file.name == name) {
            Some(file) => text.clone_into(&mut file.text),
            None => self.0.push(Source { name: name.to_owned(), text: text.to_owned() }),
        }
    }

    /// The files of each folder, in the order of their names, as they are read.
    pub(crate) fn folders(&self) -> BTreeMap<String, Vec<Source>> {
        let mut folders: BTreeMap<String, Vec<Source>> = BTreeMap::new();
        for file in &self.0 {
            let folder = file.name.split('/').next().unwrap_or_default();
            folders.entry(folder.to_owned()).or_default().push(file.clone());
        }
        for sources in folders.values_mut() {
            sources.sort_by(|one, other| one.name.cmp(&other.name));
        }
        folders
    }
}
