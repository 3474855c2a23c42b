//! Makes a module of each specification that the documents show, so that what they give is compiled too.

#[path = "src/blocks.rs"]
mod blocks;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, error, fs};

use blocks::{Files, blocks};
use clientwright_codegen::source::Source;
use clientwright_codegen::{Options, generate, output};

type Outcome<T> = Result<T, Box<dyn error::Error>>;

fn main() -> Outcome<()> {
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let mut root = Root::default();

    // Files that the next example names.
    let mut named = Vec::new();
    for example in blocks(&document("docs/language.md")?)
        .iter()
        .filter(|block| block.is("yaml") || block.is("http"))
    {
        if let Some(file) = example.file() {
            // Exchanges lie below the document, files for several specifications beside it.
            let folder = if example.is("http") { "docs/" } else { "" };
            named.push(Source { name: format!("{folder}{file}"), text: example.text.clone() });
            continue;
        }
        let text =
            if example.says("fragment") { whole(&example.text) } else { example.text.clone() };
        let source = Source { name: format!("docs/language.md:{}", example.line), text };
        let sources = named.drain(..).chain([source]).collect();
        root.provider(&format!("line_{}", example.line), sources, &out)?;
    }

    let mut files = Files::default();
    for block in blocks(&document("docs/guide.md")?).iter().filter(|block| !block.says("wrong")) {
        if let Some(file) = block.file() {
            files.write(file, &block.text);
        }
    }
    for (folder, sources) in files.folders() {
        root.provider(&format!("of_the_guide_{folder}"), sources, &out)?;
    }

    for (name, module) in
        [("README.md", "of_the_readme"), ("docs/runtime.md", "of_what_clients_do")]
    {
        let shown = blocks(&document(name)?);
        let shown = shown.iter().find(|block| block.is("yaml"));
        let text = shown.ok_or(format!("{name} shows no specification"))?.text.clone();
        root.provider(module, vec![Source { name: name.to_owned(), text }], &out)?;
    }
    let readme = blocks(&document("README.md")?);
    let app =
        readme.iter().find(|block| block.text.contains("fn main() -> Result<(), weather::Error>"));
    fs::write(out.join("readme_main.rs"), &app.ok_or("README.md shows no app")?.text)?;

    root.write(&out)
}

fn document(path: &str) -> Outcome<String> {
    let path = Path::new("../..").join(path);
    println!("cargo::rerun-if-changed={}", path.display());
    Ok(fs::read_to_string(path)?)
}

/// A fragment with what every specification has; its own keys win.
fn whole(fragment: &str) -> String {
    let parts = [
        ("clientwright", "clientwright: 1\n"),
        ("provider", "provider: { name: demo }\n"),
        ("servers", "servers: { production: https://api.example.com }\n"),
    ];
    let missing = parts.iter().filter(|(key, _)| {
        !fragment
            .lines()
            .any(|line| line.strip_prefix(key).is_some_and(|rest| rest.starts_with(':')))
    });
    let mut text: String = missing.map(|(_, part)| *part).collect();
    text.push_str(fragment);
    text
}

/// The modules that the library has, and what is wrong.
#[derive(Default)]
struct Root {
    modules: String,
    wrong: String,
}

impl Root {
    /// Generates a provider into a module of its own.
    fn provider(&mut self, module: &str, sources: Vec<Source>, out: &Path) -> Outcome<()> {
        let generated = match generate(sources, &Options::default()) {
            Ok(generated) => generated,
            Err(report) => {
                self.wrong.push_str(&report.human(false));
                return Ok(());
            }
        };
        let folder = out.join(module);
        output::write(&output::modules(std::slice::from_ref(&generated))?, &folder)?;
        let name = &generated.module;
        let path = folder.join(name).join("mod.rs");
        writeln!(
            self.modules,
            "/// `{name}`\npub mod {module} {{\n#[path = {path:?}]\npub mod {name};\n}}"
        )?;
        Ok(())
    }

    fn write(self, out: &Path) -> Outcome<()> {
        for line in self.wrong.lines() {
            println!("cargo::error={line}");
        }
        Ok(fs::write(out.join("documents.rs"), self.modules)?)
    }
}
