//! `clientwright init`

use std::fs;
use std::path::Path;

use super::create::create;
use crate::Exit;
use crate::console::Console;

const BUILD: &str = include_str!("../templates/build.rs");
const TASK: &str = include_str!("../templates/xtask.rs");
const TASK_MANIFEST: &str = include_str!("../templates/xtask.toml");
/// The task is a package of its own, which cargo builds into a folder of its own.
const TASK_IGNORE: &str = "/target\n";

/// The specifications of a folder, looked for each time.
const IN_FOLDER: &str = "load::providers(&root.join(\"SPEC\"), &load::Layout::default())
        .map_err(|report| vec![report])";

/// What is left to do, since files that are there are not changed.
const BUILD_REST: &str = "
Now run, with the path of a copy of Clientwright's repository in place of PATH (nothing is published yet),
  cargo add clientwright-runtime --path PATH/runtime
  cargo add clientwright-codegen --path PATH/codegen --build
and put into src/main.rs or src/lib.rs
  include!(concat!(env!(\"OUT_DIR\"), \"/clientwright.rs\"));
";
const TASK_REST: &str = "
Now run, with the path of a copy of Clientwright's repository in place of PATH (nothing is published yet),
  cargo add clientwright-runtime --path PATH/runtime
  cargo add clientwright-codegen --path PATH/codegen --manifest-path xtask/Cargo.toml
  cargo run --manifest-path xtask/Cargo.toml
and declare the modules that are in src/clients then, in src/main.rs or src/lib.rs:
  #[allow(dead_code, unreachable_pub, unused_imports, reason = \"an app seldom uses everything\")]
  mod clients {
      pub mod NAME;
  }
";

/// Set up a crate so that clients are generated into it, while it is built or by a task.
///
/// Run in the folder of the crate. New files are written, what is there stays as it is, and what is left to do is
/// said.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  clientwright init
  clientwright init specs/weather.yaml
  clientwright init specs/weather.yaml --xtask")]
pub(crate) struct Args {
    /// The specification, or a folder of several, as seen from the folder of the crate.
    #[arg(value_name = "SPEC", default_value = "specs", value_parser = plain)]
    spec: String,

    /// Set up a task instead of a build script; what it generates is committed.
    #[arg(long)]
    xtask: bool,
}

/// The path goes into a text of Rust, and the crate may be built elsewhere.
fn plain(path: &str) -> Result<String, String> {
    let path = path.replace(std::path::MAIN_SEPARATOR, "/");
    if path.is_empty()
        || path.starts_with('/')
        || path.contains(['"', '\\'])
        || path.contains(char::is_control)
    {
        return Err("the path is relative to the crate, without quotes and backslashes".to_owned());
    }
    Ok(path)
}

/// Whether what lies in a folder, or will lie there, is specifications and not the files of one: each file in it has a
/// provider of its own.
fn holds_several(path: &Path) -> bool {
    let is_yaml = |path: &Path| path.extension().is_some_and(|it| it == "yaml" || it == "yml");
    if is_yaml(path) || path.is_file() {
        return false;
    }
    let files = fs::read_dir(path).into_iter().flatten().flatten().map(|entry| entry.path());
    let shared = |path: &Path| path.file_stem().is_some_and(|name| name == "common");
    files.filter(|path| is_yaml(path) && !shared(path)).all(|path| {
        let text = fs::read_to_string(path).unwrap_or_default();
        text.lines().any(|line| line.starts_with("provider:"))
    })
}

pub(super) fn run(args: &Args, console: &Console) -> Exit {
    if !Path::new("Cargo.toml").is_file() {
        console.misuse("there is no Cargo.toml here; run this in the folder of a crate");
        return Exit::Misused;
    }
    let several = holds_several(Path::new(&args.spec));
    let (found, method) =
        if several { (IN_FOLDER, "specs") } else { ("Ok(vec![root.join(\"SPEC\")])", "spec") };
    let fill = |template: &str, found| template.replace("FOUND", found).replace("SPEC", &args.spec);
    let (files, rest) = if args.xtask {
        let files = vec![
            (Path::new("xtask/Cargo.toml"), TASK_MANIFEST.to_owned()),
            (Path::new("xtask/.gitignore"), TASK_IGNORE.to_owned()),
            (Path::new("xtask/src/main.rs"), fill(TASK, found)),
        ];
        (files, TASK_REST)
    } else {
        (vec![(Path::new("build.rs"), fill(BUILD, method))], BUILD_REST)
    };
    match create(&files) {
        Ok(()) => {
            for (path, _) in &files {
                console.result(&format!("wrote {}\n", path.display()));
            }
            console.progress(rest.trim_end());
            Exit::Fine
        }
        Err(problem) => {
            console.problem(&problem);
            Exit::Faulty
        }
    }
}
