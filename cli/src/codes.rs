//! Findings of the command line itself: what it cannot write, and what is not as it should be.

use clientwright_codegen::diag::{Code, codes};

/// Defines the codes and the list of them.
macro_rules! codes {
    ($($name:ident = $id:literal, $title:literal, $explain:literal;)*) => {
        $(pub(crate) static $name: Code = Code::new($id, $title, $explain);)*
        static OWN: &[&Code] = &[$(&$name),*];
    };
}

codes! {
    OUTPUT = "E0090", "the output cannot be written", "\
Something is in the way of writing: permission is denied, the disk is full, a symbolic link or a file
that was not generated stands where a generated one belongs. The message names it.

A folder of output has a list `.clientwright` of the files that were generated into it. Only these, and
files whose first line says that they are generated, are ever overwritten or deleted.";

    OUT_OF_DATE = "E0091", "generated files are out of date", "\
`--check` compares what would be generated with what is there and found a difference: the specification
was changed without generating again, another version of Clientwright generated, or a generated file was
edited by hand. Run the same command without `--check`.";

    SAME_PROVIDER = "E0092", "two specifications have one provider name", "\
The name of the provider is the name of its module, so each specification of a run has another one:

    provider:
      name: punt

Files that belong to one provider are given as their folder, not one by one.";

    LAYOUT = "E0093", "the layout of a specification is another one", "\
`clientwright fmt --check` compares each file with its canonical layout and found a difference: indentation,
blank lines, quotes that are not needed, the order of the keys at the top, or something in `{ }` that is too
long for a line. Run `clientwright fmt`, which writes that layout and changes nothing that is said.";

    RUNTIME = "E0094", "the runtime cannot be shared", "\
A generated crate brings the runtime along in `vendor/`. Cargo takes one package of a name from a folder only, so
that an app cannot depend on two such crates. The second one uses the runtime of the first:

    clientwright generate a.yaml --out a --crate a
    clientwright generate b.yaml --out b --crate b --runtime a/vendor/clientwright-runtime

What `--runtime` names has to be the folder of the package `clientwright-runtime`, outside of the crate that is
generated, and of the version of the `clientwright` that generates: generated code and runtime belong together.";
}

/// Every code of the language and of the command line, in order.
pub(crate) fn all() -> Vec<&'static Code> {
    let mut all: Vec<_> = codes::ALL.iter().copied().chain(OWN.iter().copied()).collect();
    all.sort_by_key(|code| code.id);
    all
}

#[cfg(test)]
mod tests {
    use super::all;

    #[test]
    fn no_code_has_two_meanings() {
        let mut ids: Vec<_> = all().iter().map(|code| code.id).collect();
        let count = ids.len();
        ids.dedup();
        assert_eq!(ids.len(), count);
    }
}
